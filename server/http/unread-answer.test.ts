import { connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { COLLECTION_SCHEMAS } from '../../schema/collections.ts';
import { until } from '../testing/test-deps.ts';
import { createTestJournal } from '../testing/test-device.ts';
import { startTestServer, type TestServer } from '../testing/test-http.ts';
import { signedRows } from '../testing/test-push.ts';
import { openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';

let shop: TestShop;
let server: TestServer;
let hostile: TestEnrolment;

beforeEach(async () => {
  shop = await openTestShop();
  server = await startTestServer(shop);
  hostile = await shop.enrol('till', 'K1');
});
afterEach(async () => {
  await server.close();
  await shop.close();
});

function lines(first: string, more: readonly string[] = []): string {
  return [`${first} HTTP/1.1`, 'host: x', `authorization: Bearer ${hostile.credential}`, ...more, '', ''].join('\r\n');
}

/** Asks on one connection for a stream that never ends, and for more behind it: the answers can never be sent. */
function askBehindStream(requests: readonly string[]): Socket {
  const stream = lines(`GET /rxdb/products/${COLLECTION_SCHEMAS.products.version}/pullStream`);
  const socket = connect(Number(new URL(server.origin).port), '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(stream + requests.join(''));
  return socket;
}

function pushBehindStream(bodies: readonly string[]): Socket {
  const pushes = bodies.map((body) => {
    const head = ['content-type: application/json', `content-length: ${Buffer.byteLength(body)}`];
    return lines('POST /sync/v1/journal/push', head) + body;
  });
  return askBehindStream(pushes);
}

test('[F16] [F18] [I12] a device that never reads its answers takes nobody’s turn', async () => {
  const coffee = await shop.addProduct('coffee');
  const [theirs, till] = [createTestJournal(hostile), await shop.enrol('till', 'K2')];
  const rows = [theirs.receive(coffee, 1), theirs.receive(coffee, 1), theirs.receive(coffee, 1)];
  const socket = pushBehindStream(rows.map((row) => JSON.stringify(signedRows(hostile, [row]))));
  let stored = 0;
  await until('as many pushes as are worked on at once', () => {
    void shop.core.store.read((tx) => tx.head(hostile.device.deviceId)).then((head) => (stored = head?.seq ?? 0));
    return stored >= 2;
  });
  const journal = createTestJournal(till);
  const body = signedRows(till, [journal.receive(coffee, 1)]);
  const answer = await server.ask('/sync/v1/journal/push', { credential: till.credential, body });
  expect([answer.status, answer.json]).toEqual([200, expect.objectContaining({ head: journal.head })]);
  socket.destroy();
});

test('[F16] [HTTP2] a body of little more than brackets is told to be too large before it is parsed', async () => {
  const deep = gzipSync(`{"entries":[${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}]}`);
  const headers = { 'content-encoding': 'gzip' };
  const answer = await server.ask('/sync/v1/journal/push', { credential: hostile.credential, body: deep, headers });
  expect(answer.status).toBe(413);
  const long = gzipSync(JSON.stringify({ checkpoints: {}, more: 'x'.repeat(200_000) }));
  const status = await server.ask('/sync/v1/status', { credential: hostile.credential, body: long, headers });
  expect(status.status).toBe(413);
});

test('[F16] [HTTP2] brackets in another alphabet are none that were counted: a body is UTF-8', async () => {
  // In UTF-7 a run of brackets is base64, and none is there to be counted.
  const deep = Buffer.from(`${'['.repeat(300_000)}${']'.repeat(300_000)}`, 'utf16le')
    .swap16()
    .toString('base64');
  const body = gzipSync(`{"entries":[+${deep.replace(/=/g, '')}-]}`);
  const headers = { 'content-encoding': 'gzip', 'content-type': 'application/json; charset=utf-7' };
  const answer = await server.ask('/sync/v1/journal/push', { credential: hostile.credential, body, headers });
  expect(answer.status).toBe(400);
});

test('[F18] [I12] pages that a device never reads are a few at most: its oldest connection ends for the newest', async () => {
  const pulls = Array.from({ length: 5 }, () => lines('GET /sync/v1/products/pull'));
  const sockets = Array.from({ length: 4 }, () => askBehindStream(pulls).resume());
  await until('too many pages at once', () => sockets.some((socket) => socket.closed));
  expect(sockets.filter((socket) => !socket.closed).length).toBeGreaterThan(0);
  const answer = await server.ask('/sync/v1/products/pull', { credential: hostile.credential });
  expect(answer.status).toBe(200);
  for (const socket of sockets) socket.destroy();
});
