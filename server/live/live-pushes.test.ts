import { afterEach, beforeEach, expect, test } from 'vitest';
import type { LiveServerMessage } from '../../schema/protocol/live.ts';
import { PROTOCOL_HEADER } from '../../schema/protocol/version.ts';
import { createPushGate, PUSH_LIMITS } from '../http/push-gate.ts';
import { StoreFault } from '../store/store.ts';
import { createTestJournal, type TestJournal } from '../testing/test-device.ts';
import { startTestServer } from '../testing/test-http.ts';
import { signedRows } from '../testing/test-push.ts';
import { openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';
import { createLivePushes, type LivePush } from './live-pushes.ts';
import type { LiveSocket } from './live-socket.ts';

let shop: TestShop;
let till: TestEnrolment;
let journal: TestJournal;
let said: LiveServerMessage[];

beforeEach(async () => {
  shop = await openTestShop();
  till = await shop.enrol();
  journal = createTestJournal(till);
  said = [];
});
afterEach(() => shop.close());

/** A push of one entry as it comes over the till's socket. */
function pushOf(ask: number, push = signedRows(till, [journal.receive('coffee' as never, 1)])): LivePush {
  const live = { device: till.stored, send: (message) => said.push(message) } as Pick<LiveSocket, 'device' | 'send'>;
  return { live: live as LiveSocket, protocol: 5, bytes: 100, message: { type: 'push', ask, push } };
}

const openPushes = (limits = PUSH_LIMITS) => createLivePushes(shop.core, createPushGate(shop.core.deps, limits));

test('[LIVE14] [PUSH1] an entry over the socket is answered as by a request, and is a duplicate when it comes again', async () => {
  const server = await startTestServer(shop);
  const socket = await server.live(till.credential, { protocol: 5 });
  await socket.next('hello');
  const { message } = pushOf(1);
  socket.socket.send(JSON.stringify(message));
  const first = await socket.next('pushed');
  const again = await server.ask('/sync/v1/journal/push', {
    ...{ credential: till.credential, headers: { [PROTOCOL_HEADER]: '5' }, body: message.push },
  });
  expect(first).toMatchObject({ ask: 1, answer: { head: { seq: 1 }, verdicts: [{ verdict: 'accepted' }] } });
  expect(again.json).toEqual({
    ...first.answer,
    verdicts: [{ ...first.answer.verdicts[0], verdict: 'duplicate' }],
  });
  socket.close();
  await server.close();
});

test('[LIVE14] [ENR8] who is revoked or not known any more is told so, and goes the way of requests', async () => {
  const take = openPushes();
  const credentialHash = 'of a credential that it had before';
  const { live, ...push } = pushOf(1);
  await take({ ...push, live: { ...live, device: { ...till.stored, credentialHash } } });
  const held = await shop.core.store.read((tx) => tx.head(till.device.deviceId));
  expect(held).toBeUndefined();
  await shop.core.ledger.append({ kind: 'revoked', deviceId: till.device.deviceId, at: 1 });
  await take(pushOf(2));
  expect(said).toEqual([
    { type: 'push-refused', ask: 1, code: 'not-enrolled' },
    { type: 'push-refused', ask: 2, code: 'revoked' },
  ]);
});

test('[LIVE14] [F16] who pushes too much over the socket waits like any other', async () => {
  const take = openPushes({ ...PUSH_LIMITS, rows: { burst: 1, perSecond: 1 } });
  await take(pushOf(1));
  await take(pushOf(2));
  expect(said.map(({ type }) => type)).toEqual(['pushed', 'push-refused']);
  expect(said[1]).toMatchObject({ ask: 2, code: 'too-many', retryAfterMs: expect.any(Number) });
});

test('[LIVE14] [F11] nothing is acknowledged over the socket where the disk fails or is damaged', async () => {
  const failing = async () => {
    throw new StoreFault('The disk is full.', true, undefined);
  };
  const take = createLivePushes(
    { ...shop.core, store: { ...shop.core.store, write: failing } },
    createPushGate(shop.deps),
  );
  await take(pushOf(1));
  shop.core.health.report('entry x: is broken');
  await openPushes()(pushOf(2));
  expect(said).toEqual([
    { type: 'push-refused', ask: 1, code: 'store-failed' },
    { type: 'push-refused', ask: 2, code: 'store-damaged' },
  ]);
});
