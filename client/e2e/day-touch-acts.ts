import { expect, type Page } from '@playwright/test';
import { approve, nextCustomer, noWindow, openCart, openPage, tap, write } from './day-touch.ts';

/** The rarer acts of a day, by touch alone. */

export async function chooseCustomer(page: Page, name: string): Promise<void> {
  await openCart(page);
  await tap(page, 'tool-customer');
  await write(page, 'customer-input', name);
  await page.getByTestId('customer-choice').filter({ hasText: name }).first().tap();
  await expect(page.getByTestId('tool-customer')).toContainText(name);
}

/** In an open window: the kinds stand in a row, none first, then percent and amount. */
export async function discount(page: Page, kind: 'percent' | 'amount', value: string): Promise<void> {
  const kinds = page.getByRole('dialog').last().locator('fieldset label');
  await kinds.nth(kind === 'percent' ? 1 : 2).tap();
  await write(page, 'discount-input', value);
  await tap(page, 'apply');
}

export async function hold(page: Page, name: string): Promise<void> {
  await openCart(page);
  await tap(page, 'held-open');
  await write(page, 'held-name', name);
  await tap(page, 'held-hold');
  await expect(page.getByTestId('cart-line')).toHaveCount(0);
  await expect(page.getByTestId('held-dialog')).toHaveCount(0);
}

/** Opens the only held cart. */
export async function takeHeld(page: Page): Promise<void> {
  await openCart(page);
  await tap(page, 'held-open');
  await tap(page, 'held-take');
  await expect(page.getByTestId('held-dialog')).toHaveCount(0);
}

/** Opens the return of a receipt from the list. */
export async function openReturn(page: Page, receipt: string): Promise<void> {
  await openPage(page, 'receipts');
  await page.locator(`[data-receipt="${receipt}"]`).tap();
  await tap(page, 'start-refund');
  await page.getByTestId('refund-form').waitFor();
}

/** One piece more of the first line comes back. */
export async function oneBack(page: Page): Promise<void> {
  await page.getByTestId('refund-form').getByRole('listitem').first().getByRole('button').last().tap();
}

export async function giveBack(page: Page, reason: string): Promise<string> {
  await write(page, 'refund-reason', reason);
  await tap(page, 'refund-confirm');
  await approve(page);
  return nextCustomer(page);
}

export async function moveCash(page: Page, kind: 'cash-in' | 'cash-out', amount: number, why: string): Promise<void> {
  await openPage(page, 'shift');
  await tap(page, `shift-${kind}`);
  await write(page, 'drawer-amount', String(amount));
  await write(page, 'drawer-reason', why);
  await tap(page, 'drawer-confirm');
  if (kind === 'cash-out') await approve(page);
  await noWindow(page);
}

/** Counts the drawer as one sum, closes the shift and leaves the Z report on the screen. */
export async function closeShift(page: Page, sum: number): Promise<void> {
  await openPage(page, 'shift');
  await tap(page, 'shift-close');
  await tap(page, 'count-way');
  await write(page, 'count-sum', String(sum));
  await tap(page, 'count-done');
  await tap(page, 'close-confirm');
  await page.getByTestId('z-report').waitFor();
}
