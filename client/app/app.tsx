import { MantineProvider } from '@mantine/core';
import type { i18n } from 'i18next';
import { Suspense, useEffect } from 'react';
import { I18nextProvider, useTranslation } from 'react-i18next';
import { Router } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { cssVariables, theme } from '../ui/theme.ts';
import { DepsContext } from './contexts.ts';
import type { AppDeps } from './deps.ts';
import { Gate, type GateState } from './gate.tsx';
import { Messages } from './messages.tsx';
import { ScreenBoundary } from './screen-boundary.tsx';
import { spokenLazy } from './spoken-lazy.ts';

/** Where nothing can start, its explanation is all that is fetched. */
const InsecureNotice = spokenLazy(async () => ({ default: (await import('./insecure-notice.tsx')).InsecureNotice }));

/** The whole app. `words` speaks the language chosen before it starts; `first` is the opening of the device, null where nothing may be opened. */
export function App({ deps, words, first }: { deps: AppDeps; words: i18n; first: Promise<GateState> | null }) {
  return (
    <I18nextProvider i18n={words}>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
        <DepsContext value={deps}>
          <PageLanguage />
          <ScreenBoundary name="app">
            <Router hook={useHashLocation}>
              <Messages>
                <Suspense>{first ? <Gate first={first} /> : <InsecureNotice />}</Suspense>
              </Messages>
            </Router>
          </ScreenBoundary>
        </DepsContext>
      </MantineProvider>
    </I18nextProvider>
  );
}

/** Screen readers take their voice from the page's language. */
function PageLanguage() {
  const { i18n: words } = useTranslation();
  useEffect(() => {
    document.documentElement.lang = words.language;
  }, [words.language]);
  return null;
}
