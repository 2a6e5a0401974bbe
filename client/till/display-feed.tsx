import { useMantineColorScheme } from '@mantine/core';
import { useEffect } from 'react';
import { qrisWithAmount, readStaticQris } from '../../schema/qris.ts';
import { useDeps, useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import type { BegunPayment } from '../device/payments.ts';
import type { DisplayState } from '../display/display-state.ts';
import { displayShow, type TillView } from './display-show.ts';
import type { PaymentFlow } from './use-payment.ts';
import { usePriced } from './use-priced.ts';
import { usePromotedCart } from './use-promoted-cart.ts';

/** Tells the customer display what this till does now. Draws nothing. */
export function DisplayFeed({ payment }: { payment: PaymentFlow }) {
  const { display, displayLanguage } = useDeps();
  const chosen = useLive(displayLanguage.chosen);
  const { active, company } = useDevice();
  const { colorScheme } = useMantineColorScheme();
  const { currency, language } = useFormat();
  const mayTell = useLive(active);
  const settings = useLive(company.settings);
  const branch = useLive(company.branch);
  const open = usePromotedCart();
  const cart = payment.cart ?? open;
  const priced = usePriced(cart);
  const qris = useQris(payment.begun);
  const isAsking = payment.step === 'asking' || payment.step === 'writing';
  const left = isAsking ? (payment.bill?.left ?? null) : null;
  const show = displayShow({ cart, priced, left, qris: isAsking ? qris : null, sold: payment.sold });
  const state: DisplayState = {
    language: chosen ?? language,
    scheme: colorScheme,
    shop: { name: settings?.name ?? '', branch: branch?.name ?? '' },
    currency,
    show,
  };
  // Said only when something of it changed.
  const said = JSON.stringify(state);
  useEffect(() => {
    if (mayTell) display.show(JSON.parse(said) as DisplayState);
    else display.fallSilent();
  }, [mayTell, display, said]);
  return null;
}

/** The code on the cashier's screen; null where none is asked for, or the shop has none. */
function useQris(begun: BegunPayment | null): TillView['qris'] {
  const { currency } = useFormat();
  const text = useLive(useDevice().company.branch)?.qris ?? '';
  if (begun?.tender !== 'qris') return null;
  const { amount, reference } = begun;
  const code = qrisWithAmount(text, { amount, currency, reference });
  const shop = readStaticQris(text);
  return code.ok && shop.ok ? { at: 'qris', code: code.value, merchant: shop.value.merchant, amount } : null;
}
