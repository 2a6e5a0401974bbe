import { Loader } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type ComponentType, Suspense, useEffect, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { loadBackRoom } from '../device/fetched-back-room.ts';
import { dropFirstScreen } from '../first-screen/first-screen.ts';
import { SellScreen } from '../till/sell-screen.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { AreaRail } from './area-rail.tsx';
import { areaOf, type Page, pageAt } from './areas.ts';
import { useDevice } from './contexts.ts';
import { HeaderBar } from './header-bar.tsx';
import { DisplayDialog, KeysHelp, KioskGuard, Notices, PersonDoor, PrintSheet } from './later-parts.tsx';
import { useSay } from './messages.tsx';
import { ScreenBoundary } from './screen-boundary.tsx';
import styles from './shell.module.css';
import { spokenLazy } from './spoken-lazy.ts';
import { StatusBar } from './status-bar.tsx';
import { useForgetPicture } from './use-forget-picture.ts';
import { useIdleLock } from './use-idle-lock.ts';
import { useLoadAll } from './use-load-all.ts';
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

/** A screen's bundle with what of the device it may show. */
function screenLazy(load: () => Promise<{ readonly default: ComponentType }>): ComponentType {
  return spokenLazy(async () => {
    const [screen] = await Promise.all([load(), loadBackRoom()]);
    return screen;
  });
}

/** What each page shows. */
const SCREENS: Readonly<Record<Page, ComponentType>> = {
  sell: SellScreen,
  receipts: screenLazy(LOADERS.receipts),
  shift: screenLazy(LOADERS.shift),
  unconfirmed: screenLazy(LOADERS.unconfirmed),
  credit: screenLazy(LOADERS.credit),
  paying: screenLazy(LOADERS.paying),
  receive: screenLazy(LOADERS.receive),
  adjust: screenLazy(LOADERS.adjust),
  stocktake: screenLazy(LOADERS.stocktake),
  sync: screenLazy(LOADERS.sync),
  printing: screenLazy(LOADERS.printing),
  stock: screenLazy(LOADERS.stock),
  movements: screenLazy(LOADERS.movements),
  sales: screenLazy(LOADERS.sales),
  reports: screenLazy(LOADERS.reports),
  products: screenLazy(LOADERS.products),
  orders: screenLazy(LOADERS.orders),
  conflicts: screenLazy(LOADERS.conflicts),
  customers: screenLazy(LOADERS.customers),
  promotions: screenLazy(LOADERS.promotions),
  settings: screenLazy(LOADERS.settings),
  audit: screenLazy(LOADERS.audit),
  people: screenLazy(LOADERS.people),
  devices: screenLazy(LOADERS.devices),
  integrations: screenLazy(LOADERS.integrations),
  returned: screenLazy(LOADERS.returned),
  exceptions: screenLazy(LOADERS.exceptions),
  limits: screenLazy(LOADERS.limits),
  inspector: screenLazy(LOADERS.inspector),
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
  useForgetPicture();
  const page = pageAt(path, device.identity.role);
  useShellKeys({ page, onHelp: helpActs.toggle, onDisplay: useOpenDisplay(), onKiosk: kioskActs.open });
  useForgetMessages(page);
  // Behind the selling screen, which takes what was done on its picture.
  useLayoutEffect(dropFirstScreen, []);
  useLoadAll(Object.values(LOADERS));
  const Screen = SCREENS[page];
  return (
    <div className={styles.shell}>
      <button type="button" className={styles.skip} onClick={skipToMain}>
        {t('shell.skip')}
      </button>
      <HeaderBar area={areaOf(page)} onHelp={helpActs.open} onDisplay={displayActs.open} onKiosk={kioskActs.open} />
      <div className={styles.notices} data-passing>
        <Notices />
      </div>
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
