import { expect, type Page } from '@playwright/test';
import { receiptNumber, scan } from './acts.ts';
import type { Rung } from './day-goods.ts';
import { wholeNumber } from './day-report.ts';
import { pinOf } from './shop.ts';

/** A day's acts by the keyboard and the scanner alone: nothing here points at anything. */

/** Longer than a scanner's pause between two keys: what comes behind it is a person's key. */
const PERSON_MS = 90;
/** More focusable things than any screen has, products aside. */
const TABS_MAX = 120;

/** Types as a person does: the Enter that follows ends no scan. */
export async function type(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text);
  await page.waitForTimeout(PERSON_MS);
}

export async function typeAndEnter(page: Page, text: string): Promise<void> {
  await type(page, text);
  await page.keyboard.press('Enter');
}

/** Presses Tab until the focus is on what the selector names. */
export async function tabTo(page: Page, selector: string, key = 'Tab'): Promise<void> {
  for (let presses = 0; presses < TABS_MAX; presses += 1) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`The keyboard does not reach ${selector}.`);
}

export const byId = (testId: string) => `[data-testid="${testId}"]`;

/** Tabs to a button, link or row and presses it. */
export async function press(page: Page, selector: string): Promise<void> {
  await tabTo(page, selector);
  await page.keyboard.press('Enter');
}

/** Goes to another screen by the links at its side. */
export async function openPage(page: Page, name: string): Promise<void> {
  await noWindow(page);
  if (name === 'sell') await page.keyboard.press('Alt+1');
  else await press(page, byId(`page-${name}`));
  await page.locator(`main[data-page="${name}"] h1`).waitFor({ state: 'attached' });
}

export async function noWindow(page: Page): Promise<void> {
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

/** Somebody else comes to the till: it is locked, and they choose their name and type their PIN. */
export async function changePerson(page: Page, name: string): Promise<void> {
  await noWindow(page);
  await page.keyboard.press('Alt+l');
  const names = page.getByTestId('person-ask').getByRole('button');
  await names.first().waitFor();
  for (let presses = 0; presses < TABS_MAX; presses += 1) {
    if (await names.filter({ hasText: name }).evaluate((one) => one === document.activeElement)) break;
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('pin')).toBeFocused();
  await page.keyboard.type(pinOf(name));
  await noWindow(page);
}

/** The manager comes by and allows what is asked. */
export async function approve(page: Page): Promise<void> {
  await page.getByTestId('approval').waitFor();
  await expect(page.getByTestId('pin')).toBeFocused();
  await page.keyboard.type(pinOf('Budi'));
  await expect(page.getByTestId('approval')).toHaveCount(0);
}

/** Scans into the cart. */
export async function ring(page: Page, ...barcodes: readonly string[]): Promise<void> {
  for (const barcode of barcodes) await scan(page, barcode);
}

/** Opens the payment; gives what is due. */
export async function startPaying(page: Page): Promise<number> {
  await noWindow(page);
  await page.keyboard.press('F4');
  await expect(page.getByTestId('cash-given')).toBeFocused();
  return wholeNumber((await page.getByTestId('pay-dialog').locator('strong').first().textContent()) ?? '');
}

/** Reads the receipt's number and goes on to the next customer. */
export async function nextCustomer(page: Page): Promise<string> {
  const receipt = await receiptNumber(page);
  await expect(page.getByTestId('next-customer')).toBeFocused();
  await page.keyboard.press('Enter');
  await noWindow(page);
  return receipt;
}

/** Sells what is in the cart for cash; with `given`, gives change. */
export async function sellForCash(page: Page, given?: (due: number) => number): Promise<Rung> {
  const due = await startPaying(page);
  if (given) await type(page, String(given(due)));
  await page.keyboard.press('Enter');
  return { receipt: await nextCustomer(page), due, paid: [{ tender: 'cash', amount: due }] };
}
