import { expect } from '@playwright/test';
import { expectAllSent, expectConnection, findReceiptOfAnother, goTo } from './acts.ts';
import { closeShift, dayApart, hold, openHeld, owes, payBack, ring, sell } from './day-apart.ts';
import { entriesOf } from './day-books.ts';
import { expectAccounts, expectSound, expectStocks, owedOf } from './day-checks.ts';
import { figuresOf } from './day-figures.ts';
import { dayCatalogue } from './day-goods.ts';
import { reportRows } from './day-report.ts';
import { test } from './seat.ts';
import { shopOfThisFile } from './shop.ts';

const shop = shopOfThisFile({ catalogue: dayCatalogue(), pins: true });
/** Long enough to show every sale of the day at once. */
const TALL = { viewport: { width: 1280, height: 2400 } };
test.setTimeout(900_000);

test('[SHF14] [DRF19] [RET6] [CRD6] two tills and a manager meet after a day apart: nothing is lost, and what was done twice is told', async ({
  sit,
}) => {
  const [a, b, m] = await Promise.all([
    sit(shop(), 'K1'),
    sit(shop(), 'K2'),
    sit(shop(), 'M1', { path: '/sales', browser: TALL }),
  ]);
  let [shared, zOfA]: [string, string[]] = ['', []];
  await test.step('what both know before they part', async () => {
    await ring(a.page, 20, 21);
    shared = await sell(a.page);
    await ring(a.page, 22);
    await hold(a.page, 'Meja 7');
    await ring(a.page, 23, 24);
    await hold(a.page, 'Meja 9');
    await expectAllSent(a.page);
    await b.page.getByTestId('held-open').click();
    await expect(b.page.getByTestId('held-row')).toHaveCount(2);
    await b.page.keyboard.press('Escape');
    await goTo(b.page, '/receipts');
    await findReceiptOfAnother(b.page, shared);
    await b.page.getByTestId('next-customer').click();
    await goTo(b.page, '/sell');
  });
  const twice = await test.step('a day apart', async () => {
    await Promise.all([a.cutOff(), b.cutOff(), m.cutOff()]);
    const receipts = [await dayApart(a, 0, shared), await dayApart(b, 10, shared)];
    await payBack(b.page, 'Pak Agus', 3_000);
    zOfA = await closeShift(a.page, 400_000);
    return receipts;
  });
  await test.step('they meet: everything is acknowledged', async () => {
    for (const seat of [a, b, m]) {
      await seat.bringBack();
      await expectConnection(seat.page, 'online');
      await expectAllSent(seat.page);
    }
  });
  await test.step('what was done twice is told on all three', async () => {
    for (const { page } of [a, b, m]) {
      const sold = page.getByTestId('notice-sold-twice');
      for (const receipt of twice) await expect(sold).toContainText(receipt, { timeout: 60_000 });
      await expect(page.getByTestId('notice-over-refunded')).toContainText(shared, { timeout: 60_000 });
    }
  });
  await test.step('the shared cart has what both added, and is closed everywhere once it is paid', async () => {
    await goTo(a.page, '/sell');
    await openHeld(a.page, 'Meja 7');
    await expect(a.page.getByTestId('cart-line')).toHaveCount(3);
    await sell(a.page);
    await expectAllSent(a.page);
    for (const { page } of [a, b, m]) {
      await goTo(page, '/sell');
      await page.getByTestId('held-open').click();
      await expect(page.getByTestId('held-row')).toHaveCount(0, { timeout: 60_000 });
      await page.keyboard.press('Escape');
    }
  });
  const zOfB = await closeShift(b.page, 300_000);
  await expectAllSent(b.page);

  const [ofA, ofB] = [entriesOf(shop(), 'K1'), entriesOf(shop(), 'K2')];
  const all = [...ofA, ...ofB];
  await test.step('the books: both Z reports, the merged stock, the accounts', async () => {
    expectSound(ofA);
    expectSound(ofB);
    const flagged = all.filter(({ flags }) => flags.length > 0);
    expect(flagged.map(({ kind, flags }) => [kind, flags.map((flag) => flag.split(':')[0])])).toEqual([
      ['sale', ['cart-sold-twice']],
      ['refund', ['over-refunded']],
    ]);
    const closed = ofA.findIndex(({ kind }) => kind === 'shift-close');
    const opened = (entries: typeof ofA) => entries.findIndex(({ kind }) => kind === 'shift-open');
    const figures = (entries: typeof ofA) => ({
      ...figuresOf(entries.slice(opened(entries))),
      perpetual: figuresOf(entries).perpetual,
    });
    const outside = `Outside a shift (1): ${ofA.find(({ body }) => body.receipt === shared)?.body.totals.due}`;
    const rowsOfA = reportRows(figures(ofA.slice(0, closed)), { language: 'en', counted: 400_000 });
    expect(zOfA).toEqual([...rowsOfA.slice(0, -1), outside, ...rowsOfA.slice(-1)]);
    expect(zOfB).toEqual(reportRows(figures(ofB), { language: 'en', counted: 300_000 }));
    expectStocks(shop(), all);
    expectAccounts(shop(), all);
  });
  await test.step('the screens say the same: what Pak Agus owes, and every receipt at the manager’s', async () => {
    for (const { page } of [a, b, m]) expect(await owes(page, 'Pak Agus')).toBe(owedOf(all).get('agus'));
    await goTo(m.page, '/sales');
    const shown = m.page.getByTestId('sale-row');
    for (const { kind, body } of all)
      if (kind === 'sale' || kind === 'refund')
        await expect(shown.filter({ hasText: body.receipt })).not.toHaveCount(0);
  });
});
