import { useEffect, useEffectEvent } from 'react';
import { NO_BURST, takeKey } from './scan-burst.ts';

interface Held {
  readonly field: HTMLInputElement | HTMLTextAreaElement;
  readonly value: string;
}

/**
 * Listens for a scanner on the whole screen. What it typed into a field on its way is taken out again, so that a scan
 * never spoils a search, a quantity or an amount.
 */
export function useScanner(onScan: (barcode: string) => void): void {
  const scanned = useEffectEvent(onScan);
  useEffect(() => {
    let burst = NO_BURST;
    let held: Held | null = null;
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
      const step = takeKey(burst, event.key, event.timeStamp);
      if (step.type === 'typing' && step.burst.text.length === 1) held = holdField();
      burst = step.burst;
      if (step.type !== 'scan') return;
      event.preventDefault();
      event.stopPropagation();
      giveBack(held);
      scanned(step.barcode);
    };
    window.addEventListener('keydown', listen, { capture: true });
    return () => window.removeEventListener('keydown', listen, { capture: true });
  }, []);
}

function holdField(): Held | null {
  const field = document.activeElement;
  if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) return { field, value: field.value };
  return null;
}

/** React listens to the native setter's event, so its state follows. */
function giveBack(held: Held | null): void {
  const field = held?.field ?? searchField();
  const value = held?.value ?? '';
  if (!field || field.value === value) return;
  const prototype = field instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype;
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, value);
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

/** Typing anywhere goes to the search: there a burst lands that began outside any field. */
function searchField(): HTMLInputElement | null {
  return document.querySelector<HTMLInputElement>('[data-search-field]');
}
