import { expect, type Page } from '@playwright/test';
import { expectAllSent } from './acts.ts';
import { entriesOf } from './day-books.ts';
import * as parts from './day-by-touch.ts';
import { expectAccounts, expectRung, expectSound, expectStocks } from './day-checks.ts';
import { figuresOf } from './day-figures.ts';
import { type Day, dayCatalogue, manyBarcodes } from './day-goods.ts';
import { reportRows, shownRows } from './day-report.ts';
import { enrolStrictly } from './day-seat.ts';
import * as touch from './day-touch.ts';
import * as acts from './day-touch-acts.ts';
import { test } from './seat.ts';
import { shopOfThisFile } from './shop.ts';

const shop = shopOfThisFile({ catalogue: dayCatalogue(), pins: true });
const BROWSER = { ...touch.PHONE, locale: 'id-ID', colorScheme: 'dark' } as const;
const FLOAT = 150_000;
const COUNTED = 1_000_000;
test.setTimeout(900_000);

test('[SHF14] [SHF6] [SHF9] [TILL16] [TILL25] a whole day by touch alone, on a phone, in Indonesian and in the dark, offline all along', async ({
  sit,
}) => {
  const seat = await sit(shop(), 'K1', { enrol: false, browser: BROWSER });
  const { page } = seat;
  const day: Day = { page, many: manyBarcodes(60).slice(20), rung: [] };
  await enrolStrictly(seat, shop().code('K1'));
  await seat.cutOff();
  await test.step('sign in and open', () => parts.signInAndOpen(day, FLOAT));
  await test.step('plain sales', () => parts.plainSales(day));
  const split = await test.step('offers', () => parts.offers(day));
  await test.step('discounts', () => parts.discounts(day));
  await test.step('an open item and a parked cart', () => parts.openItemAndParked(day));
  await test.step('QRIS and store credit', () => parts.laterMoney(day));
  await test.step('returns, an exchange, the drawer', () => parts.goodsBack(day, split));
  const blind = await readX(page);
  await touch.changePerson(page, 'Budi');
  const x = await readX(page);
  await touch.changePerson(page, 'Dewi');
  await acts.closeShift(page, COUNTED);
  const z = await shownRows(page.getByTestId('z-report'));
  await touch.tap(page, 'z-done');
  await expect(page.getByTestId('shift-row')).toHaveAttribute('data-z', '1');
  await seat.bringBack();
  await expectAllSent(page);

  const entries = entriesOf(shop(), 'K1');
  const figures = figuresOf(entries);
  expect(day.rung).toHaveLength(parts.PLAIN_SALES + parts.OTHER_SALES);
  expectSound(entries);
  expectRung(entries, day.rung);
  expect(entries.filter(({ flags }) => flags.length > 0)).toEqual([]);
  expect(blind).toEqual(reportRows(figures, { language: 'id', blind: true }));
  expect(x).toEqual(reportRows(figures, { language: 'id' }));
  expect(z).toEqual(reportRows(figures, { language: 'id', counted: COUNTED }));
  expectStocks(shop(), entries);
  expectAccounts(shop(), entries);
});

async function readX(page: Page): Promise<string[]> {
  await touch.openPage(page, 'shift');
  await touch.tap(page, 'shift-x');
  const rows = await shownRows(page.getByTestId('x-report'));
  await page.getByRole('dialog').getByRole('button').first().tap();
  await touch.noWindow(page);
  return rows;
}
