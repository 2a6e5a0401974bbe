import { describe, expect, it } from 'vitest';
import type { Money } from '../../schema/money.ts';
import { createDisplaySource, type DisplayChannel, openDisplayView } from './display-channel.ts';
import { type DisplayShow, type DisplayState, readMessage } from './display-state.ts';

const STATE: DisplayState = {
  language: 'id',
  scheme: 'auto',
  shop: { name: 'Toko Laci', branch: 'Utama' },
  currency: { code: 'IDR', digits: 0 },
  show: { at: 'idle' },
};
const THANKS: DisplayShow = { at: 'thanks', total: 12_500 as Money, change: 7_500 as Money };

/** Windows of one browser: what one posts all others hear, as the browser would copy it. */
function windows() {
  const hearing: { readonly owner: object; readonly hear: (data: unknown) => void }[] = [];
  const posted: unknown[] = [];
  const open = (): DisplayChannel => {
    const owner = {};
    return {
      post: (message) => {
        posted.push(message);
        for (const one of hearing) if (one.owner !== owner) one.hear(structuredClone(message));
      },
      onMessage: (hear) => void hearing.push({ owner, hear }),
    };
  };
  return { open, posted };
}

describe('the customer display', () => {
  it('[DSP1] shows what the till says, each time', () => {
    const { open } = windows();
    const view = openDisplayView(open());
    const source = createDisplaySource(open());
    expect(view.get()).toBeNull();
    source.show(STATE);
    source.show({ ...STATE, show: THANKS });
    expect(view.get()).toEqual({ ...STATE, show: THANKS });
  });

  it('[DSP2] comes back after its own reload and after the till’s', () => {
    const { open } = windows();
    createDisplaySource(open()).show({ ...STATE, show: THANKS });
    const again = openDisplayView(open());
    expect(again.get()?.show).toEqual(THANKS);
    createDisplaySource(open()).show(STATE);
    expect(again.get()?.show).toEqual({ at: 'idle' });
  });

  it('[DSP3] says nothing but that it is there', () => {
    const { open, posted } = windows();
    openDisplayView(open());
    expect(posted).toEqual([{ type: 'hello' }]);
  });

  it('[DSP1] ignores what is no message, and never shows what it was not meant to', () => {
    for (const data of [null, 'show', { type: 'show' }, { type: 'show', state: { ...STATE, language: 'xx' } }])
      expect(readMessage(data)).toBeNull();
    const withPerson = { type: 'show', state: { ...STATE, person: 'Sari' } };
    expect(readMessage(withPerson)).toEqual({ type: 'show', state: STATE });
  });
});
