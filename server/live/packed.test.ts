import { afterEach, beforeEach, expect, test } from 'vitest';
import WebSocket from 'ws';
import { until } from '../testing/test-deps.ts';
import { createTestJournal } from '../testing/test-device.ts';
import { startTestServer, type TestServer } from '../testing/test-http.ts';
import { pushRows } from '../testing/test-push.ts';
import { openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';

let shop: TestShop;
let server: TestServer;
let till: TestEnrolment;
let other: TestEnrolment;

beforeEach(async () => {
  shop = await openTestShop();
  server = await startTestServer(shop);
  till = await shop.enrol();
  other = await shop.enrol('manager', 'M1');
});
afterEach(async () => {
  await server.close();
  await shop.close();
});

interface Follower {
  readonly texts: readonly string[];
  readonly extensions: string;
  /** Bytes that came over the connection. */
  bytes(): number;
  close(): void;
}

/** A device that follows, and can unpack or not. */
async function follow(unpacks: boolean): Promise<Follower> {
  const socket = new WebSocket(`${server.origin.replace('http', 'ws')}/sync/v1/live`, { perMessageDeflate: unpacks });
  const texts: string[] = [];
  let bytes = 0;
  socket.on('upgrade', (response) => response.socket.on('data', (chunk: Buffer) => (bytes += chunk.length)));
  socket.on('message', (data) => texts.push(String(data)));
  await new Promise((resolve) => socket.once('open', resolve));
  socket.send(JSON.stringify({ type: 'auth', protocol: 1, credential: other.credential }));
  await until('hello', () => texts.some((text) => text.includes('"hello"')));
  return { texts, extensions: socket.extensions, bytes: () => bytes, close: () => socket.close() };
}

test('[LIVE11] a device that unpacks gets the same texts in less than half of the bytes', async () => {
  const coffee = await shop.addProduct('coffee');
  const [packed, plain] = [await follow(true), await follow(false)];
  expect([packed.extensions, plain.extensions]).toEqual(['permessage-deflate', '']);
  const begun = [packed, plain].map((follower) => follower.bytes());
  const journal = createTestJournal(till);
  for (let sale = 0; sale < 10; sale += 1) await pushRows(shop.core, till, [journal.sell(coffee, 1)]);
  const changesOf = ({ texts }: Follower) => texts.filter((text) => text.includes('"branchJournal"'));
  const last = `:${String(10).padStart(10, '0')}`;
  for (const follower of [packed, plain])
    await until('the last sale', () => changesOf(follower).some((text) => text.includes(last)));
  expect(changesOf(packed)).toEqual(changesOf(plain));
  const [less = 0, more = 0] = [packed, plain].map((follower, index) => follower.bytes() - (begun[index] ?? 0));
  expect(less * 2).toBeLessThan(more);
  for (const follower of [packed, plain]) follower.close();
});
