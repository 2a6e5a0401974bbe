import { describe, expect, it } from 'vitest';
import { isCovered, isLeavingGuarded, openKiosk } from './kiosk.ts';

function memoryTexts() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => void kept.set(key, text),
    removeItem: (key: string) => void kept.delete(key),
  };
}

describe('kiosk mode', () => {
  it('[KIOSK1] outlives a reload, for each device of the browser apart', () => {
    const texts = memoryTexts();
    expect(openKiosk(texts, 'K1').mode.get()).toBe('off');
    openKiosk(texts, 'K1').set('kept');
    expect(openKiosk(texts, 'K1').mode.get()).toBe('kept');
    expect(openKiosk(texts, 'K2').mode.get()).toBe('off');
    openKiosk(texts, 'K1').set('off');
    expect(openKiosk(texts, 'K1').mode.get()).toBe('off');
    texts.setItem('laci.kiosk.K1', 'nonsense');
    expect(openKiosk(texts, 'K1').mode.get()).toBe('off');
  });

  it('[KIOSK2] the page asks before it is left with money on the table or a list typed, in kiosk mode with anything begun', () => {
    const nothing = { mode: 'off', paying: 0, lists: 0, busy: 0, cartLines: 0 } as const;
    expect(isLeavingGuarded({ ...nothing, paying: 1, busy: 1 })).toBe(true);
    expect(isLeavingGuarded({ ...nothing, lists: 1, busy: 1 })).toBe(true);
    expect(isLeavingGuarded({ ...nothing, cartLines: 3, busy: 1 })).toBe(false);
    expect(isLeavingGuarded({ ...nothing, mode: 'open', cartLines: 1 })).toBe(true);
    expect(isLeavingGuarded({ ...nothing, mode: 'kept', busy: 1 })).toBe(true);
    expect(isLeavingGuarded({ ...nothing, mode: 'kept' })).toBe(false);
  });

  it('[KIOSK3] everything is covered while the screen is not filled, where it can be', () => {
    expect(isCovered('open', { canFill: true, fills: false })).toBe(true);
    expect(isCovered('open', { canFill: true, fills: true })).toBe(false);
    expect(isCovered('kept', { canFill: false, fills: false })).toBe(false);
    expect(isCovered('off', { canFill: true, fills: false })).toBe(false);
  });
});
