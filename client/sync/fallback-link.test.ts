import { expect, test } from 'vitest';
import type { LinkListener, OpenLink } from './connection.ts';
import { createFallbackLink, SOCKET_AGAIN_MS, SOCKETS_MISSED_MAX } from './fallback-link.ts';
import { createManualTimers } from './manual-timers.ts';

type Opened = LinkListener & { closed: boolean };

function createTrial() {
  const timers = createManualTimers();
  const [sockets, polls]: [Opened[], Opened[]] = [[], []];
  const openIn =
    (list: Opened[]): OpenLink =>
    (listener) => {
      const link = { ...listener, closed: false };
      list.push(link);
      return () => {
        link.closed = true;
      };
    };
  const said: string[] = [];
  const listener = {
    hello: () => said.push('hello'),
    lost: () => said.push('lost'),
    strange: () => said.push('strange'),
  };
  const link = createFallbackLink({ timers, openLive: openIn(sockets), openPoll: openIn(polls), log: () => undefined });
  const open = () => link.open(listener);
  /** As many sockets as end without a hello before requests are asked. */
  const missAll = () => {
    for (let miss = 1; miss <= SOCKETS_MISSED_MAX; miss += 1) {
      if (miss > 1) open();
      sockets.at(-1)?.lost();
    }
  };
  return { timers, sockets, polls, said, link, open, missAll };
}

test('[SYNC33] sockets that say hello are all that is asked for, however often they are lost', () => {
  const { open, sockets, polls, said, link } = createTrial();
  for (let turn = 0; turn < 9; turn += 1) {
    open();
    sockets.at(-1)?.hello();
    sockets.at(-1)?.lost();
  }
  expect([polls.length, link.isWithoutSocket(), said.slice(0, 3)]).toEqual([0, false, ['hello', 'lost', 'hello']]);
});

test('[SYNC33] where no socket comes through and requests do, the device is online, and a socket takes over as soon as one does', () => {
  const { open, missAll, timers, sockets, polls, said, link } = createTrial();
  open();
  missAll();
  expect([polls.length, said]).toEqual([1, ['lost', 'lost']]);
  polls[0]?.hello();
  expect([link.isWithoutSocket(), said.at(-1)]).toEqual([true, 'hello']);
  for (const more of [1, 2]) {
    timers.pass(SOCKET_AGAIN_MS);
    expect(sockets).toHaveLength(SOCKETS_MISSED_MAX + more);
    if (more === 1) sockets.at(-1)?.lost();
  }
  expect(said).toEqual(['lost', 'lost', 'hello']);
  sockets.at(-1)?.hello();
  expect([link.isWithoutSocket(), polls.length]).toEqual([false, 1]);
  sockets.at(-1)?.lost();
  expect([said.at(-1), sockets.at(-1)?.closed]).toEqual(['lost', true]);
  timers.pass(SOCKET_AGAIN_MS * 3);
  expect(sockets).toHaveLength(SOCKETS_MISSED_MAX + 2);
});

test('[SYNC33] where requests fail too it is offline, or in trouble, as they say', () => {
  const { open, missAll, polls, said, link } = createTrial();
  open();
  missAll();
  polls.at(-1)?.lost();
  open();
  missAll();
  polls.at(-1)?.strange();
  expect([said.slice(-1), link.isWithoutSocket()]).toEqual([['strange'], false]);
});

test('[SYNC33] a socket that the browser refuses at once is tried again only after its pause, and whoever closes the link hears nothing more', () => {
  const timers = createManualTimers();
  const said: string[] = [];
  let [refused, polls] = [0, 0];
  const link = createFallbackLink({
    timers,
    openLive: ({ strange }) => {
      refused += 1;
      strange();
      return () => undefined;
    },
    openPoll: ({ hello }) => {
      polls += 1;
      hello();
      return () => undefined;
    },
    log: () => undefined,
  });
  const listener = {
    hello: () => said.push('hello'),
    lost: () => said.push('lost'),
    strange: () => said.push('strange'),
  };
  for (let turn = 1; turn < SOCKETS_MISSED_MAX; turn += 1) link.open(listener);
  const close = link.open(listener);
  expect([refused, polls, said]).toEqual([3, 1, ['strange', 'strange', 'hello']]);
  timers.pass(SOCKET_AGAIN_MS * 2);
  expect(refused).toBe(5);
  close();
  timers.pass(SOCKET_AGAIN_MS * 5);
  expect([refused, said.length, link.isWithoutSocket()]).toEqual([5, 3, false]);
});
