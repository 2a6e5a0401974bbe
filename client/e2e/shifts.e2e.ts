import { expect, type Page } from '@playwright/test';
import { expectAllSent, expectConnection, findReceiptOfAnother, goTo, receiptNumber, sell } from './acts.ts';
import { findViolations } from './axe.ts';
import { rowNamed } from './catalogue.ts';
import { signIn, test, typePin } from './seat.ts';
import { shopOfThisFile } from './shop.ts';

const shop = shopOfThisFile({ pins: true });
test.setTimeout(180_000);

/** Rupiah as these screens write them. */
const rupiah = (amount: number) => amount.toLocaleString('en-GB');
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** Presses Tab until the focus is where it is wanted. */
async function tabTo(page: Page, testId: string): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    const focused = await page.evaluate(() => document.activeElement?.getAttribute('data-testid'));
    if (focused === testId) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`The keyboard does not reach ${testId}.`);
}

test('[SHF6] [SHF9] a whole shift by the keyboard alone, offline: open, sell, money out, X, blind count, Z', async ({
  sit,
}) => {
  const seat = await sit(shop(), 'K1');
  const { page } = seat;
  await seat.cutOff();
  await goTo(page, '/shift');
  await tabTo(page, 'shift-float');
  await page.keyboard.type('200000');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('shift')).toContainText('200,000');
  await goTo(page, '/sell');
  await page.keyboard.press('/');
  await page.keyboard.type('Kopi Tub', { delay: 90 });
  await page.keyboard.press('Enter');
  await page.keyboard.press('F4');
  await expect(page.getByTestId('cash-given')).toBeFocused();
  await page.keyboard.press('Enter');
  await receiptNumber(page);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('receipt')).toBeHidden();
  await goTo(page, '/shift');
  await tabTo(page, 'shift-cash-out');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('drawer-amount')).toBeFocused();
  await page.keyboard.type('10000');
  await page.keyboard.press('Tab');
  await page.keyboard.type('es batu');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('message')).toContainText('10,000');
  await tabTo(page, 'shift-x');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('x-report')).toContainText('Sales');
  await page.keyboard.press('Escape');
  await tabTo(page, 'shift-close');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('pieces-100000')).toBeFocused();
  await page.keyboard.type('2');
  // 200,000 + 12,500 − 10,000 should be there; nothing on the screen says so.
  await expect(page.getByRole('dialog')).not.toContainText('202,500');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('close-confirm')).toBeFocused();
  await expect(page.getByRole('dialog')).not.toContainText('202,500');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('count-outcome')).toHaveAttribute('data-difference', '-2500');
  await expect(page.getByTestId('z-report')).toContainText('202,500');
  expect(await findViolations(page, 'shift-1')).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('shift-row')).toHaveAttribute('data-z', '1');
  await expect(page.getByTestId('waiting-count')).not.toHaveAttribute('data-waiting', '0');
});

test('[SHF6] [SHF1] the same by touch on a phone, in the sum, over a reload', async ({ sit }) => {
  const { page } = await sit(shop(), 'K2', { browser: PHONE });
  await goTo(page, '/shift');
  await page.getByTestId('shift-float').fill('100000');
  await page.getByTestId('shift-open').tap();
  await page.reload();
  await page.getByTestId('shift-cash-in').tap();
  await page.getByTestId('drawer-amount').fill('50000');
  await page.getByTestId('drawer-reason').fill('bank');
  // A nervous finger puts the money in once.
  await page.getByTestId('drawer-confirm').dblclick();
  await expect(page.getByTestId('message')).toContainText('50,000');
  await page.getByTestId('shift-close').tap();
  await page.getByTestId('count-way').tap();
  await page.getByTestId('count-sum').fill('150000');
  await page.getByTestId('count-done').tap();
  await page.getByTestId('close-confirm').tap();
  await expect(page.getByTestId('count-outcome')).toHaveText('The drawer is right.');
  await page.getByTestId('z-done').tap();
  await expect(page.getByTestId('shift-row')).toHaveCount(1);
  expect(await findViolations(page, 'shift-2')).toEqual([]);
});

async function openReceipt(page: Page, receipt: string): Promise<void> {
  await goTo(page, '/receipts');
  await findReceiptOfAnother(page, receipt);
  await page.getByTestId('start-refund').click();
}

test('[RET8] an exchange: one comes back, another goes out, and only the rest is paid', async ({ sit }) => {
  const { page } = await sit(shop(), 'K3');
  const receipt = await sell(page, 'Teh Melati', 2);
  await openReceipt(page, receipt);
  await page.getByRole('button', { name: 'One more Teh Melati' }).click();
  await page.getByTestId('exchange').click();
  const goods = page.getByRole('region', { name: 'Goes out in exchange' });
  await goods.getByRole('textbox').fill('Kopi Tubruk');
  await goods.getByRole('textbox').press('Enter');
  await expect(page.getByTestId('refund-confirm')).toHaveText(/Customer pays Rp\s*4,500/);
  await page.getByTestId('refund-reason').fill('salah rasa');
  expect(await findViolations(page, 'shift-3')).toEqual([]);
  await page.getByTestId('refund-confirm').click();
  await expect(page.getByTestId('receipt')).toContainText(`Refund of ${receipt}`);
  await page.getByTestId('next-customer').click();
  await expect(page.getByTestId('receipt-row')).toHaveCount(3);
});

test('[RET7] [SHF2] a cashier takes goods back without a receipt only with a reason and somebody’s PIN', async ({
  sit,
}) => {
  const { page } = await sit(shop(), 'K4');
  await page.getByTestId('person').click();
  await signIn(page, 'Sari');
  await goTo(page, '/receipts');
  await page.getByTestId('refund-free').click();
  await page.getByTestId('refund-form').getByRole('textbox').first().fill('Teh Melati');
  await page.getByTestId('refund-form').getByRole('textbox').first().press('Enter');
  await page.getByTestId('refund-confirm').click();
  await expect(page.getByText('Write why')).toBeVisible();
  await page.getByTestId('refund-reason').fill('basi');
  await page.getByTestId('refund-confirm').click();
  await page.getByTestId('approval').waitFor();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('alert')).toContainText('Nobody allowed');
  await page.getByTestId('refund-confirm').click();
  await typePin(page, 'Budi');
  await expect(page.getByTestId('receipt')).toContainText(/Total back\s*Rp\s*8,000/);
  await page.getByTestId('next-customer').click();
  await expectAllSent(page);
});

test('[RET6] two tills give money back for one receipt while apart: both are told when they meet, and the manager', async ({
  sit,
}) => {
  const [one, two] = [await sit(shop(), 'K5'), await sit(shop(), 'K6')];
  const manager = await sit(shop(), 'M1', { path: '/sales' });
  const receipt = await sell(one.page, 'Produk 070', 2);
  await expectAllSent(one.page);
  await openReceipt(two.page, receipt);
  await two.page.keyboard.press('Escape');
  for (const seat of [one, two]) {
    await seat.cutOff();
    await openReceipt(seat.page, receipt);
    await seat.page.getByTestId('refund-all').click();
    await seat.page.getByTestId('refund-reason').fill('rusak');
    await seat.page.getByTestId('refund-confirm').click();
    await seat.page.getByTestId('next-customer').click();
  }
  const price = 2 * rowNamed('Produk 070').price;
  for (const seat of [one, two]) {
    await seat.bringBack();
    await expectConnection(seat.page, 'online');
    await expectAllSent(seat.page);
  }
  for (const { page } of [one, two, manager])
    await expect(page.getByTestId('notice-over-refunded')).toContainText(new RegExp(`${receipt}.*${rupiah(price)}`), {
      timeout: 60_000,
    });
  await expect(manager.page.getByTestId('sales-list')).toContainText(`Refunded twice: Rp`);
});
