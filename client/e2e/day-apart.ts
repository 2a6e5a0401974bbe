import { expect, type Page } from '@playwright/test';
import { goTo, pay, receiptNumber, scan } from './acts.ts';
import { manyBarcodes } from './day-goods.ts';
import { shownRows, wholeNumber } from './day-report.ts';
import type { Seat } from './seat.ts';

/** What two tills do on a day apart, by mouse and scanner. */

const MANY = manyBarcodes(30);
const FLOAT = 250_000;

export async function ring(page: Page, ...places: number[]): Promise<void> {
  for (const place of places) await scan(page, MANY[place] ?? '');
}

export async function sell(page: Page): Promise<string> {
  const receipt = await pay(page);
  await page.getByTestId('next-customer').click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  return receipt;
}

export async function sellOnCredit(page: Page, customer: string): Promise<string> {
  await page.getByTestId('tool-customer').click();
  await page.getByTestId('customer-input').fill(customer);
  await page.getByTestId('customer-choice').filter({ hasText: customer }).first().click();
  await page.getByTestId('pay').click();
  await page.getByTestId('tender-credit').click();
  await page.getByTestId('credit-pay').click();
  const receipt = await receiptNumber(page);
  await page.getByTestId('next-customer').click();
  return receipt;
}

export async function hold(page: Page, name: string): Promise<void> {
  await page.getByTestId('held-open').click();
  await page.getByTestId('held-name').fill(name);
  await page.getByTestId('held-hold').click();
  await expect(page.getByTestId('cart-line')).toHaveCount(0);
  await expect(page.getByTestId('held-dialog')).toHaveCount(0);
}

export async function openHeld(page: Page, name: string): Promise<void> {
  await page.getByTestId('held-open').click();
  await page.getByTestId('held-row').filter({ hasText: name }).getByTestId('held-take').click();
  await expect(page.getByTestId('held-dialog')).toHaveCount(0);
}

export async function openShift(page: Page): Promise<void> {
  await goTo(page, '/shift');
  await page.getByTestId('shift-float').fill(String(FLOAT));
  await page.getByTestId('shift-open').click();
  await page.getByTestId('shift-x').waitFor();
  await goTo(page, '/sell');
}

/** Counts, closes, and gives the rows of the Z report on the screen. */
export async function closeShift(page: Page, sum: number): Promise<string[]> {
  await goTo(page, '/shift');
  await page.getByTestId('shift-close').click();
  await page.getByTestId('count-way').click();
  await page.getByTestId('count-sum').fill(String(sum));
  await page.getByTestId('count-done').click();
  await page.getByTestId('close-confirm').click();
  const rows = await shownRows(page.getByTestId('z-report'));
  await page.getByTestId('z-done').click();
  return rows;
}

export async function giveAllBack(page: Page, receipt: string): Promise<void> {
  await goTo(page, '/receipts');
  await page.getByTestId('receipt-find').fill(receipt);
  await page.getByTestId('receipt-find').press('Enter');
  await page.getByTestId('start-refund').click();
  await page.getByTestId('refund-all').click();
  await page.getByTestId('refund-reason').fill('rusak');
  await page.getByTestId('refund-confirm').click();
  await page.getByTestId('next-customer').click();
  await goTo(page, '/sell');
}

/** Each till does its own day while nobody hears of the other. Gives the receipt with which it was paid for the cart that both have. */
export async function dayApart({ page }: Seat, first: number, shared: string): Promise<string> {
  await openShift(page);
  for (const place of [0, 1, 2]) {
    await ring(page, first + place, first + 3);
    await sell(page);
  }
  await openHeld(page, 'Meja 7');
  await ring(page, first + 4, first + 4);
  await hold(page, 'Meja 7');
  await openHeld(page, 'Meja 9');
  const twice = await sell(page);
  await ring(page, first + 5);
  await sellOnCredit(page, 'Pak Agus');
  await giveAllBack(page, shared);
  return twice;
}

export async function payBack(page: Page, customer: string, amount: number): Promise<void> {
  await goTo(page, '/credit');
  await page.getByTestId('credit-row').filter({ hasText: customer }).getByTestId('pay-back').click();
  await page.getByTestId('pay-back-amount').fill(String(amount));
  await page.getByTestId('pay-back-save').click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await goTo(page, '/sell');
}

/** What the screen says a customer owes. */
export async function owes(page: Page, customer: string): Promise<number> {
  await goTo(page, '/credit');
  const text = page.getByTestId('credit-row').filter({ hasText: customer }).getByTestId('account-text');
  return wholeNumber(/Rp\s*[\d,]+/.exec((await text.textContent()) ?? '')?.[0] ?? '');
}
