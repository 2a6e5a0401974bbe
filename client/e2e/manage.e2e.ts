import { expect, type Page } from '@playwright/test';
import { expectAllSent, goTo } from './acts.ts';
import { findViolations } from './axe.ts';
import { test } from './seat.ts';
import { shopOfThisFile } from './shop.ts';

const shop = shopOfThisFile({ pins: true });

const TABLE = ['name,barcode,price', 'Kopi Susu Baru,N-1,7500', 'Teh Tarik Baru,N-2,cheap', 'Roti Baru,N-3,4000'].join(
  '\n',
);

async function choose(page: Page) {
  const chooser = page.waitForEvent('filechooser');
  await page.getByTestId('import-choose').click();
  return chooser;
}

const message = (page: Page) => page.getByTestId('message');

test('[OFFICE8] [OFFICE10] [OFFICE11] [OFFICE12] [EDT14] a manager sets a shop up, also offline, changes products by table and many at once; tills have all of it', async ({
  sit,
}) => {
  const m = await sit(shop(), 'M1', { path: '/customers' });
  const { page } = m;
  const row = page.getByTestId('customer-row').filter({ hasText: 'Ibu Ratna' });

  await test.step('a customer, made offline', async () => {
    await m.cutOff();
    await page.getByTestId('customer-add').click();
    await page.getByTestId('customer-save').click();
    await expect(page.getByTestId('customer-editor')).toContainText('A name has 1 to 80');
    await page.getByTestId('customer-name').fill('Ibu Ratna');
    await page.getByTestId('customer-phone').fill('0812-5555-1234');
    await page.getByTestId('customer-group').selectOption('member');
    await page.getByTestId('customer-limit').fill('100,000');
    await page.getByTestId('customer-save').click();
    await expect(row).toBeVisible();
    expect(await findViolations(page, 'customers')).toEqual([]);
  });

  await test.step('switched off, and undone', async () => {
    await page.getByTestId('customer-switch').click();
    await expect(row).toHaveCount(0);
    await message(page).getByRole('button', { name: 'Undo' }).click();
    await expect(row).toHaveCount(1);
    await page.getByTestId('list-search').fill('5555 rat');
    await expect(page.getByTestId('customer-row')).toHaveCount(1);
  });

  await test.step('a promotion, with its sentence', async () => {
    await goTo(page, '/promotions');
    await page.getByTestId('promotion-new-happy').click();
    await page.getByTestId('promotion-name').fill('Sore hemat');
    await page.getByTestId('promotion-percent').fill('15');
    await expect(page.getByTestId('promotion-preview')).toContainText('15% off everything, from 14:00 to 16:00');
    await page.getByTestId('promotion-to').fill('2020-01-01');
    await page.getByTestId('promotion-save').click();
    await expect(page.getByTestId('promotion-editor')).toContainText('not before the first');
    await page.getByTestId('promotion-to').fill('2099-12-31');
    await page.getByTestId('promotion-save').click();
    await expect(page.getByTestId('promotion-row').filter({ hasText: 'Sore hemat' })).toBeVisible();
    expect(await findViolations(page, 'promotions')).toEqual([]);
  });

  await test.step('settings, back online', async () => {
    await m.bringBack();
    await goTo(page, '/settings');
    await page.getByTestId('shop-footer').fill('Terima kasih\nSampai jumpa');
    await page.getByTestId('settings-shop-save').click();
    await page.getByTestId('may-refund').check();
    await page.getByTestId('roles-percent').fill('12,34,5');
    await page.getByTestId('settings-roles-save').click();
    await expect(page.getByTestId('settings-roles')).toContainText('from 0 to 100');
    await page.getByTestId('roles-percent').fill('20');
    await page.getByTestId('settings-roles-save').click();
    await expectAllSent(page);
    expect(await findViolations(page, 'settings')).toEqual([]);
  });

  await test.step('the audit says it all', async () => {
    await goTo(page, '/audit');
    await expect(page.getByTestId('audit-row').first()).toBeVisible();
    await expect(page.locator('main')).toContainText('Ibu Ratna');
    await expect(page.locator('main')).toContainText('Largest discount');
    expect(await findViolations(page, 'audit')).toEqual([]);
  });

  await test.step('a new product', async () => {
    await goTo(page, '/products');
    await page.getByTestId('product-add').click();
    await page.getByTestId('edit-name').fill('Gula Aren');
    await page.getByTestId('edit-save').click();
    await expect(page.getByTestId('product-editor')).toContainText('Enter a price');
    await page.getByTestId('edit-price').fill('12000');
    await page.getByTestId('edit-category').fill('Dapur');
    await page.getByTestId('edit-save').click();
    await expect(page.getByTestId('edit-name')).toHaveValue('Gula Aren');
    await expectAllSent(page);
  });

  await test.step('a table with one broken line', async () => {
    await page.getByTestId('products-more').click();
    await page.getByTestId('import-open').click();
    await (await choose(page)).setFiles({ name: 'new.csv', mimeType: 'text/csv', buffer: Buffer.from(TABLE) });
    await expect(page.getByTestId('import-counts')).toContainText('New 2');
    await expect(page.getByTestId('import-bad')).toContainText('Line 3: “cheap” is no price');
    expect(await findViolations(page, 'import')).toEqual([]);
    await page.getByTestId('import-write').click();
    await expect(page.getByTestId('import-done')).toContainText('2 products imported');
    await page.getByTestId('import-undo').click();
    await expect(page.getByTestId('import-done')).toHaveText('All of it is as it was before.');
    await expect(page.getByTestId('import-undo')).toHaveCount(0);
    await (await choose(page)).setFiles({ name: 'new.csv', mimeType: 'text/csv', buffer: Buffer.from(TABLE) });
    await page.getByTestId('import-write').click();
    await expect(page.getByTestId('import-done')).toContainText('2 products imported');
    await page.keyboard.press('Escape');
    await expectAllSent(page);
  });

  await test.step('two products a tenth dearer, and undone', async () => {
    await page.getByTestId('office-search').fill('Baru');
    await expect(page.getByTestId('product-row')).toHaveCount(2);
    await page.getByTestId('products-more').click();
    await page.getByTestId('bulk-open').click();
    await page.getByTestId('bulk-all').click();
    await page.getByTestId('bulk-value').fill('10');
    await expect(page.getByTestId('bulk-preview')).toContainText('8,250');
    expect(await findViolations(page, 'bulk')).toEqual([]);
    await page.getByTestId('bulk-save').click();
    await expect(page.getByTestId('product-row').first()).toContainText('8,250');
    await message(page).getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByTestId('product-row').first()).toContainText('7,500');
    await expectAllSent(page);
  });

  await test.step('exported', async () => {
    const download = page.waitForEvent('download');
    await page.getByTestId('products-more').click();
    await page.getByTestId('export-xlsx').click();
    expect((await download).suggestedFilename()).toMatch(/^products-.*xlsx$/);
  });

  await test.step('a till enrolled later has the customer', async () => {
    const till = await sit(shop(), 'K1');
    await till.page.getByTestId('tool-customer').click();
    await till.page.getByTestId('customer-input').fill('ratna');
    await expect(till.page.getByTestId('customer-choice').first()).toContainText('Ibu Ratna');
  });
});
