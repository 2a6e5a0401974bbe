import { expect } from '@playwright/test';
import { expectAllSent, goTo } from './acts.ts';
import { addPlace, choosePart, countAll, openSheet, sellEach } from './count-acts.ts';
import { BARCODES, countCatalogue, openingShelf, wrongBefore } from './count-goods.ts';
import { countedByBarcode, entriesOf } from './day-books.ts';
import { type Seat, test } from './seat.ts';
import { shopOfThisFile } from './shop.ts';

const shop = shopOfThisFile({ catalogue: countCatalogue() });
test.setTimeout(600_000);

/** What people count with. */
const PHONE = { viewport: { width: 390, height: 844 } };
const half = BARCODES.length / 2;
const [FIRST, SECOND] = [BARCODES.slice(0, half), BARCODES.slice(half)];
/** Products that a till sells: `count` receipts of three, from one half of the shelves. */
const receiptsOf = (barcodes: readonly string[], from: number, count: number) =>
  Array.from({ length: count }, (_, receipt) => [0, 1, 2].map((line) => barcodes[from + receipt * 9 + line * 3] ?? ''));

test('[STT1] [STT2] [STT6] [STT7] [STT9] three devices count 500 products offline while two tills sell: the stock is what lies on the shelves', async ({
  sit,
}) => {
  const [m, c1, c2, k1, k2] = await Promise.all([
    ...['M1', 'K3', 'K4'].map((till) => sit(shop(), till, { browser: PHONE })),
    ...['K1', 'K2'].map((till) => sit(shop(), till)),
  ]);
  const [counters, tills] = [[m, c1, c2] as Seat[], [k1, k2] as Seat[]];
  const shelf = openingShelf();
  const take = (barcode: string) => shelf.set(barcode, (shelf.get(barcode) ?? 0) - 1);
  const manager = (m as Seat).page;
  await test.step('the manager begins a sheet, and everybody loses the network', async () => {
    await goTo(manager, '/stocktake');
    await manager.getByTestId('sheet-name').fill('November');
    await manager.getByTestId('sheet-begin').click();
    await manager.getByTestId('sheet-parts').waitFor();
    await expectAllSent(manager);
    for (const { page } of [c1, c2] as Seat[]) await openSheet(page);
    await Promise.all([...counters, ...tills].map((seat) => seat.cutOff()));
    for (const [place, { page }] of counters.entries()) await addPlace(page, `Aisle ${place + 1}`);
  });

  /** Each counter counts a third of some shelves as they are now; the tills sell from the others meanwhile. */
  const countAndSell = async (counted: readonly string[], sold: readonly string[], from: number) => {
    const found = counted.map((barcode) => [barcode, shelf.get(barcode) ?? 0] as const);
    await Promise.all([
      ...counters.map(({ page }, third) =>
        countAll(
          page,
          found.filter((_, place) => place % counters.length === third),
        ),
      ),
      ...tills.map(async ({ page }, till) => {
        for (const receipt of receiptsOf(sold, from + till, 4)) {
          await sellEach(page, receipt);
          for (const barcode of receipt) take(barcode);
        }
      }),
    ]);
  };
  await test.step('one half is counted while the other is sold from, then the other way round', async () => {
    await countAndSell(FIRST, SECOND, 0);
    await countAndSell(SECOND, FIRST, 40);
  });

  await test.step('they meet: the sheet has the places of all three, and asks only for what was wrong before', async () => {
    for (const seat of [...counters, ...tills]) await seat.bringBack();
    for (const { page } of [...counters, ...tills]) await expectAllSent(page);
    for (const { page } of counters) {
      await choosePart(page, 'Places and notes');
      await expect(page.getByTestId('place')).toHaveCount(counters.length);
    }
    await choosePart(manager, 'Result');
    await expect(manager.getByTestId('count-progress')).toContainText(String(BARCODES.length));
    const correct = manager.getByTestId('stocktake-correct');
    await expect(correct).toHaveText(new RegExp(`Correct ${wrongBefore().length} products`));
    await correct.click();
    await expect(correct).toHaveCount(0);
    await expectAllSent(manager);
  });

  await test.step('what the server holds of all 500 is what lies on the shelves', async () => {
    expect(Object.fromEntries(countedByBarcode(shop()))).toEqual(Object.fromEntries(shelf));
    const entries = ['M1', 'K3', 'K4', 'K1', 'K2'].flatMap((till) => entriesOf(shop(), till));
    expect(entries.filter(({ kind }) => kind === 'count')).toHaveLength(BARCODES.length);
    expect(entries.filter(({ verdict, flags }) => verdict !== 'accepted' || flags.length > 0)).toEqual([]);
  });
  await test.step('and a till says the same', async () => {
    const [barcode = ''] = wrongBefore();
    const { page } = k1 as Seat;
    await page.getByTestId('search-input').fill(barcode);
    await expect(page.getByTestId('product-tile').first().getByTestId('stock')).toContainText(
      String(shelf.get(barcode)),
    );
  });
});
