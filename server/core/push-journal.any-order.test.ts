import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DeviceEntry } from '../../schema/entry/entry.ts';
import { type Stock, stockId } from '../../schema/stock/counter.ts';
import { stockEffects } from '../../schema/stock/effect.ts';
import { createTestJournal } from '../testing/test-device.ts';
import { pushRows } from '../testing/test-push.ts';
import { openTestShop, type TestShop } from '../testing/test-shop.ts';

const RUNS = 40;

/** What is done at the till, and whether the row is spoilt on its way. */
const acts = fc.array(
  fc.record({ kind: fc.constantFrom('receive', 'sell'), units: fc.integer({ min: 1, max: 9 }), spoilt: fc.boolean() }),
  { minLength: 1, maxLength: 25 },
);
/** How the rows arrive: sorted by these numbers, some of them twice, in batches. */
const arrival = fc.record({
  order: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 50, maxLength: 50 }),
  batch: fc.integer({ min: 1, max: 7 }),
});

async function runOnce(
  shop: TestShop,
  till: string,
  deeds: readonly { kind: string; units: number; spoilt: boolean }[],
  { order, batch }: { order: readonly number[]; batch: number },
): Promise<void> {
  const device = await shop.enrol('till', till);
  const journal = createTestJournal(device);
  const product = `p-${device.device.deviceId}` as never;
  const made = deeds.map(({ kind, units }) =>
    kind === 'sell' ? journal.sell(product, units) : journal.receive(product, units),
  );
  const rows = made.map((entry, index) => (deeds[index]?.spoilt ? { ...entry, person: 5 } : entry));
  const arriving = [...rows, ...rows].map((row, index) => ({ row, at: order[index] ?? 0 })).sort((a, b) => a.at - b.at);
  let head = { seq: 0, hash: '' };
  for (let at = 0; at < arriving.length; at += batch) {
    const part = arriving.slice(at, at + batch).map(({ row }) => row);
    head = (await pushRows(shop.core, device, part)).head;
  }
  expect(head).toEqual(journal.head);
  const id = stockId(device.device.branch, product);
  const stored = await shop.core.store.read((tx) => tx.document('stock', id));
  const counter = stored ? (JSON.parse(stored.json) as Stock).counters[device.device.deviceId] : undefined;
  expect(counter).toEqual(plainSum(rows as DeviceEntry[], deeds));
}

function plainSum(rows: readonly DeviceEntry[], deeds: readonly { spoilt: boolean }[]) {
  const good = rows.filter((_, index) => !deeds[index]?.spoilt);
  if (good.length === 0) return undefined;
  const effects = good.flatMap(stockEffects);
  const sum = (side: 'in' | 'out') => effects.reduce((all, effect) => all + effect[side], 0);
  return { in: sum('in'), out: sum('out'), seq: good.at(-1)?.seq };
}

test('[STK11] in any order, twice, in any batches, some unreadable: the counter is the plain sum of what can be read', async () => {
  const shop = await openTestShop();
  let run = 0;
  await fc.assert(
    fc.asyncProperty(acts, arrival, async (deeds, how) => {
      run += 1;
      await runOnce(shop, `T${run}`, deeds, how);
    }),
    { numRuns: RUNS },
  );
  await shop.close();
});
