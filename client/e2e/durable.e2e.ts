import { expect, type Page } from '@playwright/test';
import { addToCart, pay } from './acts.ts';
import { test } from './seat.ts';
import { shopOfThisFile } from './shop.ts';

const shop = shopOfThisFile();

interface SeenWrite {
  readonly database: string;
  readonly durability: string;
  /** Whether it was over when the receipt showed. */
  readonly beforeReceipt: boolean;
}

/** Runs in the page, before the app: notes every transaction that writes, as the browser itself understood it. */
function watchTransactions(): void {
  const writes: { database: string; durability: string; beforeReceipt: boolean }[] = [];
  Object.assign(window, { laciWrites: writes });
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

test('[DISK1] [TILL2] every write of a sale asks for strict durability, and the journal’s is over before the receipt shows', async ({
  sit,
}) => {
  const { context, openTab, page } = await sit(shop(), 'K1');
  await context.addInitScript(watchTransactions);
  await page.close();
  const till = await openTab('/sell');
  await addToCart(till, 'Kopi Tubruk', 2);
  await writesOf(till);
  await pay(till);
  const writes = await writesOf(till);
  expect(writes.filter(({ durability }) => durability !== 'strict')).toEqual([]);
  const journal = writes.filter(({ database }) => /journal/i.test(database) && !/branchJournal/i.test(database));
  expect(journal.length).toBeGreaterThan(0);
  expect(journal[0]?.beforeReceipt).toBe(true);
});
