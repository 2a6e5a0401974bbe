import { afterEach, beforeEach, expect, test } from 'vitest';
import type { BodyOf, DeviceEntry } from '../../schema/entry/entry.ts';
import { type EntryId, shiftIdShape } from '../../schema/ids.ts';
import { type Money, ZERO } from '../../schema/money.ts';
import { perpetualOf, shiftReport } from '../../schema/shift-report.ts';
import { createTestJournal } from '../testing/test-device.ts';
import { pushRows } from '../testing/test-push.ts';
import { openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';
import { closeGap } from './close-gap.ts';

/** A till that sells in two shifts, as a list of its entries. */
let shop: TestShop;
let till: TestEnrolment;
let entries: DeviceEntry[];
let sell: (units: number) => void;
let open: (name: string) => void;
let close: (name: string, from: number, wrong?: Partial<BodyOf<'shift-close'>>) => DeviceEntry;

const FLOAT = 100_000 as Money;

beforeEach(async () => {
  shop = await openTestShop();
  till = await shop.enrol();
  const coffee = await shop.addProduct('coffee');
  const journal = createTestJournal(till);
  entries = [];
  sell = (units) => void entries.push(journal.sell(coffee, units));
  open = (name) => void entries.push(journal.write('shift-open', { shift: shiftIdShape.parse(name), float: FLOAT }));
  close = (name, from, wrong = {}) => {
    const opening = { shift: shiftIdShape.parse(name), float: FLOAT };
    const report = shiftReport(entries.slice(from - 1), opening, perpetualOf(entries));
    const written = journal.write('shift-close', { ...report, zNo: 1, countedCash: ZERO, ...wrong });
    entries.push(written);
    return written;
  };
});
afterEach(() => shop.close());

const push = (rows: readonly DeviceEntry[] = entries) => pushRows(shop.core, till, rows);
const zFlags = async (id: EntryId) =>
  (await shop.core.store.read((tx) => tx.entry(id)))?.flags.filter((flag) => flag.startsWith('z-')) ?? null;

/** Two shifts; gives their Z reports. */
function twoShifts(first: object = {}, second: object = {}): [DeviceEntry, DeviceEntry] {
  sell(1);
  open('s-1');
  sell(2);
  const one = close('s-1', 1, first);
  const { length } = entries;
  open('s-2');
  sell(3);
  return [one, close('s-2', length + 1, { zNo: 2, ...second })];
}

test('[SHF11] Z reports that say what their entries say are not flagged', async () => {
  const [one, two] = twoShifts();
  await push();
  expect([await zFlags(one.id), await zFlags(two.id)]).toEqual([[], []]);
});

test('[SHF11] a figure that does not follow is accepted and flagged', async () => {
  const [one, two] = twoShifts({ expectedCash: 1 }, { perpetualTotal: 7 });
  expect((await push()).verdicts.every(({ verdict }) => verdict === 'accepted')).toBe(true);
  expect([await zFlags(one.id), await zFlags(two.id)]).toEqual([['z-figures'], ['z-figures']]);
});

test('[SHF11] a number that comes again or leaves one out is flagged', async () => {
  const [one, two] = twoShifts({}, { zNo: 1 });
  open('s-3');
  const three = close('s-3', entries.length, { zNo: 3 });
  await push();
  expect([await zFlags(one.id), await zFlags(two.id)]).toEqual([[], ['z-number']]);
  expect(await zFlags(three.id)).toContain('z-number');
});

test('[SHF11] entries that come out of order are looked at when nothing before is missing', async () => {
  const [one, two] = twoShifts({}, { sales: 9 });
  await push(entries.slice(4));
  expect(await zFlags(two.id)).toEqual([]);
  await push(entries.slice(0, 4));
  expect([await zFlags(one.id), await zFlags(two.id)]).toEqual([[], ['z-figures']]);
});

test('[SHF11] a Z report whose predecessor was lost with a closed gap is not held against its till', async () => {
  const [one, two] = twoShifts();
  await push([...entries.slice(0, 1), ...entries.slice(4)]);
  await closeGap(shop.core, till.device.deviceId, 99, 'lost');
  expect(await zFlags(two.id)).toEqual([]);
  await push([one]);
  const { length } = entries;
  open('s-3');
  const three = close('s-3', length + 1, { zNo: 3 });
  await push(entries.slice(length));
  expect(await zFlags(three.id)).toEqual([]);
});

test('[SHF11] a Z report that leaves sales out is flagged, unless its device had purged', async () => {
  const [, two] = twoShifts();
  open('s-3');
  const { length } = entries;
  sell(1);
  const three = close('s-3', length, { zNo: 3 });
  await push();
  expect([await zFlags(two.id), await zFlags(three.id)]).toEqual([[], []]);
  sell(5);
  open('s-4');
  const four = close('s-4', entries.length, { zNo: 4 });
  await push();
  expect(await zFlags(four.id)).toEqual(['z-figures']);
});
