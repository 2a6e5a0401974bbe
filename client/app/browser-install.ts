import { createLive } from '../device/live.ts';
import { isIos } from './abilities.ts';
import type { Install, InstallState } from './install.ts';

/** Chromium's own event; no standard describes it. */
interface InstallEvent extends Event {
  prompt(): Promise<unknown>;
}

/** Listens from the first moment: the browser says only once that it could ask. */
export function createBrowserInstall(): Install {
  let kept: InstallEvent | null = null;
  const state = createLive<InstallState>(isInstalled() ? 'done' : isIos(navigator) ? 'by-hand' : 'no');
  window.addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    kept = event as InstallEvent;
    state.set('ask');
  });
  window.addEventListener('appinstalled', () => state.set('done'));
  return {
    state,
    ask: async () => {
      const event = kept;
      kept = null;
      state.set('no');
      await event?.prompt();
    },
  };
}

/** True in an app that was started by its icon. Safari on iOS tells it in a way of its own. */
export function isInstalled(): boolean {
  const asApp = ['standalone', 'minimal-ui', 'fullscreen'].some(
    (mode) => matchMedia(`(display-mode: ${mode})`).matches,
  );
  return ('standalone' in navigator && navigator.standalone === true) || (asApp && document.fullscreenElement === null);
}
