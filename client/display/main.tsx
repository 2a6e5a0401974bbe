import '../ui/fonts.css';
import '../ui/tokens.css';
import { createRoot } from 'react-dom/client';
import { must } from '../../schema/result.ts';
import { browserKeepAwake } from '../app/browser-wake-lock.ts';
import { firstLanguage } from '../i18n/language.ts';
import { openBrowserChannel } from './browser-channel.ts';
import { openDisplayView } from './display-channel.ts';
import { DisplayScreen } from './display-screen.tsx';

/** The customer display: a window of its own, without the app, its database or its network. Its device is named behind `#`. */
const slot = decodeURIComponent(location.hash.slice(1)) || 'default';
const state = openDisplayView(openBrowserChannel(slot));
browserKeepAwake();
createRoot(must(document.getElementById('root'), '#root')).render(
  <DisplayScreen state={state} language={firstLanguage(null, navigator.languages)} />,
);
