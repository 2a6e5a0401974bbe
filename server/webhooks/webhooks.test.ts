import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Webhook, type WebhookEvent, webhooksAnswerShape } from '../../schema/api/webhook.ts';
import { type HookReceiver, startHookReceiver } from '../testing/hook-receiver.ts';
import { createTestJournal } from '../testing/test-device.ts';
import { startTestServer } from '../testing/test-http.ts';
import { type ApiShop, BUDI, BUDIS_PIN, openApiShop } from '../testing/test-integration.ts';
import { proofOf } from '../testing/test-pins.ts';
import { pushRows } from '../testing/test-push.ts';
import { createOutgoing, FAILURES_MAX, RETRY_MS } from './deliver.ts';
import { fillOutbox, tellSilence } from './fill-outbox.ts';
import { WAITING_MAX } from './hook-records.ts';
import type { Message } from './post-message.ts';

let it: ApiShop;
let receiver: HookReceiver;

beforeEach(async () => {
  it = await openApiShop(['127.0.0.1']);
  receiver = await startHookReceiver();
});
afterEach(async () => {
  receiver.close();
  await it.close();
});

const proven = { by: BUDI, proof: proofOf(BUDIS_PIN) };
const make = (events: readonly WebhookEvent[], url = receiver.url) =>
  it.office('/api/v1/webhooks', { body: { ...proven, url, events } });
const hooks = async (): Promise<Webhook[]> =>
  webhooksAnswerShape.parse((await it.office('/api/v1/webhooks')).json).webhooks;
const hook = async () => (await hooks())[0] as Webhook;
/** Waits until the server has noted what came of it. */
const noted = async (what: string, holds: (one: Webhook) => boolean): Promise<void> => {
  for (let turn = 0; turn < 500; turn += 1) {
    if (holds(await hook())) return;
    await pause();
  }
  throw new Error(`It never happened: ${what}.`);
};
const pause = () => new Promise((resolve) => setTimeout(resolve, 20));
const sell = async (units: number) => {
  const till = await it.shop.enrol('till', `K${units}`);
  const journal = createTestJournal(till);
  await pushRows(it.shop.core, till, [journal.sell('coffee' as never, units)]);
};

test('[HOOK1] [HOOK4] sales and product changes since it was made are told, each signed and named', async () => {
  await it.shop.addProduct('before');
  const made = await make(['sale', 'product.changed']);
  expect(made.status).toBe(201);
  const { secret } = made.json as { secret: string };
  await it.shop.addProduct('coffee');
  await sell(3);
  await receiver.next(2);
  const events = receiver.received.map(({ body }) => [body.event, body.data.id ?? body.data.receipt]);
  expect(events).toEqual([
    ['product.changed', 'coffee'],
    ['sale', expect.stringContaining(':')],
  ]);
  for (const { headers, text, body } of receiver.received) {
    const [, seconds, digest] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['laci-signature'])) ?? [];
    expect(digest).toBe(createHmac('sha256', secret).update(`${seconds}.${text}`).digest('hex'));
    expect(headers['laci-message']).toBe(body.id);
  }
  expect(new Set(receiver.received.map(({ body }) => body.id)).size).toBe(2);
  const stored = await it.shop.core.store.read((tx) => tx.records('webhook', { limit: 9 }));
  expect(JSON.stringify(stored)).not.toContain(secret);
});

test('[HOOK1] what happened while no server ran is told by the next one', async () => {
  await make(['product.changed']);
  await it.server.close();
  await it.shop.addProduct('coffee');
  const again = await startTestServer(it.shop, undefined, undefined, ['127.0.0.1']);
  await receiver.next(1);
  expect(receiver.received[0]?.body.data).toMatchObject({ id: 'coffee' });
  await again.close();
});

test('[HOOK2] low stock and a silent till are told once, and again only after that was over', async () => {
  const { core, deps } = it.shop;
  await make(['stock.below', 'device.silent']);
  const coffee = await it.shop.addProduct('coffee', { reorderLevel: 5 });
  const till = await it.shop.enrol('till', 'K1');
  const journal = createTestJournal(till);
  const push = (...rows: unknown[]) => pushRows(core, till, rows).then(() => fillOutbox(core));
  await push(journal.receive(coffee, 7));
  await push(journal.sell(coffee, 1));
  await push(journal.sell(coffee, 1));
  await push(journal.sell(coffee, 1));
  await push(journal.receive(coffee, 9));
  await push(journal.sell(coffee, 9));
  await receiver.next(2);
  expect(receiver.received.map(({ body }) => body.data.onHand)).toEqual([5, 4]);
  deps.passTime(60 * 60 * 1000);
  await tellSilence(core);
  await tellSilence(core);
  await receiver.next(3);
  expect(receiver.received.at(-1)?.body).toMatchObject({ event: 'device.silent', data: { till: 'K1' } });
  expect(receiver.received).toHaveLength(3);
});

test('[HOOK8] [F7] what happened while the clock was years ahead is told once it is right', async () => {
  const { core, deps } = it.shop;
  await make(['product.changed']);
  await it.server.close();
  const yearsMs = 70 * 365 * 24 * 60 * 60 * 1000;
  deps.passTime(yearsMs);
  await it.shop.addProduct('coffee');
  await fillOutbox(core);
  deps.passTime(-yearsMs);
  const outgoing = createOutgoing(core, async () => ({ ok: true, result: '200' }));
  expect(await outgoing.look()).toBe(1);
  await outgoing.idle();
  expect(await outgoing.look()).toBe(0);
});

test('[HOOK3] a message that is not taken is sent again later, the same text, and given up after the last time', async () => {
  const { core, deps } = it.shop;
  await make(['product.changed']);
  await it.server.close();
  const sent: Message[] = [];
  const outgoing = createOutgoing(core, async (message) => {
    sent.push(message);
    return { ok: false, result: '500' };
  });
  const look = async () => {
    const count = await outgoing.look();
    await outgoing.idle();
    return count;
  };
  await it.shop.addProduct('coffee');
  await fillOutbox(core);
  for (const retryMs of RETRY_MS) {
    expect(await look()).toBe(1);
    deps.passTime(retryMs - 1_000);
    expect(await look()).toBe(0);
    deps.passTime(1_000);
  }
  expect(await look()).toBe(1);
  deps.passTime(RETRY_MS.at(-1) ?? 0);
  expect(await look()).toBe(0);
  expect(new Set(sent.map(({ body }) => body)).size).toBe(1);
  expect(new Set(sent.map(({ headers }) => headers['laci-signature'])).size).toBe(sent.length);
  const [record] = await core.store.read((tx) => tx.records('webhook', { limit: 1 }));
  expect(JSON.parse(record?.json ?? '')).toMatchObject({
    waiting: 0,
    givenUp: 1,
    failures: sent.length,
    lastResult: '500',
  });
});

test('[HOOK3] a redirect is no success, and a message taken later is gone', async () => {
  await make(['product.changed']);
  receiver.answerWith(302);
  await it.shop.addProduct('coffee');
  await receiver.next(1);
  await noted('the failure', ({ lastResult }) => lastResult === '302');
  expect(receiver.received).toHaveLength(1);
  receiver.answerWith(204);
  it.shop.deps.passTime(RETRY_MS[0] ?? 0);
  await receiver.next(2);
  await noted('the success', ({ waiting, failures }) => waiting === 0 && failures === 0);
});

test('[HOOK5] after too many failures it is told nothing, until a person says so again', async () => {
  const { core } = it.shop;
  await make(['product.changed']);
  await it.server.close();
  for (let index = 0; index < FAILURES_MAX; index += 1) await it.shop.addProduct(`p${index}`);
  await fillOutbox(core);
  const outgoing = createOutgoing(core, async () => ({ ok: false, result: 'nobody there' }));
  while ((await outgoing.look()) > 0) await outgoing.idle();
  const again = await startTestServer(it.shop, undefined, undefined, ['127.0.0.1']);
  const ask = (path: string, body?: object) =>
    again.ask(`/api/v1/webhooks${path}`, { credential: it.manager.credential, ...(body ? { body } : {}) });
  const [ended] = webhooksAnswerShape.parse((await ask('')).json).webhooks;
  expect(ended).toMatchObject({ disabledWhy: 'failures', lastResult: 'nobody there', waiting: 0 });
  await it.shop.addProduct('unheard');
  expect((await ask(`/${ended?.id}/enable`, { ...proven, proof: '' })).status).toBe(403);
  expect((await ask(`/${ended?.id}/enable`, proven)).status).toBe(200);
  await it.shop.addProduct('heard');
  await receiver.next(1);
  expect(receiver.received.map(({ body }) => body.data.id)).toEqual(['heard']);
  expect((await ask(`/${ended?.id}/remove`, proven)).status).toBe(200);
  expect(webhooksAnswerShape.parse((await ask('')).json).webhooks).toEqual([]);
  await again.close();
});

test('[HOOK5] what waits is bounded', async () => {
  const { core } = it.shop;
  await make(['product.changed']);
  await it.server.close();
  const step = 400;
  for (let from = 0; from <= WAITING_MAX; from += step) {
    await core.store.write(['*' as never], async (tx) => {
      for (let index = from; index < from + step; index += 1) {
        const product = { id: `p${index}`, rev: { epoch: 1, n: 1 }, name: 'x', price: 1, barcodes: [], category: '' };
        const json = JSON.stringify({ ...product, scope: '*', unitScale: 1, taxId: '', active: true });
        await tx.putDocument('products', { id: `p${index}`, scope: '*' as never, json });
      }
    });
  }
  await fillOutbox(core);
  const [record] = await core.store.read((tx) => tx.records('webhook', { limit: 1 }));
  expect(JSON.parse(record?.json ?? '')).toMatchObject({ disabledWhy: 'backlog', waiting: 0 });
  expect(await core.store.read((tx) => tx.records('delivery', { limit: 1 }))).toEqual([]);
  const again = await startTestServer(it.shop);
  await again.close();
});

test('[HOOK6] an address inside the network is refused with what to do, unless the administrator named it', async () => {
  for (const url of ['http://shop.example.com/', 'https://192.168.1.1/', 'https://localhost:1/'])
    expect((await make(['sale'], url)).json).toMatchObject({ error: { code: 'address-unsafe' } });
  expect((await make(['sale'], 'ftp://127.0.0.1/')).json).toMatchObject({ error: { code: 'bad-request' } });
  expect((await make(['sale'], 'https://shop.example.com/')).status).toBe(201);
  const till = await it.shop.enrol('till', 'K1');
  const answer = await it.server.ask('/api/v1/webhooks', { credential: till.credential });
  expect(answer.json).toMatchObject({ error: { code: 'not-allowed' } });
});

test('[HOOK7] an address that does not answer holds up no other', async () => {
  const slow = await startHookReceiver();
  slow.answerWith(null);
  await make(['product.changed'], slow.url);
  await make(['product.changed']);
  for (let index = 0; index < 5; index += 1) await it.shop.addProduct(`p${index}`);
  await receiver.next(5);
  expect(slow.received.length).toBeLessThanOrEqual(3);
  slow.close();
});
