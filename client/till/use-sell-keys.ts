import { type RefObject, useEffectEvent, useLayoutEffect } from 'react';
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

/** The windows about the whole sale, by their keys. */
const DIALOG_KEYS: Readonly<Record<string, SellDialog>> = {
  F6: { type: 'customer' },
  F7: { type: 'note' },
  F8: { type: 'discount' },
  F9: { type: 'open-item', barcode: '' },
  F10: { type: 'camera' },
};

/** `/` and any typing go to the search, F2 to the cart, F4 pays, Ctrl+Z takes the last change back. */
export function useSellKeys({ search, onPay, onOpen, onUndo, enabled }: SellKeys): void {
  const act = useEffectEvent((event: KeyboardEvent) => {
    if (!enabled || document.querySelector('[role="dialog"]')) return;
    if (event.key === 'F4') return take(event, onPay);
    if (event.key === 'F2') return take(event, focusCart);
    const dialog = DIALOG_KEYS[event.key];
    if (dialog) return take(event, () => onOpen(dialog));
    if (isUndo(event, search.current)) return take(event, onUndo);
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    // After a sale the empty search has the focus already: a slash typed into it would find nothing.
    const inEmptySearch = event.target === search.current && search.current?.value === '';
    if (event.key === '/' && inEmptySearch) return event.preventDefault();
    if (isField(event.target)) return;
    if (event.key === '/') return take(event, () => search.current?.select());
    if (!isCartKey(event)) focusSearch(event);
  });
  // Before the screen is painted: no key is lost between seeing it and its listening.
  useLayoutEffect(() => {
    window.addEventListener('keydown', act);
    return () => window.removeEventListener('keydown', act);
  }, []);
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
  const isKey = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'z';
  return isKey && (!isField(event.target) || (event.target === search && search?.value === ''));
}

/** On a cart line these keys change the line. */
function isCartKey(event: KeyboardEvent): boolean {
  const onLine = event.target instanceof HTMLElement && event.target.closest('[data-cart-line]') !== null;
  return onLine && ['+', '-', '=', 'Delete', 'Backspace'].includes(event.key);
}
