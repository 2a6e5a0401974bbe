import { useEffect } from 'react';
import { loadBackRoom } from '../device/fetched-back-room.ts';
import { loadAllWords } from '../i18n/create-words.ts';
import { useDeps } from './contexts.ts';
import { loadLaterParts } from './later.tsx';

/** What a sale needs behind its first screen: before all others. */
const NEXT_LOADERS = [() => import('qrcode'), () => import('@point-of-sale/receipt-printer-encoder')];
/** Between two parts, in milliseconds: all at once they keep a phone from its first touch for seconds. */
const LOAD_EVERY_MS = 200;

/**
 * All parts of this version, one after the other, before another tab may replace the files that they come from: windows and menus, the
 * device's back room, then `screens`, then all words.
 */
export function useLoadAll(screens: readonly (() => Promise<unknown>)[]): void {
  const { clock } = useDeps();
  // biome-ignore lint/correctness/useExhaustiveDependencies: once is enough.
  useEffect(() => {
    const left = [...NEXT_LOADERS, loadLaterParts, loadBackRoom, ...screens, loadAllWords];
    const stop = clock.every(LOAD_EVERY_MS, () => {
      const load = left.shift();
      if (load) load().catch(() => undefined);
      else stop();
    });
    return stop;
  }, [clock]);
}
