import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ProductId } from '../../schema/ids.ts';
import { journalPushAnswerShape } from '../../schema/protocol/push.ts';
import { PROTOCOL_HEADER } from '../../schema/protocol/version.ts';
import { createTestJournal } from '../testing/test-device.ts';
import { startTestServer, type TestServer } from '../testing/test-http.ts';
import { signedRows } from '../testing/test-push.ts';
import { openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';

const PUSH = '/sync/v1/journal/push';

let shop: TestShop;
let server: TestServer;
let till: TestEnrolment;
let other: TestEnrolment;

beforeEach(async () => {
  shop = await openTestShop();
  server = await startTestServer(shop);
  [till, other] = [await shop.enrol(), await shop.enrol('till', 'K2')];
});
afterEach(async () => {
  await server.close();
  await shop.close();
});

const push = async (body: unknown, version: string) => {
  const answer = await server.ask(PUSH, {
    credential: till.credential,
    body,
    headers: { [PROTOCOL_HEADER]: version },
  });
  return journalPushAnswerShape.parse(answer.json);
};
const verdictsOf = ({ verdicts }: Awaited<ReturnType<typeof push>>) => verdicts.map(({ verdict }) => verdict);

test('[PUSH7] the version that a request names decides whether its credential speaks for unsigned rows', async () => {
  const entry = createTestJournal(till).receive('p' as ProductId, 1);
  const refused = await push({ entries: [entry] }, '2');
  expect([verdictsOf(refused), refused.heads]).toEqual([['refused'], {}]);
  const taken = await push({ entries: [entry] }, '1');
  expect([verdictsOf(taken), taken.heads]).toEqual([['accepted'], undefined]);
});

test('[PUSH5] entries of another device are handed in with its signatures and certificate', async () => {
  const journal = createTestJournal(other);
  const rows = [journal.receive('p' as ProductId, 1), journal.receive('p' as ProductId, 2)];
  const answer = await push({ ...signedRows(other, rows), certificates: [other.certificate] }, '2');
  expect(verdictsOf(answer)).toEqual(['accepted', 'accepted']);
  expect(answer.heads).toEqual({ [other.device.deviceId]: journal.head });
});

test('[I12] signatures and certificates in no shape prove nothing, and harm nobody', async () => {
  const entry = createTestJournal(till).receive('p' as ProductId, 1);
  const signatures = [null, [], { id: entry.id, hash: entry.hash, signature: 'A'.repeat(86) }, 7];
  const answer = await push(
    { entries: [entry], signatures, certificates: ['', '..', 'a.b.c', 'x'.repeat(4_000)] },
    '2',
  );
  expect(verdictsOf(answer)).toEqual(['refused']);
});
