import { afterEach, beforeEach, expect, test } from 'vitest';
import { EMPTY_HEAD } from '../../schema/chain.ts';
import { COMPANY_SCOPE } from '../../schema/ids.ts';
import { openLedger } from '../keys/ledger.ts';
import { createTestJournal } from '../testing/test-device.ts';
import { pushRows } from '../testing/test-push.ts';
import { OTHER_BRANCH, openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';
import { putCompanyDoc } from './company-writer.ts';
import { pull } from './pull.ts';
import { readStatus } from './status.ts';

let shop: TestShop;
let till: TestEnrolment;

beforeEach(async () => {
  shop = await openTestShop();
  till = await shop.enrol();
});
afterEach(() => shop.close());

const status = () => readStatus(shop.core, till.stored, { checkpoints: {} });

test('[STATUS2] the heads of all devices of the branch are told, and no other branch is', async () => {
  const product = await shop.addProduct('coffee');
  const silent = await shop.enrol('till', 'K2');
  const there = await shop.enrol('till', 'K1', OTHER_BRANCH);
  for (const device of [till, there]) {
    const journal = createTestJournal(device);
    await pushRows(shop.core, device, [journal.receive(product, 1), journal.sell(product, 1)]);
  }
  const { heads = {} } = await status();
  expect(Object.keys(heads).sort()).toEqual([till.device.deviceId, silent.device.deviceId].sort());
  expect(heads[till.device.deviceId]).toMatchObject({ seq: 2 });
  expect(heads[silent.device.deviceId]).toEqual(EMPTY_HEAD);
});

test('[STATUS3] a backup made by another process is heard of', async () => {
  expect((await status()).backedUp).toBe(0);
  const { deviceId } = till.device;
  const head = { seq: 7, hash: EMPTY_HEAD.hash };
  const other = openLedger(`${shop.dataDir}/ledger.jsonl`);
  other.append({ kind: 'backup', at: 1, epoch: shop.core.epoch, file: 'x.db', heads: { [deviceId]: head } });
  expect((await status()).backedUp).toBe(7);
});

test.each([1, 2, 3, 4])('[STATUS6] version %i is told as many documents as it is served', async (protocol) => {
  const tini = { customer: 'tini' as never, name: 'Ibu Tini', phone: '', active: true };
  await shop.core.store.write([COMPANY_SCOPE], (tx) =>
    putCompanyDoc(tx, shop.core.epoch.n, { id: 'customer:tini', scope: COMPANY_SCOPE, kind: 'customer', ...tini }),
  );
  const { collections } = await readStatus(shop.core, till.stored, { checkpoints: {} }, protocol);
  const request = { collection: 'company', checkpoint: undefined, limit: 1_000, protocol } as const;
  const { documents } = await pull(shop.core, till.stored, request);
  expect(collections.company).toEqual({ total: documents.length, lag: documents.length });
});
