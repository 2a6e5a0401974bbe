import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FaultKind } from './fault-kinds.ts';
import { createFaultyNetwork } from './faulty-network.ts';
import { createRandom } from './random.ts';

let server: Server;
let origin: string;
let arrived: number;

beforeEach(async () => {
  arrived = 0;
  server = createServer((_request, response) => {
    arrived += 1;
    response.end('{"ok":true}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const silent = { send: () => undefined, close: () => undefined };
const network = (kinds: readonly FaultKind[], seed = 3) =>
  createFaultyNetwork({ fetch: (url, init) => fetch(url, init), openSocket: () => silent }, createRandom(seed), kinds);

async function ask(net: ReturnType<typeof network>, times: number): Promise<number> {
  let answered = 0;
  for (let index = 0; index < times; index += 1) {
    const answer = await net.fetch(origin, { method: 'GET' }).catch(() => null);
    if ((await answer?.text()) === '{"ok":true}') answered += 1;
  }
  return answered;
}

test('without faults every request is answered once', async () => {
  const net = network([]);
  expect(await ask(net, 60)).toBe(60);
  expect(arrived).toBe(60);
  expect(net.counts).toEqual({ offline: 0, cut: 0, duplicate: 0, lost: 0, restart: 0 });
});

test('a lost response was performed, a duplicated request arrives twice', async () => {
  const lost = network(['lost']);
  const answered = await ask(lost, 80);
  expect(lost.counts.lost).toBeGreaterThan(0);
  expect([answered, arrived]).toEqual([80 - lost.counts.lost, 80]);
  const doubled = network(['duplicate']);
  arrived = 0;
  expect(await ask(doubled, 80)).toBe(80);
  expect(doubled.counts.duplicate).toBeGreaterThan(0);
  expect(arrived).toBe(80 + doubled.counts.duplicate);
});

test('a cut request fails, whether it arrived or not', async () => {
  const net = network(['cut']);
  const answered = await ask(net, 80);
  expect(net.counts.cut).toBeGreaterThan(0);
  expect(answered).toBe(80 - net.counts.cut);
});

test('offline nothing passes and sockets close; back again the device hears of it', async () => {
  const net = network(['offline']);
  let closed = 0;
  let online = 0;
  net.surroundings.onOnline(() => {
    online += 1;
  });
  const onClosed = () => {
    closed += 1;
  };
  const listener = { opened: () => undefined, message: () => undefined, closed: onClosed };
  net.openSocket('ws://x', listener);
  net.goOffline();
  expect([closed, await ask(net, 3), arrived]).toEqual([1, 0, 0]);
  net.comeBack();
  expect([online, await ask(net, 3)]).toEqual([1, 3]);
});

test('after healing nothing fails', async () => {
  const net = network(['offline', 'cut', 'duplicate', 'lost']);
  net.heal();
  net.goOffline();
  expect(await ask(net, 60)).toBe(60);
});
