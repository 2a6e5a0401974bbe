import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DeviceEntry } from '../../schema/entry/entry.ts';
import { toApiSale } from '../api/list-sales.ts';
import { toldReceipt } from '../api/told-receipt.ts';
import { BRANCH } from '../seed/shop.ts';
import { createTestJournal } from '../testing/test-device.ts';
import { pushRows } from '../testing/test-push.ts';
import { openTestShop, type TestShop } from '../testing/test-shop.ts';

const FIXTURES = `${import.meta.dirname}/../../schema/fixtures`;
const FIGURES = [0, 1_000_000_000, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER];
/** Clocks: the ends of what is an integer, of what JavaScript calls a date, and of years with four digits. */
const CLOCKS = [Number.MIN_SAFE_INTEGER, -1, 0, Number.MAX_SAFE_INTEGER, 8.64e15, 8.64e15 + 1, 253_402_300_800_000];
const ROWS = 100;

let shop: TestShop;

beforeEach(async () => {
  shop = await openTestShop();
});
afterEach(() => shop.close());

/** One of each kind, as the first version wrote it. */
const recorded = JSON.parse(readFileSync(`${FIXTURES}/v1/entries.json`, 'utf8')) as readonly DeviceEntry[];

/** Every state of a value in which one of its numbers is `figure`. */
function withFigure(value: unknown, figure: number): unknown[] {
  if (typeof value === 'number') return [figure];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    withFigure(part, figure).map((next) =>
      Array.isArray(value) ? value.map((old, at) => (String(at) === key ? next : old)) : { ...value, [key]: next },
    ),
  );
}

test('[PUSH1] [F7] [F17] whatever one number of an entry says, and whatever its clock, each row gets its verdict and can be read', {
  timeout: 60_000,
}, async () => {
  const till = await shop.enrol();
  for (const limited of [true, false]) await shop.addProduct(limited ? 'beras-curah' : '8992761111014', { limited });
  const journal = createTestJournal(till);
  const rows = recorded.flatMap(({ kind, body }) =>
    FIGURES.flatMap((figure) => withFigure(body, figure)).map((next, n) =>
      journal.write(kind, next as never, CLOCKS[n % CLOCKS.length]),
    ),
  );
  for (let from = 0; from < rows.length; from += ROWS) {
    const some = rows.slice(from, from + ROWS);
    const { verdicts, head } = await pushRows(shop.core, till, some);
    expect(verdicts.map(({ id }) => id)).toEqual(some.map(({ id }) => id));
    expect(head.seq).toBe(some.at(-1)?.seq);
  }
  const span = { scope: BRANCH as never, after: 0, limit: rows.length * 2 };
  const told = (await shop.core.store.read((tx) => tx.journalAfter(span, '' as never))).flatMap(
    (entry) => toldReceipt(entry) ?? [],
  );
  expect(told.map(toApiSale).length).toBeGreaterThan(ROWS);
});
