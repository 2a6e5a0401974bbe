import { describe, expect, it } from 'vitest';
import { words as en } from '../i18n/en/words.ts';
import { ABILITIES, type BrowserReport, beforeEnrolling, type FoundAbilities, isIos, missing } from './abilities.ts';

const ALL = Object.fromEntries(ABILITIES.map((ability) => [ability, true])) as unknown as FoundAbilities;
const report = (more: Partial<FoundAbilities>, where: Partial<BrowserReport> = {}): BrowserReport => ({
  found: { ...ALL, ...more },
  ios: false,
  installed: false,
  ...where,
});

const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Mobile Safari/604.1';
const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.5 Safari/605.1.15';

describe('what a browser can do', () => {
  it('[ABLE1] without storage, locks, keys or a secure address nothing is enrolled', () => {
    for (const ability of ['secure', 'indexedDb', 'locks', 'keys'] as const)
      expect(beforeEnrolling(report({ [ability]: false }))).toBe('blocked');
    expect(missing(report({ locks: false, camera: false }), 'needed')).toEqual(['locks']);
  });

  it('[ABLE2] what is only less stands in nobody’s way, and is told', () => {
    const poor = report({ serviceWorker: false, persistence: false, camera: false, usb: false, serial: false });
    expect(beforeEnrolling(poor)).toBeNull();
    expect(missing(poor, 'wanted')).toEqual(['serviceWorker', 'persistence']);
    expect(missing(poor, 'comfort')).toEqual(['camera', 'usb', 'serial']);
  });

  it('[ABLE2] each ability has a name, and says what is without it and what to do', () => {
    expect(Object.keys(en.abilities.name)).toEqual([...ABILITIES]);
    expect(Object.keys(en.abilities.without)).toEqual([...ABILITIES]);
  });

  it('[ABLE3] a tab of an iPhone or iPad is sent to the Home Screen first; an installed app is not', () => {
    expect(beforeEnrolling(report({}, { ios: true }))).toBe('home-screen');
    expect(beforeEnrolling(report({}, { ios: true, installed: true }))).toBeNull();
    expect(beforeEnrolling(report({ indexedDb: false }, { ios: true }))).toBe('blocked');
  });

  it('[ABLE3] an iPad is known though it calls itself a Macintosh', () => {
    expect(isIos({ userAgent: IPHONE, maxTouchPoints: 5 })).toBe(true);
    expect(isIos({ userAgent: MAC, maxTouchPoints: 5 })).toBe(true);
    expect(isIos({ userAgent: MAC, maxTouchPoints: 0 })).toBe(false);
  });
});
