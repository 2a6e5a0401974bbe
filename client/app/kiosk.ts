import { createLive, type Live } from '../device/live.ts';
import type { TextStore } from './deps.ts';

/** `off`; `open`: anybody may leave; `kept`: only somebody whose role may. */
export type KioskMode = 'off' | 'open' | 'kept';

/** Kiosk mode of one device of this browser; it outlives a reload. */
export interface Kiosk {
  readonly mode: Live<KioskMode>;
  set(mode: KioskMode): void;
}

/** The browser's window, as far as kiosk mode has a hold on it. */
export interface KioskWindow {
  /** Whether pages can fill the screen: not on an iPhone. */
  readonly canFill: boolean;
  /** True while this page fills the screen, by itself or because the browser was started so. */
  readonly fills: Live<boolean>;
  /** Needs a touch or key just before. Rejects where the browser forbids it. */
  fill(): Promise<void>;
  unfill(): Promise<void>;
  /** Keeps the screen on until the call of what it gives. */
  keepAwake(): () => void;
  /** Asks the person before the page is left while `isGuarded()`, until the call of what it gives. */
  guardLeaving(isGuarded: () => boolean): () => void;
  /** "Back" leads nowhere and a long touch opens no menu, until the call of what it gives. */
  holdStill(): () => void;
}

/** Opens the kept mode of this slot; what cannot be read is `off`. */
export function openKiosk(texts: TextStore, slot: string): Kiosk {
  const key = `laci.kiosk.${slot}`;
  const kept = texts.getItem(key);
  const mode = createLive<KioskMode>(kept === 'open' || kept === 'kept' ? kept : 'off');
  return {
    mode,
    set: (next) => {
      if (next === 'off') texts.removeItem(key);
      else texts.setItem(key, next);
      mode.set(next);
    },
  };
}

interface Doing {
  readonly mode: KioskMode;
  readonly paying: number;
  /** Lists that somebody typed. */
  readonly lists: number;
  readonly busy: number;
  readonly cartLines: number;
}

/** Is the person asked before the page is left? Always with money on the table or a list typed; in kiosk mode also with anything begun. */
export function isLeavingGuarded({ mode, paying, lists, busy, cartLines }: Doing): boolean {
  return paying + lists > 0 || (mode !== 'off' && (busy > 0 || cartLines > 0));
}

/** Is everything covered until the screen is filled again? */
export function isCovered(mode: KioskMode, { canFill, fills }: { canFill: boolean; fills: boolean }): boolean {
  return mode !== 'off' && canFill && !fills;
}
