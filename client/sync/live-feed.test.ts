import { expect, test } from 'vitest';
import type { LiveServerMessage } from '../../schema/protocol/live.ts';
import { createLive } from '../device/live.ts';
import { createLiveFeed } from './live-feed.ts';
import { createServerClock } from './server-clock.ts';
import { createSyncBoard } from './sync-board.ts';

function createTrial(takes = true) {
  const did: string[] = [];
  let place: () => object | null = () => null;
  const board = createSyncBoard(() => 1_000);
  const rounds = {
    live: ({ to }: { to: { seq: number } }) => {
      did.push(`live ${to.seq}`);
      return takes;
    },
    markBehind: () => did.push('behind'),
    follow: (told: () => object | null) => {
      place = told;
    },
  };
  const hear = createLiveFeed({
    board,
    serverClock: createServerClock(() => 1_000),
    presence: createLive<readonly never[]>([]),
    rounds: rounds as never,
    onHello: () => did.push('hello'),
    askPull: () => did.push('pull'),
  });
  return { did, hear, board, place: () => place() };
}

const hello = (positions: Record<string, number>) =>
  ({
    type: 'hello',
    epoch: { n: 1, id: '1'.repeat(16) },
    serverTime: 5,
    head: { seq: 0, hash: '' },
    positions,
    live: [],
  }) as unknown as LiveServerMessage;
const changes = (scope: string, from: number, to: number) =>
  ({ type: 'changes', scope, from, to: { seq: to, tag: '', mac: '' }, changes: [] }) as unknown as LiveServerMessage;

test('[LIVE2] messages that follow each other are taken, scope by scope', () => {
  const { did, hear, board } = createTrial();
  hear(hello({ '*': 3, utama: 7 }));
  for (const message of [changes('utama', 7, 9), changes('*', 3, 4), changes('utama', 9, 10)]) hear(message);
  expect(did).toEqual(['behind', 'hello', 'live 9', 'live 4', 'live 10']);
  expect(board.status.get().lastSyncAt).toBe(1_000);
});

test('[SYNC28] who pulls is told where the socket stands, from its hello on and with each message', () => {
  const { hear, place } = createTrial();
  hear(hello({ '*': 3, utama: 7 }));
  hear(changes('utama', 7, 9));
  expect(place()).toMatchObject({ epoch: { n: 1 }, positions: { '*': 3, utama: 9 } });
});

test('[LIVE2] a gap, a repeated or an unknown scope’s message is not taken: a pull brings it, and then it goes on', () => {
  const { did, hear } = createTrial();
  hear(hello({ utama: 7 }));
  hear(changes('utama', 8, 9));
  hear(changes('utama', 9, 10));
  hear(changes('utama', 9, 10));
  hear(changes('other', 1, 2));
  expect(did).toEqual(['behind', 'hello', 'behind', 'pull', 'live 10', 'behind', 'pull', 'behind', 'pull']);
});

test('[LIVE2] a change that needs documents not held here, and a resync, are pulled', () => {
  const { did, hear } = createTrial(false);
  hear(hello({ utama: 7 }));
  hear(changes('utama', 7, 8));
  hear({ type: 'resync' });
  expect(did).toEqual(['behind', 'hello', 'live 8', 'behind', 'pull', 'behind', 'pull']);
});

test('[LIVE17] [LIVE2] a message that begins and ends where the socket stands follows, and the next one follows it', () => {
  const { did, hear } = createTrial();
  hear(hello({ utama: 7 }));
  for (const message of [changes('utama', 7, 9), changes('utama', 9, 9), changes('utama', 9, 11)]) hear(message);
  expect(did).toEqual(['behind', 'hello', 'live 9', 'live 9', 'live 11']);
});
