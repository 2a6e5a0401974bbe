import { expect, test } from 'vitest';
import { CONNECTION_TABLE, createConnection, LINK_HELD_MS, type LinkListener, type LinkState } from './connection.ts';
import { createManualTimers } from './manual-timers.ts';

const states = ['connecting', 'online', 'offline', 'trouble', 'stopped'] as const;
const events = ['start', 'hello', 'lost', 'strange', 'due', 'hurry', 'stop'] as const;

function createTrial() {
  const timers = createManualTimers();
  const links: (LinkListener & { closed: boolean })[] = [];
  const seen: LinkState[] = [];
  const random = { number: () => 0.5, bytes: (count: number) => new Uint8Array(count) };
  const open = (listener: LinkListener) => {
    const link = { ...listener, closed: false };
    links.push(link);
    return () => {
      link.closed = true;
    };
  };
  const connection = createConnection({ timers, random }, open, (state) => seen.push(state));
  return { timers, links, seen, connection };
}

/** The next link is opened after this pause, and not a moment before. */
function expectNextAfter({ links, timers }: Pick<ReturnType<typeof createTrial>, 'links' | 'timers'>, pauseMs: number) {
  const before = links.length;
  timers.pass(pauseMs - 1);
  expect(links).toHaveLength(before);
  timers.pass(1);
  expect(links).toHaveLength(before + 1);
}

test('[SYNC7] every event leads somewhere from every state, and a stop from everywhere to stopped', () => {
  for (const state of states) {
    for (const event of events) expect(states).toContain(CONNECTION_TABLE[state][event]);
    expect(CONNECTION_TABLE[state].stop).toBe('stopped');
  }
});

test('[SYNC5] it comes back by itself, with growing pauses, for ever', () => {
  const trial = createTrial();
  const { connection, links, seen } = trial;
  connection.start();
  for (const pause of [500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000]) {
    links.at(-1)?.lost();
    expectNextAfter(trial, pause);
  }
  links.at(-1)?.hello();
  expect(seen.at(-1)).toBe('online');
});

test('[SYNC31] where each link breaks soon after its hello, pauses grow all the same', () => {
  const trial = createTrial();
  const { connection, links, timers } = trial;
  connection.start();
  for (const pause of [500, 1_000, 2_000, 4_000, 8_000, 15_000]) {
    links.at(-1)?.hello();
    timers.pass(LINK_HELD_MS - 1);
    links.at(-1)?.lost();
    expectNextAfter(trial, pause);
  }
});

test('[SYNC5] [SYNC31] a link that held makes the next pause short again', () => {
  const { connection, links, timers } = createTrial();
  connection.start();
  for (let loss = 0; loss < 4; loss += 1) {
    links.at(-1)?.lost();
    timers.pass(60_000);
  }
  links.at(-1)?.hello();
  timers.pass(LINK_HELD_MS);
  links.at(-1)?.lost();
  timers.pass(500);
  expect(links).toHaveLength(6);
});

test('[SYNC7] what is not the server is trouble, and is tried again', () => {
  const { connection, links, timers, seen } = createTrial();
  connection.start();
  links[0]?.strange();
  expect(seen).toEqual(['connecting', 'trouble']);
  expect(links[0]?.closed).toBe(true);
  timers.pass(500);
  expect(links).toHaveLength(2);
});

test('[SYNC7] a link that is gone is not heard any more', () => {
  const { connection, links, seen } = createTrial();
  connection.start();
  links[0]?.lost();
  connection.hurry();
  links[0]?.hello();
  links[0]?.lost();
  expect(seen).toEqual(['connecting', 'offline', 'connecting']);
  expect(links).toHaveLength(2);
});

test('[SYNC7] after a stop no link is open and no timer waits', () => {
  const { connection, links, timers, seen } = createTrial();
  connection.start();
  links[0]?.hello();
  connection.stop();
  connection.hurry();
  timers.pass(100_000);
  expect([links.length, links[0]?.closed, timers.waiting(), seen.at(-1)]).toEqual([1, true, 0, 'stopped']);
});
