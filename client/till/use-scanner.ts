import { useEffectEvent, useLayoutEffect } from 'react';
import { useDevice } from '../app/contexts.ts';
import { NO_BURST, takeKey, wholeBarcode } from './scan-burst.ts';

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
  const scanned = useEffectEvent((burst: string, held: Held | null) => {
    const isSearch = held?.field.matches('[data-search-field]') ?? false;
    const barcode = wholeBarcode(
      burst,
      isSearch ? (held?.value ?? '') : '',
      (code) => catalogue.byBarcode(code) !== undefined,
    );
    giveBack(held, barcode === burst ? (held?.value ?? '') : '');
    onScan(barcode);
  });
  // Before the screen is painted: no key is lost between seeing it and its listening.
  useLayoutEffect(() => {
    let burst = NO_BURST;
    let held: Held | null = null;
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || people.locked.get()) return;
      const step = takeKey(burst, event.key, event.timeStamp);
      if (step.type === 'typing' && step.burst.text.length === 1) held = holdField();
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

/** The field that the characters go to: the focused one, or the search, where typing anywhere goes. */
function holdField(): Held | null {
  const focused = document.activeElement;
  const isField = focused instanceof HTMLInputElement || focused instanceof HTMLTextAreaElement;
  const field = isField ? focused : document.querySelector<HTMLInputElement>('[data-search-field]');
  return field ? { field, value: field.value } : null;
}

/** React listens to the native setter's event, so its state follows. */
function giveBack(held: Held | null, value: string): void {
  if (!held || held.field.value === value) return;
  const prototype = held.field instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype;
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(held.field, value);
  held.field.dispatchEvent(new Event('input', { bubbles: true }));
}
