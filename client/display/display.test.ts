import { describe, expect, it } from 'vitest';
import type { Money } from '../../schema/money.ts';
import { createDisplaySource, type DisplayChannel, openDisplayView, UNANSWERED_MAX } from './display-channel.ts';
import { type DisplayShow, type DisplayState, readMessage } from './display-state.ts';

const STATE: DisplayState = {
  language: 'id',
  scheme: 'auto',
  shop: { name: 'Toko Laci', branch: 'Utama' },
  currency: { code: 'IDR', digits: 0 },
  show: { at: 'idle' },
};
const THANKS: DisplayShow = { at: 'thanks', total: 12_500 as Money, change: 7_500 as Money };

/** Windows of one browser: what one posts all others hear, as the browser would copy it, until they are closed. */
function windows() {
  const hearing: { readonly owner: DisplayChannel; readonly hear: (data: unknown) => void }[] = [];
  const posted: unknown[] = [];
  const open = (): DisplayChannel => {
    const owner: DisplayChannel = {
      post: (message) => {
        posted.push(message);
        for (const one of [...hearing]) if (one.owner !== owner) one.hear(structuredClone(message));
      },
      onMessage: (hear) => void hearing.push({ owner, hear }),
    };
    return owner;
  };
  const close = (owner: DisplayChannel) => {
    for (const one of hearing.filter((each) => each.owner === owner)) hearing.splice(hearing.indexOf(one), 1);
  };
  const beats: (() => void)[] = [];
  const view = () => openDisplayView(open(), (_ms, act) => void beats.push(act));
  /** What a display does every few seconds, so many times. */
  const beat = (times: number) => {
    for (let time = 0; time < times; time += 1) for (const act of beats) act();
  };
  return { open, close, posted, view, beat };
}

describe('the customer display', () => {
  it('[DSP1] shows what the till says, each time', () => {
    const { open, view: openView } = windows();
    const view = openView();
    const source = createDisplaySource(open());
    expect(view.get()).toBeNull();
    source.show(STATE);
    source.show({ ...STATE, show: THANKS });
    expect(view.get()).toEqual({ ...STATE, show: THANKS });
  });

  it('[DSP2] comes back after its own reload and after the till’s', () => {
    const { open, view } = windows();
    createDisplaySource(open()).show({ ...STATE, show: THANKS });
    const again = view();
    expect(again.get()?.show).toEqual(THANKS);
    createDisplaySource(open()).show(STATE);
    expect(again.get()?.show).toEqual({ at: 'idle' });
  });

  it('[DSP3] says nothing but that it is there', () => {
    const { posted, view, beat } = windows();
    view();
    beat(UNANSWERED_MAX);
    expect(new Set(posted.map((message) => JSON.stringify(message)))).toEqual(new Set(['{"type":"hello"}']));
  });

  it('[DSP5] greets again once its till is gone, and not before', () => {
    const { open, close, view: openView, beat } = windows();
    const [till, view] = [open(), openView()];
    createDisplaySource(till).show({ ...STATE, show: THANKS });
    beat(2 * UNANSWERED_MAX);
    expect(view.get()?.show).toEqual(THANKS);
    close(till);
    beat(UNANSWERED_MAX - 1);
    expect(view.get()?.show).toEqual(THANKS);
    beat(2);
    expect(view.get()).toEqual(STATE);
    createDisplaySource(open()).show({ ...STATE, show: THANKS });
    expect(view.get()?.show).toEqual(THANKS);
  });

  it('[DSP5] a window that another took the till from answers no more', () => {
    const { open, view: openView, beat } = windows();
    const [former, view] = [createDisplaySource(open()), openView()];
    former.show({ ...STATE, show: THANKS });
    former.fallSilent();
    beat(UNANSWERED_MAX + 1);
    expect(view.get()?.show).toEqual({ at: 'idle' });
  });

  it('[DSP1] ignores what is no message, and never shows what it was not meant to', () => {
    for (const data of [null, 'show', { type: 'show' }, { type: 'show', state: { ...STATE, language: 'xx' } }])
      expect(readMessage(data)).toBeNull();
    const withPerson = { type: 'show', state: { ...STATE, person: 'Sari' } };
    expect(readMessage(withPerson)).toEqual({ type: 'show', state: STATE });
  });
});
