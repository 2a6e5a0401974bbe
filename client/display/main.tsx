import '../ui/fonts.css';
import '../ui/tokens.css';
import { createRoot } from 'react-dom/client';
import { must } from '../../schema/result.ts';
import { browserKeepAwake } from '../app/browser-wake-lock.ts';
import { createLive } from '../device/live.ts';
import { firstLanguage } from '../i18n/language.ts';
import { openBrowserChannel } from './browser-channel.ts';
import { openDisplayView } from './display-channel.ts';
import { DisplayScreen } from './display-screen.tsx';

/** How often the clock of an idle display is set, in milliseconds. */
const CLOCK_EVERY_MS = 5_000;

/** The customer display: a window of its own, without the app, its database or its network. Its device is named behind `#`. */
const slot = decodeURIComponent(location.hash.slice(1)) || 'default';
const every = (ms: number, act: () => void) => void setInterval(act, ms);
const state = openDisplayView(openBrowserChannel(slot), every);
const now = createLive(Date.now());
every(CLOCK_EVERY_MS, () => now.set(Date.now()));
browserKeepAwake();
createRoot(must(document.getElementById('root'), '#root')).render(
  <DisplayScreen state={state} now={now} language={firstLanguage(null, navigator.languages)} />,
);
