import { expect, test } from 'vitest';
import { branchIdShape, branchScope } from '../../schema/ids.ts';
import { LIVE_SILENCE_MS_MAX } from '../../schema/limits.ts';
import type { StoredDevice } from '../store/store.ts';
import { changesMessage } from './changes-message.ts';
import { SOCKET_CHECK_MS } from './limits.ts';
import { createLiveSocket } from './live-socket.ts';

const SCOPE = branchScope(branchIdShape.parse('utama'));

test('[LIVE11] what is not packed is encoded once, and the very same bytes go to every socket of a version', () => {
  const sent: { readonly data: unknown; readonly options: unknown }[] = [];
  const socket = { bufferedAmount: 0, send: (data: unknown, options: unknown) => sent.push({ data, options }) };
  const open = (protocol: number) => createLiveSocket(socket as never, {} as StoredDevice, () => 0, protocol);
  const message = changesMessage(SCOPE, 0, { seq: 1, tag: 'tag', mac: 'mac' } as never, []);
  for (const protocol of [4, 4, 4]) open(protocol).sendShared(message, false);
  expect(new Set(sent.map(({ data }) => data)).size).toBe(1);
  expect(String(sent[0]?.data)).toBe(message.text);
  expect(sent[0]?.options).toEqual({ binary: false, compress: false });
});

/** Looks at a socket as often as the hub does in so many milliseconds, whatever the clock says. Gives what was said and whether it was ended. */
function lookFor(ms: number, clock: () => number, eachLook: (live: ReturnType<typeof createLiveSocket>) => void) {
  const did = { said: 0, ended: false };
  const terminate = () => {
    did.ended = true;
  };
  const send = () => {
    did.said += 1;
  };
  const live = createLiveSocket({ bufferedAmount: 0, send, terminate } as never, {} as StoredDevice, clock);
  for (let passed = 0; passed < ms && !did.ended; passed += SOCKET_CHECK_MS) {
    eachLook(live);
    live.look();
  }
  return did;
}
const YEAR_MS = 365 * 24 * 60 * 60 * 1000;
const clocks: [string, () => () => number][] = [
  ['stands still', () => () => 0],
  ['runs back', () => createClock(-YEAR_MS)],
  ['jumps ahead', () => createClock(YEAR_MS)],
];
function createClock(stepMs: number): () => number {
  let now = 0;
  return () => {
    now += stepMs;
    return now;
  };
}

test.each(clocks)(
  '[LIVE4] [F7] where the clock %s, a silent socket is ended, and one that says something is not',
  (_how, clock) => {
    expect(lookFor(2 * LIVE_SILENCE_MS_MAX, clock(), () => undefined)).toEqual({ said: 3, ended: true });
    const spoken = lookFor(2 * LIVE_SILENCE_MS_MAX, clock(), (live) => live.heard());
    expect(spoken).toEqual({ said: 6, ended: false });
  },
);
