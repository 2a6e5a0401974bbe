import { expect, type Page } from '@playwright/test';
import { expectAllSent } from './acts.ts';
import { entriesOf } from './day-books.ts';
import * as parts from './day-by-keys.ts';
import { expectAccounts, expectRung, expectSound, expectStocks } from './day-checks.ts';
import { figuresOf } from './day-figures.ts';
import { type Day, dayCatalogue, manyBarcodes, roundUp } from './day-goods.ts';
import * as keys from './day-keys.ts';
import * as acts from './day-keys-acts.ts';
import { reportRows, shownRows } from './day-report.ts';
import { enrolStrictly } from './day-seat.ts';
import { test } from './seat.ts';
import { shopOfThisFile } from './shop.ts';

const shop = shopOfThisFile({ catalogue: dayCatalogue(), pins: true });
const FLOAT = 300_000;
/** Pieces of each note, the largest first, as the count lists them. */
const NOTES = [100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000];
const PIECES = [12, 7, 9, 4, 11, 3, 8];
test.setTimeout(900_000);

test('[SHF14] [SHF6] [SHF9] a whole day by the keyboard alone, offline from before it opens until after its Z', async ({
  sit,
}) => {
  const seat = await sit(shop(), 'K1', { enrol: false });
  const { page } = seat;
  const day: Day = { page, many: manyBarcodes(2 * parts.PLAIN_SALES), rung: [] };
  await enrolStrictly(seat, shop().code('K1'));
  await seat.cutOff();
  await test.step('sign in and open', () => parts.signInAndOpen(day, FLOAT));
  await test.step('plain sales', () => parts.plainSales(day));
  await test.step('offers', () => parts.offers(day));
  const discounted = await test.step('discounts', () => parts.discounts(day));
  await test.step('fresh goods', () => parts.freshGoods(day));
  await test.step('an open item and a parked cart', () => parts.openItemAndParked(day));
  await test.step('QRIS and store credit', () => parts.laterMoney(day));
  await test.step('returns and an exchange', () => parts.goodsBack(day, discounted));
  const x = await test.step('the drawer, and an X report of the manager', () => drawerAndX(day));
  const blind = await readX(page);
  await acts.closeShift(page, PIECES);
  const z = await shownRows(page.getByTestId('z-report'));
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('shift-row')).toHaveAttribute('data-z', '1');
  await seat.bringBack();
  await expectAllSent(page);

  const entries = entriesOf(shop(), 'K1');
  const upToX = entries.slice(0, entries.findIndex(({ body }) => body.receipt === x.behind) + 1);
  const counted = PIECES.reduce((sum, count, at) => sum + count * (NOTES[at] ?? 0), 0);
  const figures = figuresOf(entries);
  expect(day.rung).toHaveLength(parts.PLAIN_SALES + parts.OTHER_SALES);
  expectSound(entries);
  expectRung(entries, day.rung);
  expect(entries.filter(({ flags }) => flags.length > 0)).toEqual([]);
  expect(x.rows).toEqual(reportRows(figuresOf(upToX), { language: 'en' }));
  expect(blind).toEqual(reportRows(figures, { language: 'en', blind: true }));
  expect(z).toEqual(reportRows(figures, { language: 'en', counted }));
  expectStocks(shop(), entries);
  expectAccounts(shop(), entries);
});

/** Money in and out; then the manager looks, right behind a receipt that is known. */
async function drawerAndX({ page, many, rung }: Day) {
  await acts.moveCash(page, 'cash-in', 200_000, 'uang kecil');
  await acts.moveCash(page, 'cash-out', 45_000, 'es batu');
  await keys.openPage(page, 'sell');
  await keys.ring(page, many[14] ?? '', many[15] ?? '');
  rung.push(await keys.sellForCash(page));
  await keys.changePerson(page, 'Budi');
  const x = { rows: await readX(page), behind: rung.at(-1)?.receipt ?? '' };
  await keys.changePerson(page, 'Sari');
  await keys.openPage(page, 'sell');
  await keys.ring(page, many[16] ?? '');
  rung.push(await keys.sellForCash(page, roundUp));
  return x;
}

async function readX(page: Page): Promise<string[]> {
  await keys.openPage(page, 'shift');
  await keys.press(page, keys.byId('shift-x'));
  const rows = await shownRows(page.getByTestId('x-report'));
  await page.keyboard.press('Escape');
  await keys.noWindow(page);
  return rows;
}
