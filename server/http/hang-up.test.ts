import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestJournal } from '../testing/test-device.ts';
import { startTestServer, type TestServer } from '../testing/test-http.ts';
import { signedRows } from '../testing/test-push.ts';
import { openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';

let shop: TestShop;
let server: TestServer;
let till: TestEnrolment;

beforeEach(async () => {
  shop = await openTestShop();
  server = await startTestServer(shop);
  till = await shop.enrol();
});
afterEach(async () => {
  await server.close();
  await shop.close();
});

/** Hang-ups tried: more than may be in house, and spread over all that a push goes through. */
const HANG_UPS = 400;

/** Sends a whole push and hangs up `ms` later, as a cut line does. */
function pushAndHangUp(body: Buffer, ms: number): Promise<void> {
  const head = [
    'POST /sync/v1/journal/push HTTP/1.1',
    'host: x',
    `authorization: Bearer ${till.credential}`,
    'content-type: application/json',
    'content-encoding: gzip',
    `content-length: ${body.length}`,
  ].join('\r\n');
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(server.origin).port), '127.0.0.1');
    socket.on('error', () => undefined);
    socket.once('close', () => resolve());
    socket.write(`${head}\r\n\r\n`);
    socket.write(body, () => setTimeout(() => socket.destroy(), ms));
  });
}

test('[F3] [F16] [I12] devices that hang up in the middle of a push take nobody’s place: the next push is served', async () => {
  const journal = createTestJournal(till);
  const coffee = await shop.addProduct('coffee');
  const rows = Array.from({ length: 20 }, () => journal.receive(coffee, 1));
  const body = JSON.stringify(signedRows(till, rows));
  for (let n = 0; n < HANG_UPS; n += 4) {
    const delays = [0, 1, 2, 3].map((step) => (n / HANG_UPS) * 4 + step / 4);
    await Promise.all(delays.map((ms) => pushAndHangUp(gzipSync(body), ms)));
  }
  const { status, json } = await server.ask('/sync/v1/journal/push', { credential: till.credential, body });
  expect([status, json]).toEqual([200, expect.objectContaining({ head: journal.head })]);
});
