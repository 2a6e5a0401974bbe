import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createRandom } from '../replay/random.ts';
import type { Middle } from '../wire/relay.ts';
import { type FaultLine, layFaultLine } from './fault-line.ts';

let server: Server;
let line: FaultLine;
const clear = (): Middle => ({
  toServer: (chunk, forward) => forward(chunk),
  toDevice: (chunk, forward) => forward(chunk),
});

beforeAll(async () => {
  server = createServer((req, res) => req.resume().on('end', () => res.end('x'.repeat(3_000))));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => server.close());
afterEach(() => line.close());

async function lay(): Promise<FaultLine> {
  line = await layFaultLine((server.address() as AddressInfo).port, createRandom(1), clear);
  return line;
}

/** `keepalive` off: each request gets a connection of its own. */
const ask = () => fetch(line.origin, { headers: { connection: 'close' }, redirect: 'manual' });
const answerOf = () =>
  ask().then(
    async (response) => `${response.status} ${(await response.text()).length}`,
    () => 'failed',
  );

test('[F3] a whole line passes everything', async () => {
  await lay();
  expect(await answerOf()).toBe('200 3000');
});

test.each(['delay', 'throttle'] as const)('[F3] %s: late and slow, and all of it', async (fault) => {
  (await lay()).begin(fault);
  expect(await answerOf()).toBe('200 3000');
  expect(line.counts[fault]).toBeGreaterThan(0);
});

test('[F3] half-open: nothing passes and nobody is told, until the line is forgotten', async () => {
  (await lay()).begin('half-open');
  const asked = answerOf();
  expect(await Promise.race([asked, new Promise((resolve) => setTimeout(resolve, 300, 'silence'))])).toBe('silence');
  line.heal();
  expect(await asked).toBe('failed');
  expect(await answerOf()).toBe('200 3000');
});

test.each(['cut', 'reset'] as const)('[F3] %s ends what is under way', async (fault) => {
  (await lay()).begin('half-open');
  const asked = answerOf();
  await new Promise((resolve) => setTimeout(resolve, 100));
  line.begin(fault);
  expect(await asked).toBe('failed');
  expect(await answerOf()).toBe('200 3000');
});

test('[F4] a portal answers instead of the server, each of its ways in turn', async () => {
  (await lay()).begin('portal');
  const seen = new Set<string>();
  for (let asked = 0; asked < 40; asked += 1) seen.add(await answerOf());
  expect([...seen].map((answer) => answer.split(' ')[0]).sort()).toEqual(expect.arrayContaining(['200', '302', '502']));
  expect(seen.has('200 3000')).toBe(false);
});
