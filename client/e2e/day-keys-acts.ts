import { expect, type Page } from '@playwright/test';
import type { Rung } from './day-goods.ts';
import {
  approve,
  byId,
  nextCustomer,
  noWindow,
  openPage,
  press,
  startPaying,
  tabTo,
  type,
  typeAndEnter,
} from './day-keys.ts';

/** The rarer acts of a day, by the keyboard alone. */

/** A part in cash, the rest by card. */
export async function sellSplit(page: Page, cash: number): Promise<Rung> {
  const due = await startPaying(page);
  await typeAndEnter(page, String(cash));
  await expect(page.getByTestId('pay-left')).toBeVisible();
  await page.keyboard.press('F7');
  await expect(page.getByTestId('part-amount')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('card-last4')).toBeFocused();
  await typeAndEnter(page, '4321');
  const paid = [
    { tender: 'cash', amount: cash },
    { tender: 'card', amount: due - cash },
  ];
  return { receipt: await nextCustomer(page), due, paid };
}

export async function sellByQris(page: Page): Promise<Rung> {
  const due = await startPaying(page);
  await page.keyboard.press('F8');
  await expect(page.getByTestId('part-amount')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('qris-paid')).toBeFocused();
  await page.keyboard.press('Enter');
  return { receipt: await nextCustomer(page), due, paid: [{ tender: 'qris', amount: due }] };
}

/** On the account of the cart's customer, with the manager's leave. */
export async function sellOnCredit(page: Page): Promise<Rung> {
  const due = await startPaying(page);
  await page.keyboard.press('F9');
  await expect(page.getByTestId('part-amount')).toBeFocused();
  await page.keyboard.press('Enter');
  await approve(page);
  return { receipt: await nextCustomer(page), due, paid: [{ tender: 'credit', amount: due }] };
}

export async function chooseCustomer(page: Page, name: string): Promise<void> {
  await noWindow(page);
  await page.keyboard.press('F6');
  await expect(page.getByTestId('customer-input')).toBeFocused();
  await type(page, name);
  await expect(page.getByTestId('customer-choice').first()).toContainText(name);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('tool-customer')).toContainText(name);
}

/** In an open window: a discount of a kind, and the key that takes it. */
export async function discount(page: Page, kind: 'percent' | 'amount', value: string): Promise<void> {
  await tabTo(page, 'fieldset input[type="radio"]');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByTestId('discount-input')).toBeFocused();
  if (kind === 'amount') {
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('ArrowRight');
    await expect(page.getByTestId('discount-input')).toBeFocused();
  }
  await typeAndEnter(page, value);
}

/** Opens the cart's first line. */
export async function openLine(page: Page): Promise<void> {
  await noWindow(page);
  await page.keyboard.press('F2');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('line-quantity')).toBeFocused();
}

export async function hold(page: Page, name: string): Promise<void> {
  await noWindow(page);
  await page.keyboard.press('F3');
  await expect(page.getByTestId('held-name')).toBeFocused();
  await typeAndEnter(page, name);
  await expect(page.getByTestId('cart-line')).toHaveCount(0);
  await noWindow(page);
}

/** Opens the only held cart. */
export async function takeHeld(page: Page): Promise<void> {
  await noWindow(page);
  await page.keyboard.press('F3');
  await page.getByTestId('held-row').waitFor();
  await press(page, byId('held-take'));
  await noWindow(page);
}

/** Finds a receipt by its number and opens its return. */
export async function openReturn(page: Page, receipt: string): Promise<void> {
  await openPage(page, 'receipts');
  await tabTo(page, byId('receipt-find'));
  await page.keyboard.press('Control+A');
  await typeAndEnter(page, receipt);
  await page.getByTestId('receipt').waitFor();
  await press(page, byId('start-refund'));
  await page.getByTestId('refund-form').waitFor();
}

/** Says why, asks for leave, and closes the receipt of what came back. Gives its number. */
export async function giveBack(page: Page, reason: string): Promise<string> {
  await tabTo(page, byId('refund-reason'));
  await typeAndEnter(page, reason);
  await approve(page);
  return nextCustomer(page);
}

/** Money into the drawer or out of it. */
export async function moveCash(page: Page, kind: 'cash-in' | 'cash-out', amount: number, why: string): Promise<void> {
  await openPage(page, 'shift');
  await press(page, byId(`shift-${kind}`));
  await expect(page.getByTestId('drawer-amount')).toBeFocused();
  await type(page, String(amount));
  await page.keyboard.press('Tab');
  await typeAndEnter(page, why);
  if (kind === 'cash-out') await approve(page);
  await noWindow(page);
}

/** Counts the drawer by pieces, closes the shift and leaves the Z report on the screen. */
export async function closeShift(page: Page, pieces: readonly number[]): Promise<void> {
  await openPage(page, 'shift');
  await press(page, byId('shift-close'));
  await expect(page.getByTestId('pieces-100000')).toBeFocused();
  for (const count of pieces) {
    await page.keyboard.type(String(count));
    await page.keyboard.press('Tab');
  }
  await page.waitForTimeout(90);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('close-confirm')).toBeFocused();
  await page.keyboard.press('Enter');
  await page.getByTestId('z-report').waitFor();
}
