/// <reference types="vite-plugin-pwa/client" />
import './ui/fonts.css';
import './ui/mantine-styles.ts';
import './ui/mantine-touches.css';
import './ui/tokens.css';
import { registerSW } from 'virtual:pwa-register';
import { createRoot } from 'react-dom/client';
import { base32FromBytes } from '../schema/ids.ts';
import { must } from '../schema/result.ts';
import type { BrowserReport } from './app/abilities.ts';
import { App } from './app/app.tsx';
import { createBrowserCamera } from './app/browser-camera.ts';
import { createBrowserDoor } from './app/browser-door.ts';
import { createBrowserInstall } from './app/browser-install.ts';
import { createBrowserKiosk } from './app/browser-kiosk.ts';
import { createBrowserPage, createBrowserTexts } from './app/browser-page.ts';
import type { AppDeps, Clock } from './app/deps.ts';
import { openDisplayLanguage } from './app/display-language.ts';
import { openState } from './app/gate.tsx';
import { openKiosk } from './app/kiosk.ts';
import { slotOf } from './app/slot-of.ts';
import { type UpdateSource, watchUpdates } from './app/watch-updates.ts';
import { createLive } from './device/live.ts';
import { openBrowserChannel } from './display/browser-channel.ts';
import { createDisplaySource } from './display/display-channel.ts';
import { createWords } from './i18n/create-words.ts';
import { firstLanguage, LANGUAGE_KEY } from './i18n/language.ts';

/** How often an app that stays open for days asks for a newer version. */
const UPDATE_CHECK_EVERY_MS = 60 * 60 * 1000;
/** Before a page whose parts did not all come is loaded anew, in milliseconds. */
const LOAD_AGAIN_MS = 3_000;
/** Characters of a new id: 100 random bits. */
const ID_LENGTH = 20;

const clock: Clock = {
  now: () => Date.now(),
  every: (ms, act) => {
    const timer = setInterval(act, ms);
    return () => clearInterval(timer);
  },
};

/** The service worker that keeps the app for offline use. A newer version waits until a person takes it. */
function createUpdateSource(): UpdateSource {
  let tell = () => {};
  const accept = registerSW({
    onNeedRefresh: () => tell(),
    // Loading anew is decided by `watchUpdates` alone.
    onNeedReload: () => undefined,
    onRegisteredSW: (_address, registration) => {
      if (registration) clock.every(UPDATE_CHECK_EVERY_MS, () => void registration.update());
    },
  });
  return {
    onWaiting: (act) => {
      tell = act;
    },
    accept: () => void accept(true),
    onTaken: (act) => navigator.serviceWorker.addEventListener('controllerchange', act),
  };
}

async function start(): Promise<void> {
  const slot = slotOf(location.search);
  const page = createBrowserPage();
  const texts = createBrowserTexts();
  const door = createBrowserDoor(slot);
  // Begun before anything is drawn, which keeps the page busy while the disk answers.
  const opening = page.secure ? openState(door.open) : null;
  const deps: AppDeps = {
    slot,
    door,
    clock,
    texts,
    page,
    camera: createBrowserCamera(),
    probeAbilities,
    install: createBrowserInstall(),
    kiosk: openKiosk(texts, slot),
    kioskWindow: createBrowserKiosk(),
    display: createDisplaySource(openBrowserChannel(slot)),
    displayLanguage: openDisplayLanguage(texts),
    newId: () => base32FromBytes(crypto.getRandomValues(new Uint8Array(ID_LENGTH))),
    update: page.secure ? watchUpdates(createUpdateSource(), page.reload) : createLive(null),
  };
  const words = await createWords(firstLanguage(texts.getItem(LANGUAGE_KEY), page.languages));
  createRoot(must(document.getElementById('root'), '#root')).render(<App deps={deps} words={words} first={opening} />);
}

/** Asked at the door and in the settings, by no start of a device: the program comes then. */
async function probeAbilities(): Promise<BrowserReport> {
  const program = import('./app/browser-abilities.ts');
  program.catch(loadAgain);
  return (await program).createBrowserProbe((ms, act) => setTimeout(act, ms))();
}

/** A part of the app did not come, on a first visit over a bad line: it is loaded anew, like the page itself would be. */
function loadAgain(): void {
  if (navigator.onLine) setTimeout(() => location.reload(), LOAD_AGAIN_MS);
  else addEventListener('online', () => location.reload(), { once: true });
}

start().catch((error: unknown) => {
  console.error(error);
  loadAgain();
});
