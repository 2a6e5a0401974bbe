import { useEffect, useEffectEvent } from 'react';
import { useLocation } from 'wouter';
import { areaOf, areasOf, besideInRail, type Page, pagesOf, railOf } from './areas.ts';
import { useDevice } from './contexts.ts';
import { isKey, keyIndex } from './keys.ts';

interface ShellKeys {
  /** The screen shown now: the rail of its area is what the keys of screens count. */
  readonly page: Page;
  readonly onHelp: () => void;
  readonly onDisplay: () => void;
  readonly onKiosk: () => void;
}

/** Keys that work on every screen: help, the lock, the ways between areas and screens. None of them while it is locked. */
export function useShellKeys({ page, onHelp, onDisplay, onKiosk }: ShellKeys): void {
  const { identity, people } = useDevice();
  const [, go] = useLocation();
  const act = useEffectEvent((event: KeyboardEvent) => {
    if (people.locked.get()) return;
    const wanted = pageOfKey(event);
    if (wanted) return take(event, () => goTo(wanted));
    // F1 helps in a field too; a question mark is typed there.
    if (isKey('help', event) && !(keyIndex('help', event) > 0 && isField(event.target))) return take(event, onHelp);
    if (isKey('lock', event)) return take(event, () => void people.lock());
    if (isKey('display', event)) return take(event, onDisplay);
    if (isKey('kiosk', event)) return take(event, onKiosk);
  });
  const goTo = (wanted: Page) => {
    go(`/${wanted}`);
    // The next Tab is the screen's first control, and not what stood here before it.
    document.getElementById('main')?.focus();
  };
  const pageOfKey = (event: KeyboardEvent): Page | undefined => {
    if (isKey('pageBefore', event)) return besideInRail(page, -1);
    if (isKey('pageAfter', event)) return besideInRail(page, 1);
    const shown = areasOf(identity.role)[keyIndex('areas', event)];
    return shown === undefined ? railOf(areaOf(page))[keyIndex('pages', event)] : pagesOf(shown)[0];
  };
  useEffect(() => {
    window.addEventListener('keydown', act);
    return () => window.removeEventListener('keydown', act);
  }, []);
}

function take(event: KeyboardEvent, act: () => void): void {
  event.preventDefault();
  act();
}

/** True where a person types text. */
export function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable="true"]');
}
