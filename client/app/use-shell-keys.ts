import { useEffect, useEffectEvent } from 'react';
import { useLocation } from 'wouter';
import { areasOf, pagesOf } from './areas.ts';
import { useDevice } from './contexts.ts';

/** Keys that work on every screen: help, the lock, and the way between the areas. None of them while it is locked. */
export function useShellKeys(onHelp: () => void): void {
  const { identity, people } = useDevice();
  const { role } = identity;
  const [, go] = useLocation();
  const act = useEffectEvent((event: KeyboardEvent) => {
    if (people.locked.get()) return;
    if (event.key === 'F1' || (event.key === '?' && !isField(event.target))) {
      event.preventDefault();
      onHelp();
    }
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'l' || event.key === 'L') {
      event.preventDefault();
      void people.lock();
      return;
    }
    const area = areasOf(role)[['1', '2', '3'].indexOf(event.key)];
    if (area === undefined) return;
    event.preventDefault();
    go(`/${pagesOf(area)[0]}`);
  });
  useEffect(() => {
    window.addEventListener('keydown', act);
    return () => window.removeEventListener('keydown', act);
  }, []);
}

/** True where a person types text. */
export function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable="true"]');
}
