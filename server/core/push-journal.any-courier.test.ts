import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DeviceEntry } from '../../schema/entry/entry.ts';
import type { ProductId } from '../../schema/ids.ts';
import { stockEffects } from '../../schema/stock/effect.ts';
import { readShop } from '../testing/read-shop.ts';
import { createTestJournal, type TestJournal } from '../testing/test-device.ts';
import { signatureOf } from '../testing/test-push.ts';
import { openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';
import { verifyDatabase } from '../verify/verify-database.ts';
import { closeGap } from './close-gap.ts';
import { pushJournal } from './push-journal.ts';
import { retireDevice } from './retire-device.ts';

const RUNS = 60;
const TEST_MS_MAX = 120_000;
const ACKNOWLEDGED = ['accepted', 'duplicate', 'quarantined', 'forked'];

/** What is done on the device, or on its copy once it has one; and whether the row is spoilt on its way. */
const acts = fc.array(
  fc.record({
    by: fc.constantFrom('device', 'copy', 'device', 'copy of the copy'),
    units: fc.integer({ min: 1, max: 9 }),
    /** Damaged on its way for ever, whole when it comes again, or never damaged. */
    state: fc.constantFrom('spoilt', 'damaged once', 'whole', 'whole'),
  }),
  { minLength: 1, maxLength: 14 },
);
/** How the rows arrive: sorted by these numbers, some of them twice, in batches, from the device itself or from another one. */
const arrival = fc.record({
  copiedAt: fc.integer({ min: 0, max: 5 }),
  order: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 60, maxLength: 60 }),
  batch: fc.integer({ min: 1, max: 7 }),
  handedIn: fc.array(fc.boolean(), { minLength: 60, maxLength: 60 }),
  /** After which batch gaps are closed, and the device retired; often never. */
  closeAfter: fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 3 }),
  retireAfter: fc.integer({ min: 0, max: 60 }),
});
type Acts = typeof acts extends fc.Arbitrary<infer Value> ? Value : never;
type Arrival = typeof arrival extends fc.Arbitrary<infer Value> ? Value : never;

interface MadeRow {
  readonly row: unknown;
  readonly again: unknown;
  readonly entry: DeviceEntry;
  readonly state: string;
}

function make(device: TestEnrolment, product: ProductId, deeds: Acts, { copiedAt }: Arrival): MadeRow[] {
  const journals = new Map<string, TestJournal>([['device', createTestJournal(device)]]);
  return deeds.map(({ by, units, state }, index) => {
    const main = journals.get('device') as TestJournal;
    if (index === copiedAt) journals.set('copy', createTestJournal(device, main.head));
    if (index === copiedAt + 3) journals.set('copy of the copy', createTestJournal(device, journals.get('copy')?.head));
    const entry = (journals.get(by) ?? main).sell(product, units, `cart-${device.device.deviceId}-${index}`);
    const damaged = { ...entry, person: 5 };
    const row = state === 'whole' ? entry : damaged;
    return { row, again: state === 'spoilt' ? damaged : entry, entry, state };
  });
}

async function runOnce(shop: TestShop, courier: TestEnrolment, till: string, deeds: Acts, how: Arrival): Promise<void> {
  const device = await shop.enrol('till', till);
  const { deviceId } = device.device;
  const product = await shop.addProduct(`p-${deviceId}`);
  const made = make(device, product, deeds, how);
  const arriving = [...made, ...made.map((each) => ({ ...each, row: each.again }))]
    .map((each, index) => ({
      ...each,
      at: how.order[index] ?? 0,
      handedIn: how.handedIn[index] && each.row === each.entry,
    }))
    .sort((left, right) => left.at - right.at);
  const push = (by: TestEnrolment, rows: readonly Pick<MadeRow, 'row'>[]) => {
    const entries = rows.map(({ row }) => row);
    return pushJournal(shop.core, by.stored, {
      entries,
      signatures: entries.flatMap((row) => signatureOf(device, row)),
    });
  };
  for (let at = 0, batch = 0; at < arriving.length; at += how.batch, batch += 1) {
    const part = arriving.slice(at, at + how.batch);
    for (const by of [device, courier]) {
      const theirs = part.filter(({ handedIn }) => (by === courier) === handedIn);
      if (theirs.length === 0) continue;
      const { verdicts } = await push(by, theirs);
      expect(verdicts.map(({ verdict }) => verdict).filter((verdict) => !ACKNOWLEDGED.includes(verdict))).toEqual([]);
    }
    if (how.closeAfter.includes(batch)) await closeGap(shop.core, deviceId, 99, 'lost');
    if (how.retireAfter === batch) await retireDevice(shop.core, deviceId, 'lost');
  }
  expect(0 - (await readShop(shop.core).onHand(product))).toBe(plainSum(made));
}

function plainSum(made: readonly MadeRow[]): number {
  const good = made.filter(({ state }) => state !== 'spoilt');
  return good.flatMap(({ entry }) => stockEffects(entry)).reduce((sum, { out }) => sum + out, 0);
}

test('[PUSH9] copies, couriers, closed gaps and a retirement, in any order, twice: sums are the plain sum', {
  timeout: TEST_MS_MAX,
}, async () => {
  const shop = await openTestShop();
  const courier = await shop.enrol('manager', 'M1');
  let run = 0;
  await fc.assert(
    fc.asyncProperty(acts, arrival, async (deeds, how) => {
      run += 1;
      await runOnce(shop, courier, `T${run}`, deeds, how);
    }),
    { numRuns: RUNS },
  );
  const file = join(shop.dataDir, 'laci.db');
  const { verify } = shop.deps;
  expect(verifyDatabase(file, { verify, shopKey: shop.core.shopKey.publicKey }).findings).toEqual([]);
  await shop.close();
});
