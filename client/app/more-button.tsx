import { UnstyledButton } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import type { ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './area-rail.module.css';
import type { Page, RailPage } from './areas.ts';
import { PageBadge, PageIcon } from './page-marks.tsx';

interface MoreButtonProps extends ComponentProps<'button'> {
  readonly pages: readonly RailPage[];
  readonly page: Page;
}

/** The way to the screens for which a phone has no room. The one of them that is open gives the button its name. */
export function MoreButton({ pages, page, ...props }: MoreButtonProps) {
  const { t } = useTranslation();
  const open = pages.find((name) => name === page);
  return (
    // What the menu hands on comes first: its class must not take the place of ours.
    <UnstyledButton {...props} className={styles.item} aria-current={open ? 'true' : undefined} data-testid="page-more">
      {open ? <PageIcon name={open} /> : <IconDots size={24} stroke={1.75} aria-hidden="true" />}
      {t(open ? `shell.page.${open}` : 'shell.page.more')}
      {open && <span className="visually-hidden">{t('shell.page.more')}</span>}
      {pages.map((name) => (
        <PageBadge key={name} name={name} />
      ))}
    </UnstyledButton>
  );
}
