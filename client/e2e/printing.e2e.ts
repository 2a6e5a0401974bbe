import { expect, type Page } from '@playwright/test';
import { addToCart, goTo, pay, scan, sell } from './acts.ts';
import { findViolations } from './axe.ts';
import { test } from './seat.ts';
import { shopOfThisFile } from './shop.ts';
import { holdsBytes, marksOf, papersOf, plugIn, setDeath } from './usb-printer.ts';

const shop = shopOfThisFile();

/** Pairs the printer in the settings, and lets it print every sale. */
async function pair(page: Page): Promise<void> {
  await plugIn(page.context());
  await page.reload();
  await page.getByTestId('settings-menu').click();
  await page.getByTestId('open-printing').click();
  await page.getByTestId('pair-usb').click();
  await expect(page.getByTestId('printer-name')).toContainText('TM-T82');
  await page.getByTestId('print-auto').click();
  await page.getByTestId('print-drawer').click();
  await goTo(page, '/sell');
}

test('[PRINT2] [PRINT4] [F23] a printer dies in the middle: the sale stands, the next one goes on, the retry is a copy', async ({
  sit,
}) => {
  const { page } = await sit(shop(), 'K1');
  await pair(page);
  const first = await sell(page, 'Teh Melati');
  await expect.poll(() => marksOf(page)).toEqual(['first']);
  await setDeath(page, 'middle');
  const second = await sell(page, 'Teh Melati');
  await expect(page.getByTestId('print-notice')).toContainText(`Receipt ${second}`);
  await expect(page.getByTestId('print-notice')).toContainText('The sale is safe.');
  await setDeath(page, 'open');
  const third = await sell(page, 'Teh Melati');
  await expect(page.getByTestId('print-notice')).toContainText(`Receipt ${third}`);
  await setDeath(page, '');
  await page.getByTestId('print-notice').getByTestId('print-retry').click();
  await expect(page.getByTestId('print-notice')).toContainText(`Receipt ${second}`);
  await page.getByTestId('print-notice').getByTestId('print-retry').click();
  await expect(page.getByTestId('print-notice')).toBeHidden();
  await expect.poll(() => marksOf(page)).toEqual(['first', 'first', 'first', '*** SALINAN 1 ***']);
  await goTo(page, '/receipts');
  for (const receipt of [first, second, third])
    await expect(page.getByTestId('receipt-row').filter({ hasText: receipt })).toHaveCount(1);
});

test('[PRINT3] [F23] the tab is loaded anew while it prints: offered, not printed by itself, and then a copy', async ({
  sit,
}) => {
  const { page } = await sit(shop(), 'K2');
  await pair(page);
  await setDeath(page, 'silent');
  await addToCart(page, 'Teh Melati');
  const receipt = await pay(page);
  await expect(page.getByTestId('print-state')).toHaveAttribute('data-state', 'printing');
  await expect.poll(() => holdsBytes(page)).toBe(true);
  await setDeath(page, '');
  await page.reload();
  await expect(page.getByTestId('print-notice')).toContainText(`Receipt ${receipt}`);
  await expect(page.getByTestId('print-notice').getByTestId('print-trouble')).toHaveAttribute(
    'data-fault',
    'interrupted',
  );
  expect(await papersOf(page)).toEqual([]);
  await page.getByTestId('print-retry').click();
  await expect.poll(() => marksOf(page)).toEqual(['*** SALINAN 1 ***']);
});

test('[PRINT10] [PRINT11] a scanned code opens its receipt, where goods are scanned too; a forged one is named', async ({
  sit,
}) => {
  const { page } = await sit(shop(), 'K3');
  await pair(page);
  const receipt = await sell(page, 'Teh Melati');
  await expect.poll(() => papersOf(page)).toHaveLength(1);
  const code = /LACI1-[0-9A-Z-]+/.exec((await papersOf(page))[0] ?? '')?.[0] ?? '';
  await scan(page, code);
  await expect(page.getByTestId('receipt')).toContainText(receipt);
  await page.getByTestId('next-customer').click();
  await goTo(page, '/receipts');
  await scan(page, code);
  await expect(page.getByTestId('receipt')).toContainText(receipt);
  await page.getByTestId('next-customer').click();
  await page.getByTestId('receipt-find').fill(`${code.slice(0, -4)}0000`);
  await page.getByTestId('receipt-find').press('Enter');
  await expect(page.getByText('It may be forged')).toBeVisible();
});

/** Keeps the print dialog "open" so that the page can be looked at as it would be printed. */
async function holdDialog(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.print = () => window.dispatchEvent(new Event('beforeprint'));
  });
}

for (const [paper, label, width] of [
  [58, '58 mm', 164.41],
  [80, '80 mm', 226.77],
] as const) {
  test(`[PRINT6] through the browser only the receipt is printed, on ${paper} mm and one page`, async ({ sit }) => {
    const { page } = await sit(shop(), paper === 58 ? 'K4' : 'K5');
    await goTo(page, '/printing');
    await page.getByText(label).click();
    await goTo(page, '/sell');
    await addToCart(page, 'Teh Melati', 3);
    await pay(page);
    await holdDialog(page);
    await page.getByTestId('receipt-pdf').click();
    await expect(page.getByTestId('print-state')).toHaveAttribute('data-state', 'printing');
    await expect.poll(() => page.title()).toMatch(/^K\d-1-1$/);
    await page.emulateMedia({ media: 'print' });
    const shown = await page.evaluate(
      () => [...document.body.children].filter((one) => one.getClientRects().length > 0).length,
    );
    expect(shown).toBe(1);
    // Chromium prints now, and says that its dialog is closed.
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    const boxes = [...pdf.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)];
    expect(boxes).toHaveLength(1);
    expect(Number(boxes[0]?.[1])).toBeCloseTo(width, -1);
    await page.emulateMedia({ media: 'screen' });
    await expect(page.getByTestId('print-state')).toHaveAttribute('data-state', 'done');
  });
}

test('[PRINT7] [ACCESS1] a browser that reaches no printer says what to use; the screen passes axe', async ({
  sit,
}) => {
  const { page, context } = await sit(shop(), 'K6');
  const found: string[] = [];
  await goTo(page, '/printing');
  await page.getByTestId('print-test').waitFor();
  found.push(...(await findViolations(page, 'printing')));
  await context.addInitScript(() => {
    for (const name of ['usb', 'serial']) Object.defineProperty(navigator, name, { value: undefined });
  });
  await page.reload();
  await expect(page.getByTestId('no-printers')).toContainText('Chrome or Edge');
  found.push(...(await findViolations(page, 'printing without printers')));
  expect(found).toEqual([]);
});
