import { Menu, UnstyledButton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
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
  IconDots,
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
import { Link } from 'wouter';
import { isOpenConflict } from '../office/open-edits.ts';
import styles from './area-rail.module.css';
import { type Area, type Page, type RailPage, railOf } from './areas.ts';
import { useDevice } from './contexts.ts';
import { KEYS } from './keys.ts';
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
  return <Badge count={count} text={t('office.conflicts.waiting')} testId="open-conflicts" />;
}

/** How many flagged entries wait for a person, as far as this device has read. */
function OpenExceptions() {
  const { t } = useTranslation();
  const { exceptions } = useDevice();
  useLive(exceptions.version);
  return <Badge count={exceptions.waiting()} text={t('exceptions.waiting')} testId="open-exceptions" />;
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

/** Below this the rail is a bar at the bottom. */
const PHONE = '(max-width: 47.99em)';
/** What a phone of 360 points holds side by side, "More" among them. */
const PHONE_ITEMS_MAX = 5;

/** The screens of one area: a rail at the side, on a phone a bar at the bottom. An area of one screen needs none. */
export function AreaRail({ area, page }: { area: Area; page: Page }) {
  const { t } = useTranslation();
  const phone = useMediaQuery(PHONE, undefined, { getInitialValueInEffect: false });
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
      {shown.length < pages.length && <More pages={pages.slice(shown.length)} page={page} />}
    </nav>
  );
}

/** How much waits for a person behind a screen. */
function PageBadge({ name }: { name: RailPage }) {
  if (name === 'conflicts') return <OpenConflicts />;
  if (name === 'limits') return <BelowZero />;
  return name === 'exceptions' ? <OpenExceptions /> : null;
}

function PageIcon({ name }: { name: RailPage }) {
  const Icon = ICONS[name];
  return <Icon size={24} stroke={1.75} aria-hidden="true" />;
}

/** The screens for which a phone has no room. The one that is open gives the button its name. */
function More({ pages, page }: { pages: readonly RailPage[]; page: Page }) {
  const { t } = useTranslation();
  const open = pages.find((name) => name === page);
  return (
    <Menu position="top-end" width={240}>
      <Menu.Target>
        <UnstyledButton className={styles.item} aria-current={open ? 'true' : undefined} data-testid="page-more">
          {open ? <PageIcon name={open} /> : <IconDots size={24} stroke={1.75} aria-hidden="true" />}
          {t(open ? `shell.page.${open}` : 'shell.page.more')}
          {open && <span className="visually-hidden">{t('shell.page.more')}</span>}
          {pages.map((name) => (
            <PageBadge key={name} name={name} />
          ))}
        </UnstyledButton>
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
