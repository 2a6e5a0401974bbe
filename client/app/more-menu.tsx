import { Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import styles from './area-rail.module.css';
import type { Page, RailPage } from './areas.ts';
import { MoreButton } from './more-button.tsx';
import { PageIcon } from './page-marks.tsx';

interface MoreMenuProps {
  readonly pages: readonly RailPage[];
  readonly page: Page;
  readonly opened: boolean;
  readonly onChange: (opened: boolean) => void;
}

/** The screens for which a phone has no room. */
export function MoreMenu({ pages, page, opened, onChange }: MoreMenuProps) {
  const { t } = useTranslation();
  return (
    <Menu position="top-end" width={240} opened={opened} onChange={onChange}>
      <Menu.Target>
        <MoreButton pages={pages} page={page} />
      </Menu.Target>
      <Menu.Dropdown>
        {pages.map((name) => (
          <Menu.Item
            key={name}
            component={Link}
            href={`/${name}`}
            className={styles.more ?? ''}
            leftSection={<PageIcon name={name} />}
            aria-current={name === page ? 'page' : undefined}
            data-testid={`page-${name}`}
          >
            {t(`shell.page.${name}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
