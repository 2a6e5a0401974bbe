import { useMediaQuery } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import styles from './area-rail.module.css';
import { type Area, type Page, railOf } from './areas.ts';
import { KEYS } from './keys.ts';
import { MoreMenu } from './later-parts.tsx';
import { PageBadge, PageIcon } from './page-marks.tsx';

/** Below this the rail is a bar at the bottom. */
const PHONE = '(max-width: 47.99em)';
/** What a phone of 360 points holds side by side, "More" among them. */
const PHONE_ITEMS_MAX = 5;

/** The screens of one area: a rail at the side, on a phone a bar at the bottom. An area of one screen needs none. */
export function AreaRail({ area, page }: { area: Area; page: Page }) {
  const { t } = useTranslation();
  const phone = useMediaQuery(PHONE, undefined, { getInitialValueInEffect: false });
  const [more, setMore] = useState(false);
  const pages = railOf(area);
  if (pages.length === 0) return null;
  const shown = phone && pages.length > PHONE_ITEMS_MAX ? pages.slice(0, PHONE_ITEMS_MAX - 1) : pages;
  return (
    <nav className={styles.rail} aria-label={t('shell.page.label')}>
      {shown.map((name) => (
        <Link
          key={name}
          href={`/${name}`}
          className={styles.item}
          aria-current={name === page ? 'page' : undefined}
          aria-keyshortcuts={KEYS.pages.keys[pages.indexOf(name)]}
          data-testid={`page-${name}`}
        >
          <PageIcon name={name} />
          {t(`shell.page.${name}`)}
          <PageBadge name={name} />
        </Link>
      ))}
      {shown.length < pages.length && (
        <MoreMenu pages={pages.slice(shown.length)} page={page} opened={more} onChange={setMore} />
      )}
    </nav>
  );
}
