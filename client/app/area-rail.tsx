import {
  IconAdjustments,
  IconArrowsSplit2,
  IconBuildingWarehouse,
  IconCashRegister,
  IconCreditCard,
  IconDevices,
  IconHistory,
  IconListDetails,
  IconNotebook,
  IconPackageImport,
  IconQrcode,
  IconReceipt,
  IconRefresh,
  IconShoppingCart,
  IconTag,
  IconUsers,
  type TablerIcon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { isOpenConflict } from '../office/open-edits.ts';
import styles from './area-rail.module.css';
import { type Area, type Page, pagesOf } from './areas.ts';
import { useDevice } from './contexts.ts';
import { useLive } from './use-live.ts';

/** The inspector is one screen and needs no rail; the printer's settings are behind the menu. */
type RailPage = Exclude<Page, 'inspector' | 'printing'>;

const ICONS: Readonly<Record<RailPage, TablerIcon>> = {
  sell: IconShoppingCart,
  receipts: IconReceipt,
  shift: IconCashRegister,
  unconfirmed: IconQrcode,
  credit: IconNotebook,
  paying: IconCreditCard,
  receive: IconPackageImport,
  adjust: IconAdjustments,
  sync: IconRefresh,
  stock: IconBuildingWarehouse,
  sales: IconListDetails,
  products: IconTag,
  conflicts: IconArrowsSplit2,
  people: IconUsers,
  devices: IconDevices,
  returned: IconHistory,
};

function isInRail(page: Page): page is RailPage {
  return page !== 'inspector' && page !== 'printing';
}

/** How many conflicts wait for a person. */
function OpenConflicts() {
  const { t } = useTranslation();
  const count = useLive(useDevice().office.edits).filter(isOpenConflict).length;
  if (count === 0) return null;
  return (
    <span className={styles.badge} data-testid="open-conflicts">
      {count}
      <span className="visually-hidden"> {t('office.conflicts.waiting')}</span>
    </span>
  );
}

/** The screens of one area: a rail at the side, on a phone a bar at the bottom. An area of one screen needs none. */
export function AreaRail({ area, page }: { area: Area; page: Page }) {
  const { t } = useTranslation();
  if (area === 'inspector') return null;
  return (
    <nav className={styles.rail} aria-label={t('shell.page.label')}>
      {pagesOf(area)
        .filter(isInRail)
        .map((name) => {
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
              {name === 'conflicts' && <OpenConflicts />}
            </Link>
          );
        })}
    </nav>
  );
}
