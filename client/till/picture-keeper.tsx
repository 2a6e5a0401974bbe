import { useEffect, useEffectEvent } from 'react';
import type { ProductId } from '../../schema/ids.ts';
import { must } from '../../schema/result.ts';
import { useCart, useDeps, useDevice } from '../app/contexts.ts';
import { useDoor } from '../app/use-door.ts';
import { useLive } from '../app/use-live.ts';
import { type Picture, pictureKey, stampOf } from '../first-screen/picture.ts';
import { takePicture } from '../first-screen/take-picture.ts';
import { cartKey } from './cart-key.ts';
import tile from './product-tile.module.css';

/** So long nothing changes before a picture is taken, in milliseconds: never between one product and the next. */
const QUIET_MS = 1_500;
/** A larger picture is of a screen of a thousand tiles, and is read more slowly than it helps. */
const CHARACTERS_MAX = 500_000;

/**
 * Keeps a picture of the selling screen for the next start, which shows it before the program is there; taken when the screen has been quiet
 * for a moment, and when it is hidden. `isResting`: nothing is searched, chosen or open. Draws nothing.
 */
export function PictureKeeper({ isResting }: { isResting: boolean }) {
  const { clock } = useDeps();
  const door = useDoor();
  const person = useLive(useDevice().company.person)?.person;
  const take = useEffectEvent(useKeepPicture());
  useEffect(() => {
    if (!isResting || door !== null || person === undefined) return undefined;
    let stop = () => {};
    const changed = () => {
      stop();
      stop = clock.every(QUIET_MS, () => {
        stop();
        take(person);
      });
    };
    const hidden = () => document.visibilityState === 'hidden' && take(person);
    const changes = new MutationObserver(changed);
    const all = { subtree: true, childList: true, characterData: true, attributes: true };
    changes.observe(must(document.getElementById('main'), '#main'), all);
    window.addEventListener('resize', changed);
    document.addEventListener('visibilitychange', hidden);
    changed();
    return () => {
      stop();
      changes.disconnect();
      window.removeEventListener('resize', changed);
      document.removeEventListener('visibilitychange', hidden);
    };
  }, [clock, isResting, door, person]);
  return null;
}

/** Keeps the picture of what is drawn now, where that is the top of the list with nothing over it, and this tab has the device. */
function useKeepPicture(): (person: string) => void {
  const { texts, slot } = useDeps();
  const { identity, active } = useDevice();
  const pieces = usePieces();
  return (person) => {
    const root = must(document.getElementById('root'), '#root');
    const list = root.querySelector('[data-tiles]');
    const isSeen = list?.firstElementChild && list.closest('[data-testid=product-grid]')?.scrollTop === 0;
    if (!isSeen || !active.get() || document.querySelector('[role="dialog"]')) return;
    const picture: Picture = {
      stamp: stampOf(window),
      pages: identity.role === 'till' ? ['', 'sell'] : ['sell'],
      person,
      cart: texts.getItem(cartKey(slot)),
      badge: `${tile.badge} num`,
      drawn: takePicture({ root, list, pieces }),
    };
    const text = JSON.stringify(picture);
    const key = pictureKey(slot);
    if (text === texts.getItem(key)) return;
    try {
      if (text.length <= CHARACTERS_MAX) return texts.setItem(key, text);
    } catch {
      // No room: the next start does without.
    }
    texts.removeItem(key);
  };
}

function usePieces(): (product: string) => number | null {
  const { catalogue } = useDevice();
  const { cart } = useCart();
  return (id) => {
    if (catalogue.product(id as ProductId)?.unitScale !== 1) return null;
    const lines = cart.get().lines.filter(({ productId }) => productId === id);
    return lines.reduce((sum, { quantity }) => sum + quantity, 0);
  };
}
