import { IconMapPin } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { type Area, areasOf, pagesOf } from './areas.ts';
import { useDevice } from './contexts.ts';
import styles from './header-bar.module.css';
import { SettingsMenu } from './later-parts.tsx';
import { PersonMenu } from './person-menu.tsx';
import type { MenuWays } from './settings-menu.tsx';
import { useLive } from './use-live.ts';

/** Which till this is, where, who stands at it, and the way to the other areas. */
export function HeaderBar({ area, ...ways }: { readonly area: Area } & MenuWays) {
  const { t } = useTranslation();
  const { identity, company } = useDevice();
  const branch = useLive(company.branch);
  const [menu, setMenu] = useState(false);
  return (
    <header className={styles.bar}>
      <div className={styles.place}>
        <span className={styles.till} data-testid="till-code">
          {identity.till}
        </span>
        <span className={styles.branch}>
          <IconMapPin size={16} aria-hidden="true" />
          {branch?.name ?? identity.branch}
        </span>
      </div>
      <nav className={styles.areas} aria-label={t('shell.area.label')}>
        {areasOf(identity.role).map((name) => (
          <Link
            key={name}
            href={`/${pagesOf(name)[0]}`}
            className={styles.area}
            aria-current={name === area ? 'page' : undefined}
            data-testid={`area-${name}`}
          >
            {t(`shell.area.${name}`)}
          </Link>
        ))}
      </nav>
      <div className={styles.tools}>
        <PersonMenu />
        <SettingsMenu {...ways} opened={menu} onChange={setMenu} />
      </div>
    </header>
  );
}
