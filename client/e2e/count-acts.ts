import { expect, type Page } from '@playwright/test';
import { goTo, pay, scan } from './acts.ts';

/** What people do in a stocktake while others sell. */

/** Opens the sheet that is there. */
export async function openSheet(page: Page): Promise<void> {
  await goTo(page, '/stocktake');
  await page.getByTestId('sheet').first().click();
  await page.getByTestId('sheet-parts').waitFor();
}

/** Adds a place to the open sheet and goes back to counting. */
export async function addPlace(page: Page, name: string): Promise<void> {
  await choosePart(page, 'Places and notes');
  await page.getByTestId('place-name').fill(name);
  await page.getByTestId('place-add').click();
  await expect(page.getByTestId('place').filter({ hasText: name })).toHaveCount(1);
  await choosePart(page, 'Count');
}

export async function choosePart(page: Page, part: string): Promise<void> {
  await page.getByTestId('sheet-parts').getByText(part, { exact: true }).click();
}

/** Scans products one after the other and types how many lie there: in the page, at a scanner's speed, for hundreds of them. */
export async function countAll(
  page: Page,
  counts: readonly (readonly [barcode: string, pieces: number])[],
): Promise<void> {
  await page.evaluate(async (all) => {
    // No frames are waited for: on a busy machine they are rare, and nothing here is looked at.
    const moment = () => new Promise((resolve) => setTimeout(resolve));
    const until = async <Found>(look: () => Found | null | undefined): Promise<Found> => {
      for (;;) {
        const found = look();
        if (found) return found;
        await moment();
      }
    };
    const field = () => document.querySelector<HTMLInputElement>('[data-testid="count-amount"]');
    const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
    // Each key carries the time at which a scanner would have sent it, however busy the test machine is.
    const scanned = (barcode: string) => {
      const begun = performance.now();
      for (const [place, key] of [...barcode, 'Enter'].entries()) {
        const event = new KeyboardEvent('keydown', { key, bubbles: true });
        Object.defineProperty(event, 'timeStamp', { value: begun + place });
        document.body.dispatchEvent(event);
      }
    };
    for (const [place, [barcode, pieces]] of all.entries()) {
      scanned(barcode);
      const input = await until(() => (field()?.value === '' ? field() : null));
      setValue?.call(input, String(pieces));
      input.dispatchEvent(new Event('input', { bubbles: true }));
      await moment();
      // Now and then somebody forgets Enter and scans the next one: the count is kept all the same.
      if (place % 10 === 3 && place + 1 < all.length) continue;
      input.form?.requestSubmit();
      await until(() => field() === null);
    }
  }, counts);
}

/** Sells a piece of each of these in one receipt. */
export async function sellEach(page: Page, barcodes: readonly string[]): Promise<void> {
  for (const barcode of barcodes) await scan(page, barcode);
  await expect(page.getByTestId('cart-line')).toHaveCount(barcodes.length);
  await pay(page);
  await page.getByTestId('next-customer').click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
}
