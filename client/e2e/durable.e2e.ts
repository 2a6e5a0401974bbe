import { expect, type Page } from '@playwright/test';
import { addToCart, pay, tileOf } from './acts.ts';
import { test } from './seat.ts';
import { shopOfThisFile } from './shop.ts';

const shop = shopOfThisFile();

interface SeenWrite {
  readonly database: string;
  readonly durability: string;
  /** Whether it was over when the receipt showed. */
  readonly beforeReceipt: boolean;
}

/** Runs in the page, before the app: notes every transaction that writes, as the browser itself understood it, and counts signatures. */
function watchTransactions(): void {
  const writes: { database: string; durability: string; beforeReceipt: boolean }[] = [];
  const seen = { laciWrites: writes, laciSigned: 0 };
  Object.assign(window, seen);
  // The empty page that a tab begins with has no keys.
  if (!isSecureContext) return;
  const sign = SubtleCrypto.prototype.sign;
  SubtleCrypto.prototype.sign = function signed(this: SubtleCrypto, ...args: Parameters<typeof sign>) {
    if (document.querySelector('[data-testid="receipt"]') === null) (window as unknown as typeof seen).laciSigned += 1;
    return sign.apply(this, args);
  };
  const begin = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function transaction(this: IDBDatabase, ...args: Parameters<typeof begin>) {
    const begun = begin.apply(this, args);
    if (begun.mode === 'readonly') return begun;
    begun.addEventListener('complete', () => {
      const beforeReceipt = document.querySelector('[data-testid="receipt"]') === null;
      writes.push({ database: this.name, durability: begun.durability, beforeReceipt });
    });
    return begun;
  };
}

const writesOf = (page: Page) =>
  page.evaluate(() => (window as unknown as { laciWrites: SeenWrite[] }).laciWrites.splice(0));

/** Runs in the page: counts forms that are sent, and how often the selling screen and its windows change until the receipt is there. */
function countDrawings(): void {
  const seen = { laciDrawings: 0, laciSigned: 0, laciSent: 0 };
  Object.assign(window, seen);
  const watch = new MutationObserver((changes) => {
    const isOurs = changes.some(({ target }) => target.parentElement?.closest('main, [data-portal], [role="dialog"]'));
    if (isOurs) (window as unknown as typeof seen).laciDrawings += 1;
    if (document.querySelector('[data-testid="receipt"]')) watch.disconnect();
  });
  watch.observe(document.body, { childList: true, subtree: true, characterData: true });
  const onSubmit = () => {
    (window as unknown as typeof seen).laciSent += 1;
  };
  document.addEventListener('submit', onSubmit, true);
}

const countsOf = (page: Page) =>
  page.evaluate(() => {
    const { laciDrawings, laciSigned, laciSent } = window as unknown as Record<string, number>;
    return { drawings: laciDrawings, signatures: laciSigned, sent: laciSent };
  });

test('[DISK1] [TILL2] [TILL14] [TILL19] [TILL27] every write of a sale asks for strict durability, and only the journal’s one, a signature and a drawing lie before the receipt', async ({
  sit,
}) => {
  const { context, openTab, page } = await sit(shop(), 'K1');
  await context.addInitScript(watchTransactions);
  await page.close();
  const till = await openTab('/sell');
  await addToCart(till, 'Kopi Tubruk', 2);
  await till.getByTestId('pay').click();
  await till.getByTestId('confirm-pay').waitFor();
  await writesOf(till);
  await till.evaluate(countDrawings);
  await till.getByTestId('confirm-pay').click();
  await till.getByTestId('receipt').waitFor();
  expect(await countsOf(till)).toEqual({ drawings: 1, signatures: 1, sent: 0 });
  const writes = await writesOf(till);
  expect(writes.filter(({ durability }) => durability !== 'strict')).toEqual([]);
  const journal = writes.filter(({ database }) => /journal/i.test(database) && !/branchJournal/i.test(database));
  expect(journal.map(({ beforeReceipt }) => beforeReceipt)).toEqual([true]);
  expect(writes.filter(({ beforeReceipt }) => beforeReceipt)).toEqual(journal);
});

/** Marks what the grid and the frame around the screen show now: React gives an element new props when it draws it again. */
function markDrawn(): void {
  const propsOf = (element: Element) =>
    Object.entries(element).find(([key]) => key.startsWith('__reactProps$'))?.[1] as object;
  const frame = [...document.querySelectorAll('nav, nav a, [data-testid="till-code"]')];
  const tiles = [...document.querySelectorAll('[data-testid="product-tile"]')];
  const before = new Map([...frame, ...tiles].map((element) => [element, propsOf(element)]));
  const drawnAgain = () => {
    const drawn = [...before].filter(([element, props]) => propsOf(element) !== props).map(([element]) => element);
    return drawn.map((element) => element.getAttribute('data-product') ?? element.tagName);
  };
  Object.assign(window, { laciDrawnAgain: drawnAgain, laciTiles: tiles.length });
}

test('[TILL15] a sale draws what was sold, and neither the rest of the grid nor the frame', async ({ sit }) => {
  const { page } = await sit(shop(), 'K2');
  await addToCart(page, 'Kopi Tubruk', 2);
  const sold = await tileOf(page, 'Kopi Tubruk').getAttribute('data-product');
  // What was searched for is gone from the grid a moment after the touch.
  await expect.poll(() => page.getByTestId('product-tile').count()).toBeGreaterThan(5);
  await page.evaluate(markDrawn);
  await pay(page);
  await page.getByTestId('next-customer').click();
  await expect(page.getByTestId('cart-line')).toHaveCount(0);
  const { drawn, tiles } = await page.evaluate(() => {
    const { laciDrawnAgain, laciTiles } = window as unknown as { laciDrawnAgain(): string[]; laciTiles: number };
    return { drawn: laciDrawnAgain(), tiles: laciTiles };
  });
  expect(tiles).toBeGreaterThan(5);
  expect(drawn).toEqual([sold]);
});

interface SeenReceipt {
  readonly first: readonly string[];
  readonly change: string | undefined;
  /** How far the way on to the next customer is from the top, in pixels, first and at last. */
  readonly nextAt: readonly number[];
}

/** Runs in the page: notes what a receipt's window holds when it comes, and where the way on is then and with all that follows. */
function watchReceipt(): void {
  const parts = ['next-customer', 'receipt-print', 'receipt-number'];
  const seen = { first: [] as string[], change: undefined as string | undefined, nextAt: [] as number[] };
  Object.assign(window, { laciReceipt: seen });
  const find = (part: string) => document.querySelector(`[data-testid="${part}"]`);
  const nextAt = () => seen.nextAt.push(Math.round(find('next-customer')?.getBoundingClientRect().top ?? Number.NaN));
  const watch = new MutationObserver(() => {
    const receipt = find('receipt');
    if (receipt && seen.nextAt.length === 0) {
      seen.first = parts.filter((part) => find(part) !== null);
      seen.change = receipt.querySelector('[role="status"] strong')?.textContent ?? undefined;
      nextAt();
    }
    if (find('receipt-number') === null) return;
    watch.disconnect();
    nextAt();
  });
  watch.observe(document.body, { childList: true, subtree: true });
}

test('[TILL28] the change and the way on to the next customer are shown first, and stay where they are when the paper follows', async ({
  sit,
}) => {
  const { page } = await sit(shop(), 'K3');
  await addToCart(page, 'Kopi Tubruk', 2);
  await page.getByTestId('pay').click();
  await page.getByTestId('confirm-pay').waitFor();
  await page.evaluate(watchReceipt);
  await page.getByTestId('confirm-pay').click();
  await expect(page.getByTestId('receipt-number')).toBeVisible();
  await expect(page.getByTestId('receipt-print')).toBeVisible();
  const seen = await page.evaluate(() => (window as unknown as { laciReceipt: SeenReceipt }).laciReceipt);
  expect(seen.first).toEqual(['next-customer']);
  expect(seen.change).toMatch(/\d/);
  expect(seen.nextAt).toHaveLength(2);
  expect(seen.nextAt[1]).toBe(seen.nextAt[0]);
});
