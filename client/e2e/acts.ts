import { expect, type Page } from '@playwright/test';
import { rowNamed } from './catalogue.ts';

/** What people do at a till, step by step. */

/** Finds a product by its name and puts it into the cart `times` times. */
export async function addToCart(page: Page, name: string, times = 1): Promise<void> {
  await page.getByTestId('search-input').fill(name);
  const tile = tileOf(page, name);
  for (let time = 0; time < times; time += 1) await tile.click();
  await page.getByTestId('search-input').fill('');
}

/** The product's tile; the search must show it. */
export function tileOf(page: Page, name: string) {
  return page.getByTestId('product-tile').filter({ hasText: name }).first();
}

/** Sells what is in the cart for exact cash; gives the receipt's number. The receipt stays open. */
export async function pay(page: Page): Promise<string> {
  await page.getByTestId('pay').click();
  await page.getByTestId('confirm-pay').click();
  return receiptNumber(page);
}

/** The number of the receipt on the screen. */
export async function receiptNumber(page: Page): Promise<string> {
  return (await page.getByTestId('receipt').getByTestId('receipt-number').first().textContent())?.trim() ?? '';
}

/** Sells `times` pieces of one product and goes on to the next customer. */
export async function sell(page: Page, name: string, times = 1): Promise<string> {
  await addToCart(page, name, times);
  const receipt = await pay(page);
  await page.getByTestId('next-customer').click();
  return receipt;
}

/** Between two keys of a scanner, in seconds. */
const SCANNER_GAP_S = 0.005;

/**
 * Types a barcode as a scanner does, wherever the focus is. Each key carries the time at which a scanner would have sent it, so that
 * a busy test machine does not look like a person typing.
 */
export async function scan(page: Page, barcode: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const begun = Date.now() / 1000;
  for (const [index, key] of [...barcode, 'Enter'].entries()) {
    const text = key === 'Enter' ? '\r' : key;
    const code = key === 'Enter' ? 'Enter' : `Digit${key}`;
    const at = { key, code, windowsVirtualKeyCode: text.charCodeAt(0), timestamp: begun + index * SCANNER_GAP_S };
    await session.send('Input.dispatchKeyEvent', { type: 'keyDown', text, ...at });
    await session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...at });
  }
  await session.detach();
}

/** Scans a product of the catalogue. */
export async function scanProduct(page: Page, name: string): Promise<void> {
  await scan(page, rowNamed(name).barcode);
}

/** Goes to another screen of the same app, without loading it anew, and waits until it is there. */
export async function goTo(page: Page, path: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, path);
  await page.locator(`main[data-page="${path.slice(1)}"] h1`).waitFor({ state: 'attached' });
}

/** Waits until the tile of a product shows this stock. */
export async function expectStock(page: Page, name: string, text: string): Promise<void> {
  await page.getByTestId('search-input').fill(name);
  await expect(tileOf(page, name).getByTestId('stock')).toHaveText(text);
  await page.getByTestId('search-input').fill('');
}

/** The explanation of a product's stock on a till: what each till put in and took out, by till code. */
export async function explainStock(page: Page, name: string): Promise<Record<string, string>> {
  await page.getByTestId('search-input').fill(name);
  await page
    .getByRole('button', { name: new RegExp(`(Stock of|Stok) ${name}`) })
    .first()
    .click();
  const parts = await readParts(page);
  await page.keyboard.press('Escape');
  await page.getByTestId('search-input').fill('');
  return parts;
}

/** The rows of an open explanation: `in/out`, by till code. */
export async function readParts(page: Page): Promise<Record<string, string>> {
  const rows = page.getByTestId('stock-part');
  await rows.first().waitFor();
  return Object.fromEntries(
    await rows.evaluateAll((all) =>
      all.map((row) => [
        row.getAttribute('data-till') ?? '',
        `${row.children[1]?.textContent}/${row.children[2]?.textContent}`,
      ]),
    ),
  );
}

/** Waits for the connection that the status bar names. */
export async function expectConnection(page: Page, state: 'online' | 'offline'): Promise<void> {
  await expect(page.getByTestId('status-connection')).toHaveAttribute('data-state', state, { timeout: 45_000 });
}

/** Waits until nothing of this device waits for the server any more. */
export async function expectAllSent(page: Page): Promise<void> {
  await expect(page.getByTestId('waiting-count')).toHaveAttribute('data-waiting', '0', { timeout: 45_000 });
}

/** Opens a receipt of another till by its number, on the page of receipts: entries follow their counters a moment later (LIVE15). */
export async function findReceiptOfAnother(page: Page, receipt: string): Promise<void> {
  await expect(async () => {
    await page.getByTestId('receipt-find').fill(receipt);
    await page.getByTestId('receipt-find').press('Enter');
    await expect(page.getByTestId('receipt')).toBeVisible({ timeout: 1_000 });
  }).toPass();
}
