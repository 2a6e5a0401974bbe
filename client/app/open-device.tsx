import { Suspense, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Device } from '../device/device.ts';
import { type OpenCart, openCart } from '../till/open-cart.ts';
import { AllowProvider } from './allow-provider.tsx';
import { BusyContext, createBusy } from './busy.ts';
import { CartContext, DeviceContext, useDeps } from './contexts.ts';
import { useSay } from './messages.tsx';
import { Shell } from './shell.tsx';
import { spokenLazy } from './spoken-lazy.ts';
import { useLivePart } from './use-live.ts';

/** Seen once in a device's life. */
const FirstSync = spokenLazy(async () => ({ default: (await import('./first-sync.tsx')).FirstSync }));

/** The screens of an open device; before its first products have come, how far that is. */
export function OpenDevice({ device }: { device: Device }) {
  const deps = useDeps();
  const cart = useMemo(() => openCart(deps), [deps]);
  const busy = useMemo(createBusy, []);
  useClosedCart(device, cart);
  return (
    <DeviceContext value={device}>
      <CartContext value={cart}>
        <BusyContext value={busy}>
          <AllowProvider>
            <Suspense>{useUsable(device) ? <Shell /> : <FirstSync />}</Suspense>
          </AllowProvider>
        </BusyContext>
      </CartContext>
    </DeviceContext>
  );
}

/** A till can sell as soon as settings, a person and products are there; stock may still be on its way. */
function useUsable(device: Device): boolean {
  const hasSettings = useLivePart(device.company.settings, (settings) => settings !== undefined);
  const hasPeople = useLivePart(device.company.people, (people) => people.length > 0);
  const isReady = useLivePart(device.sync.status, (status) => status.ready);
  const hasProducts = useLivePart(device.catalogue.version, () => device.catalogue.count() > 0);
  return hasSettings && hasPeople && (isReady || hasProducts);
}

/** A cart that was sold just before the app was killed is still kept as open: its entry closes it (I14). */
function useClosedCart(device: Device, cart: OpenCart): void {
  const { t } = useTranslation();
  const say = useSay();
  useEffect(() => {
    if (device.till.check(cart.cart.get())?.code !== 'cart-sold') return;
    cart.renew();
    say({ tone: 'info', text: t('till.say.closed') });
  }, [device, cart, say, t]);
}
