import { expect, type Locator, type Page } from '@playwright/test';
import { receiptNumber } from './acts.ts';
import type { Rung } from './day-goods.ts';
import { wholeNumber } from './day-report.ts';
import { pinOf } from './shop.ts';

/** A day's acts by touch alone, on a phone; text goes in as its keyboard on the screen would put it. */

export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;

export const tap = (page: Page, testId: string) => page.getByTestId(testId).first().tap();

export async function write(page: Page, testId: string, text: string): Promise<void> {
  await tap(page, testId);
  await page.getByTestId(testId).first().fill(text);
}

export async function openPage(page: Page, name: string): Promise<void> {
  // What has no room in a phone's bar is behind its last button.
  if (await page.getByTestId(`page-${name}`).isHidden()) await tap(page, 'page-more');
  await tap(page, `page-${name}`);
  await page.locator(`main[data-page="${name}"] h1`).waitFor({ state: 'attached' });
}

/** Types a PIN on the pad. */
export async function tapPin(page: Page, name: string): Promise<void> {
  const pad = page.getByTestId('pin-pad');
  for (const digit of pinOf(name)) await pad.getByRole('button', { name: digit, exact: true }).tap();
}

export async function changePerson(page: Page, name: string): Promise<void> {
  await tap(page, 'person');
  await page.getByTestId('person-ask').getByRole('button', { name }).tap();
  await tapPin(page, name);
  await expect(page.getByTestId('person')).toContainText(name);
  await noWindow(page);
}

export async function noWindow(page: Page): Promise<void> {
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

export async function approve(page: Page): Promise<void> {
  await page.getByTestId('approval').waitFor();
  await tapPin(page, 'Budi');
  await expect(page.getByTestId('approval')).toHaveCount(0);
}

/** Finds a product by its barcode or name and taps its tile. */
export async function add(page: Page, wanted: string, times = 1): Promise<void> {
  await write(page, 'search-input', wanted);
  const tiles = page.getByTestId('product-tile');
  await expect(tiles).toHaveCount(1);
  for (let time = 0; time < times; time += 1) await tiles.tap();
  await page.getByTestId('search-input').fill('');
}

/** On a phone the cart has a screen of its own. */
export async function openCart(page: Page): Promise<Locator> {
  const cart = page.getByTestId('cart');
  if (await cart.isHidden()) await tap(page, 'cart-bar');
  await cart.waitFor();
  return cart;
}

export async function closeCart(page: Page): Promise<void> {
  await page.getByTestId('cart').getByRole('button').first().tap();
  await expect(page.getByTestId('cart')).toBeHidden();
}

/** Opens the payment; gives what is due. */
export async function startPaying(page: Page): Promise<number> {
  await openCart(page);
  await tap(page, 'pay');
  const due = page.getByTestId('pay-dialog').locator('strong').first();
  return wholeNumber((await due.textContent()) ?? '');
}

export async function nextCustomer(page: Page): Promise<string> {
  const receipt = await receiptNumber(page);
  await tap(page, 'next-customer');
  await noWindow(page);
  return receipt;
}

/** Cash: exactly, or the largest of the notes that are offered, with change. */
export async function sellForCash(page: Page, change = false): Promise<Rung> {
  const due = await startPaying(page);
  const offered = page.getByTestId('pay-dialog').locator('button[aria-pressed]');
  if (change) await offered.last().tap();
  await tap(page, 'confirm-pay');
  return { receipt: await nextCustomer(page), due, paid: [{ tender: 'cash', amount: due }] };
}

/** Which keyboard the screen would open for a field that has the focus. */
async function expectKeyboard(page: Page, field: string, keyboard: string): Promise<void> {
  await expect(page.getByTestId(field)).toHaveAttribute('inputmode', keyboard);
}

export async function sellSplit(page: Page, cash: number): Promise<Rung> {
  await expectKeyboard(page, 'search-input', 'none');
  const due = await startPaying(page);
  await expectKeyboard(page, 'cash-given', 'none');
  await write(page, 'cash-given', String(cash));
  await expectKeyboard(page, 'cash-given', 'numeric');
  await tap(page, 'confirm-pay');
  await page.getByTestId('pay-left').waitFor();
  await tap(page, 'tender-card');
  await tap(page, 'ask-pay');
  await write(page, 'card-last4', '8800');
  await tap(page, 'card-paid');
  const paid = [
    { tender: 'cash', amount: cash },
    { tender: 'card', amount: due - cash },
  ];
  return { receipt: await nextCustomer(page), due, paid };
}

export async function sellByQris(page: Page): Promise<Rung> {
  const due = await startPaying(page);
  await tap(page, 'tender-qris');
  await tap(page, 'ask-pay');
  await tap(page, 'qris-paid');
  return { receipt: await nextCustomer(page), due, paid: [{ tender: 'qris', amount: due }] };
}

export async function sellOnCredit(page: Page): Promise<Rung> {
  const due = await startPaying(page);
  await tap(page, 'tender-credit');
  await tap(page, 'credit-pay');
  await approve(page);
  return { receipt: await nextCustomer(page), due, paid: [{ tender: 'credit', amount: due }] };
}
