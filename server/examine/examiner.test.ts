import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ProductId } from '../../schema/ids.ts';
import { journalPushAnswerShape } from '../../schema/protocol/push.ts';
import { PROTOCOL_HEADER } from '../../schema/protocol/version.ts';
import { placedRows } from '../core/read-push.ts';
import { settleInbox } from '../core/settle-inbox.ts';
import { type RunningServer, startServer } from '../start-server.ts';
import { createTestJournal } from '../testing/test-device.ts';
import { signedRows } from '../testing/test-push.ts';
import { openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';
import { createExaminer, type Examiner } from './examiner.ts';
import { readBytes, separateRows } from './read-bytes.ts';

let shop: TestShop;
let till: TestEnrolment;
let server: RunningServer | null;
beforeEach(async () => {
  [shop, server] = [await openTestShop(), null];
  till = await shop.enrol();
});
afterEach(async () => {
  await server?.close();
  await shop.close();
});

/** Counts how many pushes were read beside. */
async function serve(examiner: Examiner) {
  const beside: boolean[] = [];
  const read: Examiner['read'] = async (bytes) => {
    const push = await examiner.read(bytes);
    beside.push(push !== null);
    return push;
  };
  const options = { host: '127.0.0.1', port: 0, appDir: `${shop.dataDir}/no-app` };
  server = await startServer(shop.core, { ...options, examiner: { ...examiner, read } });
  return { beside, port: server.port };
}

function post(port: number, body: string | Uint8Array<ArrayBuffer>, more: Record<string, string> = {}) {
  const { credential } = till;
  const headers = { authorization: `Bearer ${credential}`, 'content-type': 'application/json', [PROTOCOL_HEADER]: '5' };
  const url = `http://127.0.0.1:${port}/sync/v1/journal/push`;
  return fetch(url, { method: 'POST', body, headers: { ...headers, ...more } });
}

async function verdictsOf(answer: Response): Promise<string[]> {
  const { verdicts } = journalPushAnswerShape.parse(await answer.json());
  return [...new Set(verdicts.map(({ verdict }) => verdict))];
}

const SALES = 200;

test('[PUSH18] a large push is read beside, packed or not, and answered and stored as one that is read here', async () => {
  const { beside, port } = await serve(createExaminer(shop.deps.log));
  const coffee = await shop.addProduct('coffee');
  const journal = createTestJournal(till);
  const sell = () =>
    JSON.stringify(
      signedRows(
        till,
        Array.from({ length: SALES }, () => journal.sell(coffee, 1)),
      ),
    );
  const first = sell();
  expect(await verdictsOf(await post(port, first))).toEqual(['accepted']);
  expect(await verdictsOf(await post(port, first))).toEqual(['duplicate']);
  const mixed = Array.from({ length: 5_000 }, (_, n) => `${n}`);
  const packed = gzipSync(JSON.stringify({ ...JSON.parse(sell()), unknown: mixed.map((n) => n.repeat(9)) }));
  expect(packed.length).toBeGreaterThan(16 * 1024);
  expect(await verdictsOf(await post(port, packed, { 'content-encoding': 'gzip' }))).toEqual(['accepted']);
  expect(beside).toEqual([true, true, true]);
  await settleInbox(shop.core, [till.device.deviceId]);
  const { head, stored } = await shop.core.store.read(async (tx) => {
    const { deviceId } = till.device;
    return { head: await tx.head(deviceId), stored: await tx.entriesFrom(deviceId, 1, 1) };
  });
  expect(head).toEqual(journal.head);
  expect(stored[0]?.json).toBe(JSON.stringify(JSON.parse(first).entries[0]));
});

test('[PUSH18] what is odd about a push is judged here, row by row', async () => {
  const { beside, port } = await serve(createExaminer(shop.deps.log));
  const journal = createTestJournal(till);
  const rows = Array.from({ length: SALES }, () => journal.receive('p' as ProductId, 1));
  const body = signedRows(till, rows);
  const odd = rows.map((row, at) => (at === 7 ? { ...row, body: 'x' } : row));
  expect(await verdictsOf(await post(port, JSON.stringify({ ...body, entries: odd })))).toContain('accepted');
  expect((await post(port, '{"entries": ['.padEnd(20_000))).status).toBe(400);
  expect((await post(port, 'x'.repeat(2_000_000))).status).toBe(413);
  expect((await post(port, JSON.stringify({ entries: Array(600).fill('x'.repeat(99)) }))).status).toBe(413);
  expect(beside).toEqual([false, false, false]);
});

test.each([
  ['fails', "throw new Error('no');"],
  [
    'tells what cannot be taken over',
    'let push = []; for (let n = 0; n < 5_000; n += 1) push = [push]; parentPort.postMessage({ ask, push });',
  ],
])('[PUSH18] a thread that %s loses no push: it is read here, and the next one has a thread again', async (_, act) => {
  const script = join(shop.dataDir, 'failing.mjs');
  writeFileSync(
    script,
    `import { parentPort } from 'node:worker_threads'; parentPort.on('message', ({ ask }) => { ${act} });`,
  );
  const examiner = createExaminer(shop.deps.log, pathToFileURL(script));
  const { beside, port } = await serve(examiner);
  const coffee = await shop.addProduct('coffee');
  const journal = createTestJournal(till);
  for (let push = 0; push < 2; push += 1) {
    const rows = signedRows(
      till,
      Array.from({ length: SALES }, () => journal.sell(coffee, 1)),
    );
    expect(await verdictsOf(await post(port, JSON.stringify(rows)))).toEqual(['accepted']);
  }
  expect(beside).toEqual([false, false]);
});

test('[PUSH18] [I12] [PUSH21] a push that brings anything else for a signature is read here, and never lies in the inbox', async () => {
  const { beside, port } = await serve(createExaminer(shop.deps.log));
  const journal = createTestJournal(till);
  const coffee = await shop.addProduct('coffee');
  const rows = Array.from({ length: 30 }, () => journal.sell(coffee, 1));
  const { entries, signatures = [] } = signedRows(till, rows);
  const deep = `${'['.repeat(5_000)}${']'.repeat(5_000)}`;
  const body = `{"entries":${JSON.stringify(entries)},"signatures":[${deep},${JSON.stringify(signatures).slice(1)}}`;
  expect(await verdictsOf(await post(port, body))).toEqual(['accepted']);
  expect([beside, shop.core.inbox.length()]).toEqual([[false], 0]);
});

test('[PUSH18] only a push whose every row has its place, passes the gate and holds is read beside', () => {
  const journal = createTestJournal(till);
  const rows = [journal.receive('p' as ProductId, 1), journal.receive('p' as ProductId, 2)];
  const read = (entries: readonly unknown[]) => readBytes(new TextEncoder().encode(JSON.stringify({ entries })));
  const push = read(rows);
  if (push) separateRows(push);
  expect(push && placedRows(push.rows).map(({ place, holds }) => [place.id, holds])).toEqual(
    rows.map(({ id }) => [id, true]),
  );
  const [first] = rows;
  for (const odd of [null, { ...first, at: 7 }, { ...first, kind: 'unheard-of' }, { ...first, hash: 'x' }])
    expect(read([...rows, odd])).toBeNull();
  expect([read([]), readBytes(new Uint8Array([0xff, 0x7b]))]).toEqual([null, null]);
});
