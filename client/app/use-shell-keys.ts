import { useEffect, useEffectEvent } from 'react';
import { useLocation } from 'wouter';
import { areasOf, pagesOf } from './areas.ts';
import { useDevice } from './contexts.ts';

/** Keys that work on every screen: help, and the way between the areas. */
export function useShellKeys(onHelp: () => void): void {
  const { role } = useDevice().identity;
  const [, go] = useLocation();
  const act = useEffectEvent((event: KeyboardEvent) => {
    if (event.key === 'F1' || (event.key === '?' && !isField(event.target))) {
      event.preventDefault();
      onHelp();
    }
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
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
