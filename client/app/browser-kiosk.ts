import { createLive } from '../device/live.ts';
import { browserKeepAwake } from './browser-wake-lock.ts';
import type { KioskWindow } from './kiosk.ts';

/** Marks the place in the history behind which "back" does not lead. */
const FLOOR = 'laci.floor';

/** This browser window. */
export function createBrowserKiosk(): KioskWindow {
  const asStarted = matchMedia('(display-mode: fullscreen)');
  const doesFill = () => document.fullscreenElement !== null || asStarted.matches;
  const fills = createLive(doesFill());
  const look = () => fills.set(doesFill());
  document.addEventListener('fullscreenchange', look);
  asStarted.addEventListener('change', look);
  return {
    canFill: document.fullscreenEnabled === true,
    fills,
    fill: () => document.documentElement.requestFullscreen({ navigationUI: 'hide' }),
    unfill: async () => {
      if (document.fullscreenElement !== null) await document.exitFullscreen();
    },
    keepAwake: browserKeepAwake,
    guardLeaving,
    holdStill,
  };
}

function guardLeaving(isGuarded: () => boolean): () => void {
  const ask = (event: BeforeUnloadEvent) => {
    if (isGuarded()) event.preventDefault();
  };
  window.addEventListener('beforeunload', ask);
  return () => window.removeEventListener('beforeunload', ask);
}

function holdStill(): () => void {
  const stayOnFloor = (event: PopStateEvent) => {
    if (event.state === FLOOR) history.pushState(null, '');
  };
  if (history.state !== FLOOR) history.replaceState(FLOOR, '');
  history.pushState(null, '');
  window.addEventListener('popstate', stayOnFloor);
  window.addEventListener('contextmenu', closeTouchMenu);
  return () => {
    window.removeEventListener('popstate', stayOnFloor);
    window.removeEventListener('contextmenu', closeTouchMenu);
  };
}

/** A mouse keeps its menu, and so does a field: texts are pasted there. */
function closeTouchMenu(event: MouseEvent): void {
  const byTouch = event instanceof PointerEvent && event.pointerType !== 'mouse';
  const inField = event.target instanceof HTMLElement && event.target.matches('input, textarea');
  if (byTouch && !inField) event.preventDefault();
}
