import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { completeUpgrade } from '../core/complete-upgrade.ts';
import { revokeDevice } from '../core/revoke.ts';
import { openLedger } from '../keys/ledger.ts';
import { createTestJournal } from '../testing/test-device.ts';
import { pushRows } from '../testing/test-push.ts';
import { openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';
import { AFTER_START_MS, startNightWatch } from './night-watch.ts';
import { verifyDatabase } from './verify-database.ts';

let shop: TestShop;
let till: TestEnrolment;

beforeEach(async () => {
  shop = await openTestShop();
  till = await shop.enrol();
});
afterEach(() => shop.close());

const verify = () =>
  verifyDatabase(join(shop.dataDir, 'laci.db'), {
    verify: shop.deps.verify,
    ledger: openLedger(join(shop.dataDir, 'ledger.jsonl')),
    shopKey: shop.core.shopKey.publicKey,
  });

/** Runs the check that follows a start, and gives what it takes for damage. */
async function watch(): Promise<string | null> {
  const works: (() => void)[] = [];
  const after = (ms: number, work: () => void) => {
    if (ms === AFTER_START_MS) works.push(work);
    return () => undefined;
  };
  let checked: unknown;
  const check = async () => {
    checked = verify();
    return checked as ReturnType<typeof verify>;
  };
  startNightWatch({ ...shop.core, deps: { ...shop.deps, after } } as typeof shop.core, { hour: 3, verify: check });
  for (const work of works) work();
  await new Promise((resolve) => setImmediate(resolve));
  expect(checked).toBeDefined();
  return shop.core.health.damage();
}

test('[F18] [VERIFY3] a receipt number that a device gives twice is told, and stops nobody', async () => {
  const coffee = await shop.addProduct('coffee');
  const [first, second] = [createTestJournal(till), createTestJournal(till)];
  const sale = first.sell(coffee, 1);
  const other = await shop.enrol('till', 'K2');
  // Another till that prints the first one's numbers.
  const again = createTestJournal(other).write('sale', second.sell(coffee, 2).body as never);
  await pushRows(shop.core, till, [sale]);
  await pushRows(shop.core, other, [again]);
  expect(verify().findings).toMatchObject([{ table: 'entry', what: expect.stringContaining('receipt') }]);
  expect(await watch()).toBeNull();
});

test('[F18] a number line that a device breaks stops nobody', async () => {
  const coffee = await shop.addProduct('coffee');
  const journal = createTestJournal(till);
  const body = journal.sell(coffee, 1).body;
  const fresh = createTestJournal(till);
  await pushRows(shop.core, till, [fresh.write('sale', body as never), fresh.write('sale', body as never)]);
  expect(verify().wrong).toBeGreaterThan(0);
  expect(await watch()).toBeNull();
});

test('[F13] [VERIFY1] an entry that an earlier version could not read, and this one can, is no damage', async () => {
  const coffee = await shop.addProduct('coffee');
  const journal = createTestJournal(till);
  const [one, two] = [journal.sell(coffee, 3), journal.sell(coffee, 4)];
  await pushRows(shop.core, till, [one]);
  const unread = { kind: 'unreadable', verdict: 'quarantined', reason: 'kind: invalid', flags: [] } as const;
  await shop.core.store.write(['utama' as never], async (tx) => {
    const before = await tx.entry(one.id);
    if (!before) throw new Error('there is no entry');
    const { seq: _seq, ...rest } = before;
    const { id, seq: entrySeq, prev, hash } = two;
    await tx.insertEntry({ ...rest, ...unread, id, entrySeq, prev, hash, at: two.at, json: JSON.stringify(two) });
    await tx.setHead(till.device.deviceId, { seq: 2, hash });
  });
  expect(verify().findings).toEqual([]);
  await completeUpgrade(shop.core);
  expect(verify().findings).toEqual([]);
});

test('[VERIFY7] [ENR7] what the ledger forgot of devices is told by name, and stops nobody', async () => {
  const manager = await shop.enrol('manager', 'M1');
  await revokeDevice(shop.core, manager.stored, till.device.deviceId);
  expect(verify().findings).toEqual([]);
  const path = join(shop.dataDir, 'ledger.jsonl');
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, text.replace('"kind":"revoked"', '"kind":"revokee"').replace('"till":"M1"', '"till":"M3"'));
  const found = verify().findings.map(({ table, id, odd }) => [table, id, odd]);
  expect(found.toSorted()).toEqual(
    [manager.device.deviceId, till.device.deviceId].sort().map((id) => ['device', id, true]),
  );
  expect(await watch()).toBeNull();
});
