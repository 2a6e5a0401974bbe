import type { Page } from '@playwright/test';
import { addToCart, goTo } from '../../client/e2e/acts.ts';
import { enrol } from '../../client/e2e/seat.ts';

/** The app of one till in a browser that may die at any time. */
export interface TillPage {
  enrol(code: string): Promise<void>;
  /** Goes to the selling screen; gives the lines of the cart that it found. */
  openSelling(): Promise<number>;
  /** Puts a product into the cart and asks for the money: the next click pays. */
  prepare(product: string): Promise<void>;
  /** Clicks "confirm" in the page; resolves when the click has been handled and the sale is being written. */
  clickPay(): Promise<void>;
  /** Whether the receipt of the last click has been shown. */
  isShown(): boolean;
  waitUntilShown(): Promise<void>;
  /** The count of the newest receipt: they have no gaps, so all there are. */
  receipts(): Promise<number>;
  waitUntilSent(): Promise<void>;
}

/** Patience with a loaded machine, in milliseconds. */
const PATIENCE_MS = 60_000;

/** Watches one page. The page says by itself when a receipt appears. */
export async function openTillPage(page: Page, origin: string, till: string): Promise<TillPage> {
  let shown = Promise.withResolvers<void>();
  let isShown = false;
  page.setDefaultTimeout(PATIENCE_MS);
  await page.exposeBinding('laciReceiptShown', () => {
    isShown = true;
    shown.resolve();
  });
  await page.addInitScript(watchReceipts);
  let isOpen = false;
  const open = async (path: string) => {
    if (isOpen) return goTo(page, path);
    await page.goto(`${origin}/?till=${till}#${path}`);
    isOpen = true;
  };
  return {
    enrol: async (code) => {
      await open('/');
      await enrol({ page }, code);
    },
    openSelling: async () => {
      await open('/sell');
      const next = page.getByTestId('next-customer');
      if (await next.isVisible()) await next.click();
      await page.getByTestId('search-input').waitFor();
      return page.getByTestId('cart-line').count();
    },
    prepare: async (product) => {
      isShown = false;
      shown = Promise.withResolvers<void>();
      await addToCart(page, product);
      await page.getByTestId('pay').click();
      await page.getByTestId('confirm-pay').waitFor();
    },
    clickPay: () => page.evaluate(() => document.querySelector<HTMLElement>('[data-testid="confirm-pay"]')?.click()),
    isShown: () => isShown,
    waitUntilShown: () => shown.promise,
    receipts: () => newestReceipt(page, open),
    waitUntilSent: () => page.locator('[data-testid="waiting-count"][data-waiting="0"]').waitFor({ state: 'attached' }),
  };
}

/** Runs in the page. */
function watchReceipts(): void {
  const tell = (window as unknown as { laciReceiptShown: () => void }).laciReceiptShown;
  let wasThere = false;
  new MutationObserver(() => {
    const isThere = document.querySelector('[data-testid="receipt"]') !== null;
    if (isThere && !wasThere) tell();
    wasThere = isThere;
  }).observe(document, { subtree: true, childList: true });
}

async function newestReceipt(page: Page, open: (path: string) => Promise<void>): Promise<number> {
  await open('/receipts');
  const row = page.getByTestId('receipt-row').first();
  await row.waitFor();
  return Number((await row.getAttribute('data-receipt'))?.split('-').at(-1));
}
