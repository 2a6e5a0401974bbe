import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DeviceEntry } from '../../schema/entry/entry.ts';
import { readShop } from '../testing/read-shop.ts';
import { createTestJournal } from '../testing/test-device.ts';
import { pushRows, signatureOf } from '../testing/test-push.ts';
import { openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';
import { verifyDatabase } from '../verify/verify-database.ts';
import { closeGap } from './close-gap.ts';
import type { Core } from './core.ts';
import { pushJournal } from './push-journal.ts';
import { retireDevice } from './retire-device.ts';

const RUNS = 40;
const TEST_MS_MAX = 120_000;
const ROWS = 6;

const order = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 60, maxLength: 60 });
const history = fc.record({
  /** In the lost history: the order of arrival, which rows came damaged first, and after how many gaps were closed. */
  first: order,
  damaged: fc.array(fc.boolean(), { minLength: ROWS, maxLength: ROWS }),
  closeAfter: fc.integer({ min: 1, max: ROWS }),
  /** In the restored one: the order in which rows and the lost server journal come, and in what batches. */
  again: order,
  batch: fc.integer({ min: 1, max: 5 }),
  retireAfter: fc.integer({ min: 0, max: 12 }),
});
type History = typeof history extends fc.Arbitrary<infer Value> ? Value : never;

const shuffled = <Row>(rows: readonly Row[], by: readonly number[]): Row[] =>
  rows
    .map((row, index) => ({ row, at: by[index] ?? 0 }))
    .sort((left, right) => left.at - right.at)
    .map(({ row }) => row);

/** Lives the lost history, and gives what its server journal said. */
async function lose(lost: TestShop, device: TestEnrolment, entries: readonly DeviceEntry[], how: History) {
  for (const [index, entry] of shuffled(entries, how.first).entries()) {
    const isDamaged = how.damaged[entry.seq - 1];
    await pushRows(lost.core, device, [isDamaged ? { ...entry, person: 5 } : entry]);
    if (index + 1 === how.closeAfter) await closeGap(lost.core, device.device.deviceId, 99, 'lost');
    if (isDamaged) await pushRows(lost.core, device, [entry]);
  }
  const devices = await lost.core.store.read((tx) => tx.devicesOfBranch('utama' as never));
  const server = devices.find(({ till }) => till === 'SERVER');
  const said = server ? await readShop(lost.core).entriesOf(server.deviceId) : [];
  return { certificate: server?.certificate ?? '', said };
}

test('[PUSH9] [ENT15] [F12] a lost history’s server journal and its device’s rows, in any order, twice: the plain sum', {
  timeout: TEST_MS_MAX,
}, async () => {
  const restored = await openTestShop();
  const courier = await restored.enrol('till', 'K5');
  let run = 0;
  const runOnce = async (how: History): Promise<void> => {
    run += 1;
    const lost = await openTestShop();
    const product = await restored.addProduct(`p${run}`);
    await lost.addProduct(`p${run}`);
    const device = await lost.enrol('till', `T${run}`);
    const journal = createTestJournal(device);
    const entries = Array.from({ length: ROWS }, (_, index) => journal.sell(product, 10 ** index));
    const { certificate, said } = await lose(lost, device, entries, how);
    const core = Object.create(restored.core, { shopKey: { value: lost.core.shopKey } }) as Core;
    const rows = [
      ...entries.map((row) => ({ row: row as unknown, signature: signatureOf(device, row) })),
      ...said.map(({ id, hash, signature, json }) => ({ row: JSON.parse(json), signature: [{ id, hash, signature }] })),
    ];
    const arriving = shuffled([...rows, ...rows], how.again);
    for (let at = 0; at < arriving.length; at += how.batch) {
      const part = arriving.slice(at, at + how.batch);
      const [sent, signatures] = [part.map(({ row }) => row), part.flatMap(({ signature }) => signature)];
      const certificates = [certificate, device.certificate];
      const { verdicts } = await pushJournal(core, courier.stored, { entries: sent, signatures, certificates });
      expect(verdicts.filter(({ verdict }) => !['accepted', 'duplicate'].includes(verdict))).toEqual([]);
      if (at === how.retireAfter) await retireDevice(core, device.device.deviceId, 'gone');
    }
    const sum = entries.reduce((units, { seq }) => units + 10 ** (seq - 1), 0);
    expect(0 - (await readShop(core).onHand(product))).toBe(sum);
    await lost.close();
  };
  await fc.assert(fc.asyncProperty(history, runOnce), { numRuns: RUNS, endOnFailure: true });
  const { verify } = restored.deps;
  expect(verifyDatabase(join(restored.dataDir, 'laci.db'), { verify }).findings).toEqual([]);
  await restored.close();
});
