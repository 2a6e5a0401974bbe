import {
  IconAdjustments,
  IconBuildingWarehouse,
  IconDevices,
  IconListDetails,
  IconPackageImport,
  IconReceipt,
  IconRefresh,
  IconShoppingCart,
  IconTag,
  type TablerIcon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import styles from './area-rail.module.css';
import { type Area, type Page, pagesOf } from './areas.ts';

/** The inspector is one screen and needs no rail. */
type RailPage = Exclude<Page, 'inspector'>;

const ICONS: Readonly<Record<RailPage, TablerIcon>> = {
  sell: IconShoppingCart,
  receipts: IconReceipt,
  receive: IconPackageImport,
  adjust: IconAdjustments,
  sync: IconRefresh,
  stock: IconBuildingWarehouse,
  sales: IconListDetails,
  products: IconTag,
  devices: IconDevices,
};

/** The screens of one area: a rail at the side, on a phone a bar at the bottom. An area of one screen needs none. */
export function AreaRail({ area, page }: { area: Area; page: Page }) {
  const { t } = useTranslation();
  if (area === 'inspector') return null;
  return (
    <nav className={styles.rail} aria-label={t('shell.page.label')}>
      {(pagesOf(area) as readonly RailPage[]).map((name) => {
        const Icon = ICONS[name];
        return (
          <Link
            key={name}
            href={`/${name}`}
            className={styles.item}
            aria-current={name === page ? 'page' : undefined}
            data-testid={`page-${name}`}
          >
            <Icon size={24} stroke={1.75} aria-hidden="true" />
            {t(`shell.page.${name}`)}
          </Link>
        );
      })}
    </nav>
  );
}
