import { useEffectEvent, useLayoutEffect } from 'react';
import { useDevice } from '../app/contexts.ts';
import { takeEarlyBurst } from '../first-screen/first-screen.ts';
import { takeKey, wholeBarcode } from './scan-burst.ts';

interface Held {
  readonly field: HTMLInputElement | HTMLTextAreaElement;
  readonly value: string;
}

/**
 * Listens for a scanner on the whole screen. What it typed into a field on its way is taken out again, so that a scan
 * never spoils a search, a quantity or an amount.
 */
export function useScanner(onScan: (barcode: string) => void): void {
  const { catalogue, people } = useDevice();
  const scanned = useEffectEvent((burst: string, [held, ...later]: readonly Held[]) => {
    const isSearch = held?.field.matches('[data-search-field]') ?? false;
    const barcode = wholeBarcode(
      burst,
      isSearch ? (held?.value ?? '') : '',
      (code) => catalogue.byBarcode(code) !== undefined,
    );
    if (held) giveBack(held, barcode === burst ? held.value : '');
    // The focus moved while the scanner typed, e.g. because a window was closing.
    for (const other of later) giveBack(other, other.value);
    onScan(barcode);
  });
  // Before the screen is painted: no key is lost between seeing it and its listening.
  useLayoutEffect(() => {
    let burst = takeEarlyBurst();
    let held: readonly Held[] = [];
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || people.locked.get()) return;
      const step = takeKey(burst, event.key, event.timeStamp);
      if (step.type === 'typing') held = holdField(step.burst.text.length === 1 ? [] : held);
      burst = step.burst;
      if (step.type !== 'scan') return;
      event.preventDefault();
      event.stopPropagation();
      scanned(step.barcode, held);
    };
    window.addEventListener('keydown', listen, { capture: true });
    return () => window.removeEventListener('keydown', listen, { capture: true });
  }, [people]);
}

/** Adds the field that the next character goes to: the focused one, or the search, where typing anywhere goes. */
function holdField(held: readonly Held[]): readonly Held[] {
  const focused = document.activeElement;
  const isField = focused instanceof HTMLInputElement || focused instanceof HTMLTextAreaElement;
  const field = isField ? focused : document.querySelector<HTMLInputElement>('[data-search-field]');
  if (!field || held.some((one) => one.field === field)) return held;
  return [...held, { field, value: field.value }];
}

/** React listens to the native setter's event, so its state follows. */
function giveBack(held: Held, value: string): void {
  if (held.field.value === value) return;
  const prototype = held.field instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype;
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(held.field, value);
  held.field.dispatchEvent(new Event('input', { bubbles: true }));
}
