import { readFile } from 'node:fs/promises';
import { expect } from '@playwright/test';
import { expectAllSent, scan } from './acts.ts';
import { findViolations } from './axe.ts';
import { rowNamed } from './catalogue.ts';
import { test } from './seat.ts';
import { shopOfThisFile } from './shop.ts';

const shop = shopOfThisFile();
const [TEA, COFFEE] = ['Teh Melati', 'Kopi Tubruk'] as const;

test('[ORD5] [ORD6] [ACCESS1] a manager writes an order by keyboard and scanner, sends it off and takes two deliveries in', async ({
  sit,
}) => {
  const { page } = await sit(shop(), 'M1', { path: '/orders' });
  await page.getByTestId('order-supplier').fill('PT Sumber Rejeki');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('order-state')).toHaveAttribute('data-state', 'open');
  for (let pieces = 0; pieces < 3; pieces += 1) await scan(page, rowNamed(TEA).barcode);
  await page.getByTestId('pick-input').fill(COFFEE);
  await page.keyboard.press('Enter');
  const lineOf = (name: string) => page.getByTestId('order-line').filter({ hasText: name });
  await expect(lineOf(TEA).getByTestId('order-quantity')).toHaveValue('3');
  await lineOf(TEA).getByTestId('order-cost').fill('4000');
  await page.keyboard.press('Enter');
  await lineOf(COFFEE).getByTestId('order-quantity').fill('20');
  await page.keyboard.press('Tab');
  await expect(page.getByTestId('order-total')).toContainText('12,000');
  await page.getByTestId('order-ordered').click();
  await expect(page.getByTestId('order-state')).toHaveAttribute('data-state', 'ordered');
  const receive = async (tea: string, coffee: string) => {
    await page.getByTestId('order-receive').click();
    const rows = page.getByTestId('receive-row');
    await rows.filter({ hasText: TEA }).getByTestId('receive-quantity').fill(tea);
    await rows.filter({ hasText: COFFEE }).getByTestId('receive-quantity').fill(coffee);
    await page.getByTestId('receive-save').click();
    await expect(page.getByRole('dialog')).toHaveCount(0);
  };
  await receive('2', '21');
  await expect(lineOf(TEA)).toContainText('1 missing');
  await expect(lineOf(COFFEE).getByTestId('order-over')).toContainText('1 more');
  const found = await findViolations(page, 'order');
  const saved = page.waitForEvent('download');
  await page.getByTestId('order-csv').click();
  const csv = await readFile(await (await saved).path(), 'utf8');
  expect(csv.split('\r\n')[1]).toBe(`${TEA},,${rowNamed(TEA).barcode},3,4000,12000,,2,1`);
  await page.getByTestId('order-receive').click();
  await expect(page.getByTestId('receive-row')).toHaveCount(1);
  await expect(page.getByTestId('receive-quantity')).toHaveValue('1');
  found.push(...(await findViolations(page, 'receive', '[role="dialog"]')));
  await page.getByTestId('receive-reference').press('Enter');
  await expect(page.getByTestId('order-state')).toHaveAttribute('data-state', 'received');
  await expect(page.getByTestId('order-delivery')).toHaveCount(2);
  await expectAllSent(page);
  expect(found).toEqual([]);
});
