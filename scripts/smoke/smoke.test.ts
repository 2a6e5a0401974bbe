import { describe, expect, it } from 'vitest';
import type { SmokeBrowser } from './browser.ts';
import { clickOn, waitUntil } from './browser.ts';
import { enginesAsked } from './engines-asked.ts';
import { findProgram, NotInstalled } from './find-program.ts';

/** A browser whose page comes to be as wanted after so many looks, and what was done in it. */
function fakeBrowser(looksUntilThere: number) {
  const done: string[] = [];
  let looks = 0;
  const act =
    (what: string) =>
    async (which = '') =>
      void done.push(`${what} ${which}`.trim());
  const browser: SmokeBrowser = {
    engine: 'fake',
    open: act('open'),
    reload: act('reload'),
    evaluate: async <Value>() => {
      looks += 1;
      if (looks < looksUntilThere) throw new Error('the page is being loaded');
      return true as Value;
    },
    click: act('click'),
    type: act('type'),
    close: act('close'),
  };
  return { browser, done };
}

describe('smoke', () => {
  it('[SMOKE2] takes all engines, or those that were named; another one is told in a sentence', () => {
    expect(enginesAsked([])).toEqual(['webkit', 'firefox']);
    expect(enginesAsked(['firefox'])).toEqual(['firefox']);
    expect(() => enginesAsked(['trident'])).toThrow('There is no engine trident; there are webkit and firefox.');
  });

  it('[SMOKE2] an engine that is not installed is told with the package that brings it', () => {
    const find = (there: string) => findProgram('Xvfb', ['/a/Xvfb', '/b/Xvfb'], 'xvfb', (place) => place === there);
    expect(find('/b/Xvfb')).toBe('/b/Xvfb');
    expect(() => find('')).toThrow(NotInstalled);
    expect(() => find('')).toThrow('apt-get install xvfb');
  });

  it('[SMOKE2] clicks only when what is clicked is there, over a page that is being loaded', async () => {
    const { browser, done } = fakeBrowser(3);
    await clickOn(browser, '.pay');
    expect(done).toEqual(['click .pay']);
    await expect(waitUntil(browser, 'it is there', 'true')).resolves.toBeUndefined();
  });
});
