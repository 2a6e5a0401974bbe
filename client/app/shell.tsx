import { Button, Loader } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { loadAllWords } from '../i18n/create-words.ts';
import { SellScreen } from '../till/sell-screen.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { AreaRail } from './area-rail.tsx';
import { areaOf, type Page, pageAt } from './areas.ts';
import { useDeps, useDevice } from './contexts.ts';
import { DiskNotice } from './disk-notice.tsx';
import { DisplayDialog } from './display-dialog.tsx';
import { HeaderBar } from './header-bar.tsx';
import { InstallNotice } from './install-notice.tsx';
import { KeysHelp } from './keys-help.tsx';
import { KioskGuard } from './kiosk-guard.tsx';
import { useSay } from './messages.tsx';
import { PayingBackNotice } from './paying-back-notice.tsx';
import { PersonDoor } from './person-door.tsx';
import { PrintNotice } from './print-notice.tsx';
import { PrintSheet } from './print-sheet.tsx';
import { ReturnsNotice } from './returns-notice.tsx';
import { ScreenBoundary } from './screen-boundary.tsx';
import styles from './shell.module.css';
import { SignsNotice } from './signs-notice.tsx';
import { SoldTwiceNotice } from './sold-twice-notice.tsx';
import { StatusBar } from './status-bar.tsx';
import { UpdateNotice } from './update-notice.tsx';
import { useIdleLock } from './use-idle-lock.ts';
import { useLive } from './use-live.ts';
import { useOpenDisplay } from './use-open-display.ts';
import { useShellKeys } from './use-shell-keys.ts';

/** Everything but selling comes in a bundle of its own. */
const LOADERS = {
  receipts: () => import('../till/receipts-screen.tsx'),
  shift: () => import('../till/shift-screen.tsx'),
  unconfirmed: () => import('../till/unconfirmed-screen.tsx'),
  credit: () => import('../till/credit-screen.tsx'),
  paying: () => import('../office/paying-screen.tsx'),
  receive: () => import('../till/receive-screen.tsx'),
  adjust: () => import('../till/adjust-screen.tsx'),
  stocktake: () => import('../till/stocktake-screen.tsx'),
  sync: () => import('./sync-screen.tsx'),
  printing: () => import('./printing-screen.tsx'),
  stock: () => import('../office/stock-screen.tsx'),
  movements: () => import('../office/movements-screen.tsx'),
  sales: () => import('../office/sales-screen.tsx'),
  reports: () => import('../office/reports-screen.tsx'),
  products: () => import('../office/products-screen.tsx'),
  orders: () => import('../office/orders-screen.tsx'),
  customers: () => import('../office/customers-screen.tsx'),
  promotions: () => import('../office/promotions-screen.tsx'),
  settings: () => import('../office/settings-screen.tsx'),
  audit: () => import('../office/audit-screen.tsx'),
  people: () => import('../office/people-screen.tsx'),
  devices: () => import('../office/devices-screen.tsx'),
  integrations: () => import('../office/integrations-screen.tsx'),
  conflicts: () => import('../office/conflicts-screen.tsx'),
  returned: () => import('../office/returned-screen.tsx'),
  exceptions: () => import('../office/exceptions-screen.tsx'),
  limits: () => import('../office/limits-screen.tsx'),
  inspector: () => import('../inspector/inspector-screen.tsx'),
} as const;

/** What each page shows. */
const SCREENS: Readonly<Record<Page, React.ComponentType>> = {
  sell: SellScreen,
  receipts: lazy(LOADERS.receipts),
  shift: lazy(LOADERS.shift),
  unconfirmed: lazy(LOADERS.unconfirmed),
  credit: lazy(LOADERS.credit),
  paying: lazy(LOADERS.paying),
  receive: lazy(LOADERS.receive),
  adjust: lazy(LOADERS.adjust),
  stocktake: lazy(LOADERS.stocktake),
  sync: lazy(LOADERS.sync),
  printing: lazy(LOADERS.printing),
  stock: lazy(LOADERS.stock),
  movements: lazy(LOADERS.movements),
  sales: lazy(LOADERS.sales),
  reports: lazy(LOADERS.reports),
  products: lazy(LOADERS.products),
  orders: lazy(LOADERS.orders),
  conflicts: lazy(LOADERS.conflicts),
  customers: lazy(LOADERS.customers),
  promotions: lazy(LOADERS.promotions),
  settings: lazy(LOADERS.settings),
  audit: lazy(LOADERS.audit),
  people: lazy(LOADERS.people),
  devices: lazy(LOADERS.devices),
  integrations: lazy(LOADERS.integrations),
  returned: lazy(LOADERS.returned),
  exceptions: lazy(LOADERS.exceptions),
  limits: lazy(LOADERS.limits),
  inspector: lazy(LOADERS.inspector),
};

/** The frame around every screen: header, area rail, status bar, help. */
export function Shell() {
  const { t } = useTranslation();
  const device = useDevice();
  const [path] = useLocation();
  const [help, helpActs] = useDisclosure(false);
  const [display, displayActs] = useDisclosure(false);
  const [kiosk, kioskActs] = useDisclosure(false);
  useIdleLock();
  const page = pageAt(path, device.identity.role);
  useShellKeys({ page, onHelp: helpActs.toggle, onDisplay: useOpenDisplay(), onKiosk: kioskActs.open });
  useForgetMessages(page);
  useLoadAll();
  const Screen = SCREENS[page];
  return (
    <div className={styles.shell}>
      <button type="button" className={styles.skip} onClick={skipToMain}>
        {t('shell.skip')}
      </button>
      <HeaderBar area={areaOf(page)} onHelp={helpActs.open} onDisplay={displayActs.open} onKiosk={kioskActs.open} />
      <Notices />
      <AreaRail area={areaOf(page)} page={page} />
      <main className={styles.main} id="main" tabIndex={-1} data-page={page}>
        <ScreenBoundary name={page}>
          <Suspense key={page} fallback={<EmptyState icon={<Loader size="sm" color="var(--accent-ink)" />} title="" />}>
            <Screen />
          </Suspense>
        </ScreenBoundary>
      </main>
      <StatusBar />
      <KeysHelp opened={help} area={areaOf(page)} onClose={helpActs.close} />
      <DisplayDialog opened={display} onClose={displayActs.close} />
      <KioskGuard asked={kiosk} onDone={kioskActs.close} />
      <PersonDoor />
      <PrintSheet />
    </div>
  );
}

/** What a sale needs behind its first screen: before all others. */
const NEXT_LOADERS = [() => import('qrcode'), () => import('@point-of-sale/receipt-printer-encoder')];
/** Between two screens that are loaded, in milliseconds: all at once they keep a phone from its first touch for seconds. */
const LOAD_EVERY_MS = 200;

/** All screens of this version, one after the other, before another tab may replace the files that they come from. */
function useLoadAll(): void {
  const { clock } = useDeps();
  useEffect(() => {
    const left: (() => Promise<unknown>)[] = [...NEXT_LOADERS, ...Object.values(LOADERS), loadAllWords];
    const stop = clock.every(LOAD_EVERY_MS, () => {
      const load = left.shift();
      if (load) load().catch(() => undefined);
      else stop();
    });
    return stop;
  }, [clock]);
}

/** What was said on one screen does not follow to the next. */
function useForgetMessages(page: Page): void {
  const say = useSay();
  const shown = useRef(page);
  useEffect(() => {
    if (shown.current !== page) say(null);
    shown.current = page;
  }, [page, say]);
}

/** A button, no link: the address after `#` belongs to the router. */
function skipToMain(): void {
  document.getElementById('main')?.focus();
}

function Notices() {
  const { t } = useTranslation();
  const device = useDevice();
  const active = useLive(device.active);
  return (
    <div className={styles.notices}>
      {!active && (
        <div className={styles.notice} role="alert" data-testid="read-only">
          <span>{t('shell.readOnly.text')}</span>
          <Button variant="default" onClick={() => void device.takeOver()} data-testid="take-over">
            {t('shell.readOnly.take')}
          </Button>
        </div>
      )}
      <DiskNotice />
      <SignsNotice />
      <PrintNotice />
      <ReturnsNotice />
      <PayingBackNotice />
      <SoldTwiceNotice />
      <UpdateNotice />
      <InstallNotice />
    </div>
  );
}
