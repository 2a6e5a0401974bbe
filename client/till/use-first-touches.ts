import { useEffectEvent, useLayoutEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProductId } from '../../schema/ids.ts';
import type { Product } from '../../schema/product.ts';
import { useDeps, useDevice } from '../app/contexts.ts';
import { useSay } from '../app/messages.tsx';
import { useDoor } from '../app/use-door.ts';
import { dropFirstScreen, endFirstScreen, type LeftByPicture } from '../first-screen/first-screen.ts';

interface FirstTouches {
  readonly onAdd: (product: Product) => void;
  readonly onScan: (barcode: string) => void;
}

/** Behind the drawing, in milliseconds: the tile is there then. */
const FOCUS_BEHIND_MS = 20;

/**
 * Takes the place of the picture of this screen in the frame that draws the screen. What was touched and scanned there is added in its
 * order, as if it were touched now: with today's product and price. Behind a door it is dropped.
 */
export function useFirstTouches({ onAdd, onScan }: FirstTouches): void {
  const { clock } = useDeps();
  const { catalogue, company } = useDevice();
  const { t } = useTranslation();
  const say = useSay();
  const door = useDoor();
  const add = (id: string) => {
    const product = catalogue.product(id as ProductId);
    if (product?.active) onAdd(product);
    else say({ tone: 'warning', text: t('till.say.gone', { name: product?.name ?? id }) });
  };
  const takeOver = useEffectEvent(() => {
    if (door !== null) return dropFirstScreen();
    endFirstScreen(company.person.get()?.person, ({ done, scrolled, focused }: LeftByPicture) => {
      document.querySelector('[data-testid=product-grid]')?.scrollTo({ top: scrolled });
      for (const one of done) 'product' in one ? add(one.product) : onScan(one.barcode);
      if (focused === undefined) return;
      const stop = clock.every(FOCUS_BEHIND_MS, () => {
        stop();
        if (document.activeElement === document.body) focusTile(focused);
      });
    });
  });
  useLayoutEffect(() => takeOver(), []);
}

function focusTile(product: string): void {
  document.querySelector<HTMLElement>(`[data-product="${CSS.escape(product)}"]`)?.focus({ preventScroll: true });
}
