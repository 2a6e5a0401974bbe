import {
  IconAddressBook,
  IconAdjustments,
  IconArrowsSplit2,
  IconBuildingWarehouse,
  IconCashRegister,
  IconChartBar,
  IconClipboardList,
  IconCreditCard,
  IconDevices,
  IconDiscount,
  IconFileTime,
  IconFlag,
  IconHistory,
  IconListDetails,
  IconNotebook,
  IconPackageImport,
  IconPlugConnected,
  IconQrcode,
  IconReceipt,
  IconRefresh,
  IconSettings,
  IconShoppingCart,
  IconTag,
  IconTicket,
  IconTransfer,
  IconTruckDelivery,
  IconUsers,
  type TablerIcon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { isOpenConflict } from '../office/open-edits.ts';
import styles from './area-rail.module.css';
import type { RailPage } from './areas.ts';
import { useDevice } from './contexts.ts';
import { useLive } from './use-live.ts';

const ICONS: Readonly<Record<RailPage, TablerIcon>> = {
  sell: IconShoppingCart,
  receipts: IconReceipt,
  shift: IconCashRegister,
  unconfirmed: IconQrcode,
  credit: IconNotebook,
  paying: IconCreditCard,
  receive: IconPackageImport,
  adjust: IconAdjustments,
  stocktake: IconClipboardList,
  sync: IconRefresh,
  stock: IconBuildingWarehouse,
  movements: IconTransfer,
  sales: IconListDetails,
  reports: IconChartBar,
  products: IconTag,
  orders: IconTruckDelivery,
  conflicts: IconArrowsSplit2,
  customers: IconAddressBook,
  promotions: IconDiscount,
  settings: IconSettings,
  audit: IconFileTime,
  people: IconUsers,
  devices: IconDevices,
  integrations: IconPlugConnected,
  returned: IconHistory,
  exceptions: IconFlag,
  limits: IconTicket,
};

/** How many conflicts wait for a person. */
function OpenConflicts() {
  const { t } = useTranslation();
  const count = useLive(useDevice().office.edits).filter(isOpenConflict).length;
  return <Badge count={count} text={t('shell.waiting')} testId="open-conflicts" />;
}

/** How many flagged entries wait for a person, as far as this device has read. */
function OpenExceptions() {
  const { t } = useTranslation();
  const { exceptions } = useDevice();
  useLive(exceptions.version);
  return <Badge count={exceptions.waiting()} text={t('shell.waiting')} testId="open-exceptions" />;
}

/** How many products are below nothing. */
function BelowZero() {
  const { t } = useTranslation();
  const { stock } = useDevice();
  useLive(stock.version);
  return <Badge count={stock.below().length} text={t('shares.below.waiting')} testId="below-zero-count" />;
}

function Badge({ count, text, testId }: { count: number; text: string; testId: string }) {
  if (count === 0) return null;
  return (
    <span className={styles.badge} data-testid={testId}>
      {count}
      <span className="visually-hidden"> {text}</span>
    </span>
  );
}

/** How much waits for a person behind a screen. */
export function PageBadge({ name }: { name: RailPage }) {
  if (name === 'conflicts') return <OpenConflicts />;
  if (name === 'limits') return <BelowZero />;
  return name === 'exceptions' ? <OpenExceptions /> : null;
}

/** The sign of a screen. */
export function PageIcon({ name }: { name: RailPage }) {
  const Icon = ICONS[name];
  return <Icon size={24} stroke={1.75} aria-hidden="true" />;
}
