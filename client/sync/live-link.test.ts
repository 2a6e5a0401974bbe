import { afterEach, expect, test } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { LIVE_HEARTBEAT_MS, LIVE_MESSAGE_BYTES_MAX, LIVE_SILENCE_MS_MAX } from '../../schema/limits.ts';
import type { LiveServerMessage } from '../../schema/protocol/live.ts';
import { createNodeDeps } from '../device/node-device.ts';
import { openLiveLink } from './live-link.ts';
import { createLivePush } from './live-push.ts';
import { createManualTimers } from './manual-timers.ts';

const HELLO: LiveServerMessage = {
  type: 'hello',
  epoch: { n: 1, id: '1'.repeat(16) },
  serverTime: 1,
  head: { seq: 0, hash: '0'.repeat(64) as never },
  positions: {},
  live: [],
};

/** How long the answer to a push is waited for, in milliseconds. */
const PUSH_MS = 5_000;
const PUSH = { entries: [{}] };
const PUSHED = { epoch: HELLO.epoch, head: HELLO.head, verdicts: [] };

let server: WebSocketServer | null = null;
let closeLink: () => void = () => undefined;
afterEach(() => {
  closeLink();
  for (const client of server?.clients ?? []) client.terminate();
  server?.close();
});

/** A real socket to a real server, and time that passes when the test says so. */
async function openTrial(greet: (socket: WebSocket) => void) {
  const own = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  server = own;
  const heardByServer: unknown[] = [];
  own.on('connection', (socket) => {
    socket.on('message', (data) => heardByServer.push(JSON.parse(String(data))));
    greet(socket);
  });
  await new Promise<void>((resolve) => own.once('listening', () => resolve()));
  const url = `ws://127.0.0.1:${(own.address() as { port: number }).port}`;
  const timers = createManualTimers();
  const said: string[] = [];
  const { openSocket } = createNodeDeps('x', '');
  const livePush = createLivePush(timers, () => PUSH_MS);
  closeLink = openLiveLink(
    {
      openSocket,
      timers,
      url,
      credential: 'secret',
      timeoutMs: 5_000,
      checkpoints: () => ({}),
      onRefused: (code) => said.push(`refused ${code}`),
      waiting: () => 3,
      livePush,
      onMessage: ({ type }) => said.push(`message ${type}`),
      onTrouble: () => said.push('trouble'),
    },
    { hello: () => said.push('hello'), lost: () => said.push('lost'), strange: () => said.push('strange') },
  );
  const until = (what: string) => expect.poll(() => said, { timeout: 10_000 }).toContain(what);
  return { said, timers, livePush, heardByServer, until, clients: () => own.clients };
}

const greet = (socket: WebSocket) => socket.send(JSON.stringify(HELLO));

test('[LIVE1] the first word authenticates, and the message is heard before its hello', async () => {
  const { said, heardByServer, until } = await openTrial(greet);
  await until('hello');
  expect(said).toEqual(['message hello', 'hello']);
  await expect
    .poll(() => heardByServer[0], { timeout: 10_000 })
    .toEqual({ type: 'auth', protocol: 5, credential: 'secret', checkpoints: {} });
});

test('[LIVE4] it says something every 15 s, with the number of rows that wait', async () => {
  const { timers, heardByServer, until } = await openTrial(greet);
  await until('hello');
  timers.pass(LIVE_HEARTBEAT_MS);
  timers.pass(LIVE_HEARTBEAT_MS);
  await expect
    .poll(() => heardByServer.slice(1))
    .toEqual([
      { type: 'ping', waiting: 3 },
      { type: 'ping', waiting: 3 },
    ]);
});

test('[LIVE4] a half-open socket is lost after 45 s of silence, and any word counts', async () => {
  const { said, timers, until, clients } = await openTrial(greet);
  await until('hello');
  timers.pass(LIVE_SILENCE_MS_MAX - 1);
  for (const client of clients()) client.send(JSON.stringify({ type: 'pong', serverTime: 2 }));
  await until('message pong');
  timers.pass(LIVE_SILENCE_MS_MAX - 1);
  expect(said).not.toContain('lost');
  timers.pass(1);
  expect(said.filter((what) => what === 'lost')).toEqual(['lost']);
  expect(timers.waiting()).toBe(0);
});

test('[SYNC8] a socket that never says hello is given up', async () => {
  const { said, timers, heardByServer } = await openTrial(() => undefined);
  await expect.poll(() => heardByServer.length, { timeout: 10_000 }).toBe(1);
  timers.pass(5_000);
  expect(said).toEqual(['lost']);
});

test('[SYNC4] what is no message of ours, or the server’s error, ends the socket as strange', async () => {
  for (const text of ['<html>', '{}', '{"type":"hello"}', JSON.stringify({ type: 'error', code: 'not-enrolled' })]) {
    const { said, until, timers } = await openTrial((socket) => socket.send(text));
    await until('strange');
    const refused = text.includes('not-enrolled') ? ['refused not-enrolled'] : [];
    expect(said).toEqual([...refused, 'trouble', 'strange']);
    expect(timers.waiting()).toBe(0);
    server?.close();
  }
});

test('[SYNC7] a closed link is silent, and a closed server is lost once', async () => {
  const gone = await openTrial((socket) => {
    greet(socket);
    socket.close();
  });
  await gone.until('lost');
  expect(gone.said.filter((what) => what === 'lost')).toHaveLength(1);
  const trial = await openTrial(greet);
  await trial.until('hello');
  closeLink();
  for (const client of trial.clients()) client.close();
  await expect.poll(() => trial.clients().size, { timeout: 10_000 }).toBe(0);
  expect([trial.said, trial.timers.waiting()]).toEqual([['message hello', 'hello'], 0]);
});

/** Answers each push with what `answer` makes of its number; nothing where that is null. */
const answering = (answer: (ask: number) => LiveServerMessage | null) => (socket: WebSocket) => {
  greet(socket);
  socket.on('message', (data) => {
    const message = JSON.parse(String(data));
    const said = message.type === 'push' ? answer(message.ask) : null;
    if (said) socket.send(JSON.stringify(said));
  });
};

test('[LIVE14] a push over the socket gets the answer with its own number, or the refusal, and the next may go', async () => {
  const { livePush, said, until } = await openTrial(
    answering((ask) =>
      ask === 1
        ? { type: 'pushed', ask, answer: PUSHED }
        : { type: 'push-refused', ask, code: 'too-many', retryAfterMs: 7 },
    ),
  );
  expect(livePush.post(PUSH)).toBeNull();
  await until('hello');
  const first = livePush.post(PUSH);
  expect(livePush.post(PUSH)).toBeNull();
  expect(await first).toEqual({ ok: true, value: PUSHED });
  expect(await livePush.post(PUSH)).toMatchObject({ ok: false, error: { kind: 'refused', retryAfterMs: 7 } });
  expect(said).toEqual(['message hello', 'hello']);
});

test('[LIVE14] what gets no answer in time was not sent, and the next goes as a request', async () => {
  const { livePush, timers, until } = await openTrial(
    answering((ask) => ({ type: 'pushed', ask: ask + 1, answer: PUSHED })),
  );
  await until('hello');
  const answer = livePush.post(PUSH);
  timers.pass(PUSH_MS);
  expect(await answer).toMatchObject({ ok: false, error: { kind: 'offline' } });
  expect(livePush.post(PUSH)).toBeNull();
});

test('[LIVE14] an answer with another number is none to this push', async () => {
  const timers = createManualTimers();
  const livePush = createLivePush(timers, () => PUSH_MS);
  livePush.begin(() => undefined);
  const answer = livePush.post(PUSH);
  livePush.hear({ type: 'pushed', ask: 2, answer: PUSHED });
  timers.pass(PUSH_MS);
  expect(await answer).toMatchObject({ ok: false, error: { kind: 'offline' } });
});

test('[LIVE14] a socket that is lost while a push is under way tells that nothing was heard', async () => {
  const trial = await openTrial(answering(() => null));
  await trial.until('hello');
  const answer = trial.livePush.post(PUSH);
  await expect.poll(() => trial.heardByServer.length, { timeout: 10_000 }).toBe(2);
  for (const client of trial.clients()) client.terminate();
  expect(await answer).toMatchObject({ ok: false, error: { kind: 'offline' } });
  expect(trial.livePush.post(PUSH)).toBeNull();
});

test('[LIVE14] a batch, and what is larger than a message may be, never go over the socket', async () => {
  const { livePush, until } = await openTrial(answering(() => null));
  await until('hello');
  expect(livePush.post({ entries: Array(5).fill({}) })).toBeNull();
  expect(livePush.post({ entries: ['é'.repeat(LIVE_MESSAGE_BYTES_MAX / 2)] })).toBeNull();
});

test('[LIVE14] where pushes break every socket, more and more go as requests; one that is answered ends that', () => {
  const livePush = createLivePush(createManualTimers(), () => PUSH_MS);
  const goes = () => livePush.post(PUSH) !== null;
  /** How many go as requests until one goes over a socket, of which there is always a new one. */
  const requests = () => {
    livePush.begin(() => undefined);
    for (let count = 0; ; count += 1) if (goes()) return count;
  };
  const lost = [1, 2, 3].map(() => {
    const before = requests();
    livePush.end();
    return before;
  });
  expect(lost).toEqual([0, 2, 4]);
  expect(requests()).toBe(8);
  livePush.hear({ type: 'pushed', ask: 4, answer: PUSHED });
  expect(requests()).toBe(0);
});

test('[I11] an address that the browser refuses at once is trouble, and nothing is thrown at the till', () => {
  const timers = createManualTimers();
  const said: string[] = [];
  const openSocket = () => {
    throw new DOMException('An insecure WebSocket connection may not be initiated', 'SecurityError');
  };
  const link = { openSocket, timers, url: 'ws://x', credential: 'secret', timeoutMs: 5_000, waiting: () => 0 };
  openLiveLink(
    {
      ...link,
      checkpoints: () => ({}),
      onRefused: () => undefined,
      livePush: createLivePush(timers, () => 5_000),
      onMessage: () => undefined,
      onTrouble: () => said.push('trouble'),
    },
    { hello: () => said.push('hello'), lost: () => said.push('lost'), strange: () => said.push('strange') },
  );
  expect([said, timers.waiting()]).toEqual([['trouble', 'strange'], 0]);
});
