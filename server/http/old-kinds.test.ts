import { afterEach, beforeEach, expect, test } from 'vitest';
import { digestOf, revisionMark } from '../../schema/digest.ts';
import { COMPANY_SCOPE } from '../../schema/ids.ts';
import type { Checkpoint } from '../../schema/protocol/checkpoint.ts';
import { PROTOCOL_HEADER } from '../../schema/protocol/version.ts';
import type { Revision } from '../../schema/revision.ts';
import { putCompanyDoc } from '../core/company-writer.ts';
import { until } from '../testing/test-deps.ts';
import { startTestServer, type TestServer } from '../testing/test-http.ts';
import { openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';

/** A shop of today with devices that speak the versions before. */
let shop: TestShop;
let server: TestServer;
let till: TestEnrolment;

/** The kinds of documents that each released version has, as its recorded shapes say. */
const KINDS = {
  1: ['branch', 'device', 'person', 'settings', 'tax'],
  2: ['branch', 'device', 'epoch', 'person', 'settings', 'tax'],
};

interface Doc {
  readonly id: string;
  readonly kind: string;
  readonly rev: Revision;
}

beforeEach(async () => {
  shop = await openTestShop();
  server = await startTestServer(shop);
  till = await shop.enrol('till', 'K1');
  await addCustomers(3);
});
afterEach(async () => {
  await server.close();
  await shop.close();
});

let customers = 0;
async function addCustomers(count: number): Promise<void> {
  await shop.core.store.write([COMPANY_SCOPE], async (tx) => {
    for (let index = 0; index < count; index += 1) {
      customers += 1;
      const customer = `c${customers}`;
      const doc = {
        id: `customer:${customer}`,
        scope: COMPANY_SCOPE,
        kind: 'customer',
        customer,
        name: 'Budi',
        active: true,
      };
      await putCompanyDoc(tx, shop.core.epoch.n, doc as never);
    }
  });
}

const ask = async (path: string, protocol: number, body?: unknown) => {
  const headers = { [PROTOCOL_HEADER]: String(protocol) };
  return (await server.ask(path, { credential: till.credential, headers, ...(body ? { body } : {}) })).json;
};
const page = async (protocol: number, limit: number, checkpoint?: Checkpoint) => {
  const at = checkpoint ? `&checkpoint=${encodeURIComponent(JSON.stringify(checkpoint))}` : '';
  return (await ask(`/sync/v1/company/pull?limit=${limit}${at}`, protocol)) as {
    documents: Doc[];
    checkpoint: Checkpoint;
    more: boolean;
  };
};

test.each([1, 2] as const)(
  '[PRO6] a device of version %i pulls no kind that it does not have, and page by page all that it has',
  async (protocol) => {
    const whole = await page(protocol, 1_000);
    expect(
      [...new Set(whole.documents.map(({ kind }) => kind))].filter((kind) => !KINDS[protocol].includes(kind)),
    ).toEqual([]);
    const ids: string[] = [];
    for (let [checkpoint, more]: [Checkpoint | undefined, boolean] = [undefined, true]; more; ) {
      const next = await page(protocol, 1, checkpoint);
      if (next.more) expect(next.documents).toHaveLength(1);
      ids.push(...next.documents.map(({ id }) => id));
      [checkpoint, more] = [next.checkpoint, next.more];
    }
    expect(ids).toEqual(whole.documents.map(({ id }) => id));
    expect((await page(3, 1_000)).documents.map(({ kind }) => kind)).toContain('customer');
  },
);

test('[PRO6] [DIGEST2] a device of version 2 finds its collection equal to the server’s, so that it repairs nothing', async () => {
  const { documents, checkpoint } = await page(2, 1_000);
  await addCustomers(2);
  const said = (await ask('/sync/v1/company/digest', 2, { checkpoint })) as { buckets: unknown; changed: string[] };
  expect(said.changed.filter((id) => id.startsWith('customer'))).toEqual([]);
  // What changed behind the place counts on neither side, e.g. when this device was heard last.
  const counted = documents.filter(({ id }) => !said.changed.includes(id));
  expect(said.buckets).toEqual(digestOf(counted.map(({ id, rev }) => [id, revisionMark(rev)] as const)));
});

test.each([1, 2])('[PRO6] on the socket of version %i its scope goes on without them', async (protocol) => {
  const socket = await server.live(till.credential, { protocol });
  await socket.next('hello');
  await addCustomers(1);
  const span = await until('the change on the socket', () =>
    socket.messages.find((message) => message.type === 'changes' && message.scope === COMPANY_SCOPE),
  );
  expect(span).toMatchObject({ changes: [] });
});
