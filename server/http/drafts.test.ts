import { afterEach, beforeEach, expect, test } from 'vitest';
import { branchScope } from '../../schema/ids.ts';
import { PROTOCOL_HEADER } from '../../schema/protocol/version.ts';
import { until } from '../testing/test-deps.ts';
import { startTestServer, type TestServer } from '../testing/test-http.ts';
import { openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';

let shop: TestShop;
let server: TestServer;
let till: TestEnrolment;

beforeEach(async () => {
  shop = await openTestShop();
  server = await startTestServer(shop);
  till = await shop.enrol('till', 'K1');
});
afterEach(async () => {
  await server.close();
  await shop.close();
});

const speaking = (protocol: number) => ({ headers: { [PROTOCOL_HEADER]: String(protocol) } });
const ask = (path: string, protocol: number, body?: unknown) =>
  server.ask(path, { credential: till.credential, ...speaking(protocol), ...(body === undefined ? {} : { body }) });
const change = {
  changeId: 'change-1',
  draftId: 'cart-of-ibu-sari',
  kind: 'cart',
  baseHeads: [],
  heads: ['a'.repeat(64)],
  bytes: 'aGVsbG8=',
};

test('[DRF1] a draft goes in by its push and comes out by its pull and its socket', async () => {
  const socket = await server.live(till.credential, { protocol: 3 });
  await socket.next('hello');
  const pushed = await ask('/sync/v1/drafts/push', 3, { changes: [change] });
  expect(pushed.json).toMatchObject({ verdicts: [{ changeId: 'change-1', verdict: 'accepted' }] });
  const pulled = await ask('/sync/v1/drafts/pull', 3);
  expect(pulled.json).toMatchObject({ documents: [{ id: 'cart-of-ibu-sari', heads: change.heads }], more: false });
  const told = await until('a draft on the socket', () =>
    socket.messages
      .flatMap((message) => (message.type === 'changes' ? message.changes : []))
      .find(({ collection }) => collection === 'drafts'),
  );
  expect(told).toMatchObject({ document: { id: 'cart-of-ibu-sari' } });
});

test.each([1, 2])(
  '[DRF11] a device of protocol %i hears nothing of drafts, and follows its scope all the same',
  async (protocol) => {
    const socket = await server.live(till.credential, { protocol });
    await socket.next('hello');
    await ask('/sync/v1/drafts/push', 3, { changes: [change] });
    await shop.core.store.write([till.stored.branch as never], async (tx) => {
      const json = JSON.stringify({
        id: 'note',
        scope: till.stored.branch,
        rev: { epoch: 1, n: 1 },
        kind: 'branch',
        branch: till.stored.branch,
        name: 'x',
      });
      await tx.putDocument('company', { id: 'note', scope: till.stored.branch as never, json });
    });
    const last = await until('the next change on the socket', () =>
      socket.messages.find(
        (message) =>
          message.type === 'changes' &&
          message.changes.some((change) => 'document' in change && change.document.id === 'note'),
      ),
    );
    expect(last).toBeDefined();
    const spans = socket.messages.flatMap((message) =>
      message.type === 'changes' && message.scope === branchScope(till.stored.branch) ? [message] : [],
    );
    expect(spans.flatMap(({ changes }) => changes.map(({ collection }) => collection))).not.toContain('drafts');
    for (const [place, span] of spans.slice(1).entries()) expect(span.from).toBe(spans[place]?.to.seq);
    expect((await ask('/sync/v1/drafts/pull', protocol)).status).toBe(404);
    const status = (await ask('/sync/v1/status', protocol, { checkpoints: {} })).json as { collections: object };
    expect(Object.keys(status.collections).sort()).toEqual(['branchJournal', 'company', 'products', 'stock']);
  },
);

test('[DRF5] a push without changes is no push', async () => {
  for (const body of [{}, { changes: [] }, { changes: 'all' }, { changes: Array(201).fill(change) }])
    expect((await ask('/sync/v1/drafts/push', 3, body)).status).toBeGreaterThanOrEqual(400);
});
