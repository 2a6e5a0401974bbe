import { Suspense, useEffect, useLayoutEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Device } from '../device/device.ts';
import { dropFirstScreen } from '../first-screen/first-screen.ts';
import { pictureKey } from '../first-screen/picture.ts';
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
  const { texts, slot } = useDeps();
  const { t } = useTranslation();
  const say = useSay();
  const { cart, wasSold } = useOpenCart(device);
  const busy = useMemo(createBusy, []);
  const isUsable = useUsable(device);
  useEffect(() => {
    if (wasSold) say({ tone: 'info', text: t('till.say.closed') });
  }, [wasSold, say, t]);
  useLayoutEffect(() => {
    if (isUsable) return;
    dropFirstScreen();
    texts.removeItem(pictureKey(slot));
  }, [isUsable, texts, slot]);
  return (
    <DeviceContext value={device}>
      <CartContext value={cart}>
        <BusyContext value={busy}>
          <AllowProvider>
            <Suspense>{isUsable ? <Shell /> : <FirstSync />}</Suspense>
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

/**
 * The cart that was kept, before anything is drawn of it or added to it. One that was sold just before the app was killed is still kept as
 * open: its entry closes it (I14).
 */
function useOpenCart(device: Device): { readonly cart: OpenCart; readonly wasSold: boolean } {
  const deps = useDeps();
  const [opened] = useState(() => {
    const cart = openCart(deps);
    const wasSold = device.till.check(cart.cart.get())?.code === 'cart-sold';
    if (wasSold) cart.renew();
    return { cart, wasSold };
  });
  return opened;
}
