import { type RefObject, useEffectEvent, useLayoutEffect } from 'react';
import { isField } from '../app/use-shell-keys.ts';
import { focusSearch } from './use-typing-searches.ts';

interface SellKeys {
  readonly search: RefObject<HTMLInputElement | null>;
  readonly onPay: () => void;
  /** False while a dialog is open: it has the keys then. */
  readonly enabled: boolean;
}

/** `/` and any typing go to the search, F2 to the cart, F4 pays. */
export function useSellKeys({ search, onPay, enabled }: SellKeys): void {
  const act = useEffectEvent((event: KeyboardEvent) => {
    if (!enabled || document.querySelector('[role="dialog"]')) return;
    if (event.key === 'F4') return take(event, onPay);
    if (event.key === 'F2') return take(event, focusCart);
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

/** On a cart line these keys change the line. */
function isCartKey(event: KeyboardEvent): boolean {
  const onLine = event.target instanceof HTMLElement && event.target.closest('[data-cart-line]') !== null;
  return onLine && ['+', '-', '=', 'Delete', 'Backspace'].includes(event.key);
}
