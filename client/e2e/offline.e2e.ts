import { expect } from '@playwright/test';
import { addToCart, expectAllSent, expectConnection, expectStock, explainStock, pay, readParts, sell } from './acts.ts';
import { scriptsBeforeFirstTile, watchFirstTile } from './first-scripts.ts';
import { test } from './seat.ts';
import { shopOfThisFile } from './shop.ts';

/** What an enrolled till's first product waits for, and then what may be asked for meanwhile. */
const FIRST_SCRIPTS = [
  ...['app.js', 'both.js', 'display.js', 'first.js', 'first-words.js', 'no-eval.js', 'rolldown-runtime.js'],
  ...['windows.js', 'workbox-window.prod.es5.js'],
];

const shop = shopOfThisFile();

test('[I4] A sells 3 offline and B 2 online; when A returns, both and the manager show one stock and why', async ({
  sit,
}) => {
  const [a, b, m] = await Promise.all([sit(shop(), 'K1'), sit(shop(), 'K2'), sit(shop(), 'M1', { path: '/stock' })]);
  await expectStock(a.page, 'Kopi Tubruk', 'Stock 40');

  await a.cutOff();
  await expectConnection(a.page, 'offline');
  for (let sale = 0; sale < 3; sale += 1) await sell(a.page, 'Kopi Tubruk');
  await expect(a.page.getByTestId('waiting-count')).toHaveAttribute('data-waiting', '3');
  await expectStock(a.page, 'Kopi Tubruk', 'Stock 37');

  for (let sale = 0; sale < 2; sale += 1) await sell(b.page, 'Kopi Tubruk');
  await expectAllSent(b.page);
  await expectStock(b.page, 'Kopi Tubruk', 'Stock 38');

  await a.bringBack();
  await expectAllSent(a.page);
  for (const { page } of [a, b]) await expectStock(page, 'Kopi Tubruk', 'Stock 35');
  const row = m.page.getByTestId('stock-row').filter({ hasText: 'Kopi Tubruk' });
  await expect(row.getByTestId('on-hand')).toHaveText('35');
  await row.click();

  const why = { K1: '0/3', K2: '0/2' };
  expect(await explainStock(a.page, 'Kopi Tubruk')).toMatchObject(why);
  expect(await explainStock(b.page, 'Kopi Tubruk')).toMatchObject(why);
  expect(await readParts(m.page)).toMatchObject(why);
  await expect(m.page.getByTestId('stock-headline')).toContainText('35');
});

test('[I11] A reloads with no network at all and goes on selling; [TILL4] each sale says where it is safe; [LOAD4] its first product waits for no other script; [LOAD9] stock comes behind it', async ({
  sit,
}) => {
  const a = await sit(shop(), 'K3');
  await a.page.evaluate(() => navigator.serviceWorker.ready);
  await a.cutOff();
  await watchFirstTile(a.page);
  await a.page.reload();
  await addToCart(a.page, 'Teh Melati', 2);
  const first = await scriptsBeforeFirstTile(a.page);
  expect(first).toEqual(expect.arrayContaining(['app.js', 'both.js', 'first-words.js']));
  expect(first.filter((name) => !FIRST_SCRIPTS.includes(name))).toEqual([]);
  await expect(a.page.getByTestId('stock').first()).toHaveText(/\d|None/);
  const receipt = await pay(a.page);
  const safety = a.page.getByTestId('receipt').getByTestId('safety');
  await expect(safety).toHaveAttribute('data-safety', 'device');
  await expect(safety).toHaveText('Safe on this till');

  await a.bringBack();
  await expect(safety).toHaveText('Safe on the server', { timeout: 45_000 });
  await a.page.getByTestId('next-customer').click();
  expect(receipt).toBe('K3-1-1');
  expect(await sell(a.page, 'Teh Melati')).toBe('K3-1-2');
});

test('[I11] with the server gone but the network up, selling goes on; nothing is lost when it is back', async ({
  sit,
}) => {
  const a = await sit(shop(), 'K4');
  a.wire.cut();
  for (const expected of ['K4-1-1', 'K4-1-2']) expect(await sell(a.page, 'Produk 010')).toBe(expected);
  await expect(a.page.getByTestId('waiting-count')).toHaveAttribute('data-waiting', '2');
  a.wire.mend();
  await expectAllSent(a.page);
});
