import { type RefObject, useEffectEvent, useLayoutEffect } from 'react';
import { isKey } from '../app/keys.ts';
import { isField } from '../app/use-shell-keys.ts';
import type { SellDialog } from './sell-dialogs.tsx';
import { focusSearch } from './use-typing-searches.ts';

interface SellKeys {
  readonly search: RefObject<HTMLInputElement | null>;
  readonly onPay: () => void;
  readonly onOpen: (dialog: SellDialog) => void;
  readonly onUndo: () => void;
  /** False while a dialog is open: it has the keys then. */
  readonly enabled: boolean;
}

/** The search and any typing, the cart, paying, the windows about the whole sale, and taking the last change back. */
export function useSellKeys({ search, onPay, onOpen, onUndo, enabled }: SellKeys): void {
  const act = useEffectEvent((event: KeyboardEvent) => {
    if (!enabled || document.querySelector('[role="dialog"]')) return;
    if (isKey('pay', event)) return take(event, onPay);
    if (isKey('cart', event)) return take(event, focusCart);
    const dialog = dialogOf(event);
    if (dialog) return take(event, () => onOpen(dialog));
    if (isUndo(event, search.current)) return take(event, onUndo);
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    // After a sale the empty search has the focus already: a slash typed into it would find nothing.
    const inEmptySearch = event.target === search.current && search.current?.value === '';
    const searches = isKey('search', event);
    if (searches && inEmptySearch) return event.preventDefault();
    if (isField(event.target)) return;
    if (searches) return take(event, () => search.current?.select());
    if (!isCartKey(event)) focusSearch(event);
  });
  // Before the screen is painted: no key is lost between seeing it and its listening.
  useLayoutEffect(() => {
    window.addEventListener('keydown', act);
    return () => window.removeEventListener('keydown', act);
  }, []);
}

/** The windows about the whole sale and the held ones, by their keys. */
function dialogOf(event: KeyboardEvent): SellDialog | null {
  if (isKey('customer', event)) return { type: 'customer' };
  if (isKey('note', event)) return { type: 'note' };
  if (isKey('discount', event)) return { type: 'discount' };
  if (isKey('openItem', event)) return { type: 'open-item', barcode: '' };
  if (isKey('held', event)) return { type: 'held' };
  return isKey('camera', event) ? { type: 'camera' } : null;
}

function take(event: KeyboardEvent, act: () => void): void {
  event.preventDefault();
  act();
}

function focusCart(): void {
  document.querySelector<HTMLElement>('[data-cart-line]')?.focus();
}

/** In a field with text in it, the key takes back what was typed there. */
function isUndo(event: KeyboardEvent, search: HTMLInputElement | null): boolean {
  return isKey('undo', event) && (!isField(event.target) || (event.target === search && search?.value === ''));
}

/** On a cart line these keys change the line. */
function isCartKey(event: KeyboardEvent): boolean {
  const onLine = event.target instanceof HTMLElement && event.target.closest('[data-cart-line]') !== null;
  return onLine && (isKey('more', event) || isKey('less', event) || isKey('remove', event));
}
