import { expect } from '@playwright/test';
import { addToCart, expectAllSent, goTo, sell, tileOf } from './acts.ts';
import { test } from './seat.ts';
import { shopOfThisFile } from './shop.ts';

const shop = shopOfThisFile();

test('[OFFICE2] the manager sees sales arrive, changes a price, and adds a device', async ({ sit }) => {
  const [till, m] = await Promise.all([sit(shop(), 'K1'), sit(shop(), 'M1', { path: '/sales' })]);

  await test.step('a sale arrives by itself, with its receipt', async () => {
    await expect(m.page.getByText('No sales yet')).toBeVisible();
    const receipt = await sell(till.page, 'Produk 030');
    const row = m.page.getByTestId('sale-row').filter({ hasText: receipt });
    await expect(row).toContainText('Safe on the server');
    await expect(m.page.getByTestId('today-count')).toHaveText('1');
    await row.click();
    await expect(m.page.getByTestId('sale-detail')).toContainText('Produk 030');
    await expect(m.page.getByTestId('signature')).toHaveText('Signature holds');
    await m.page.keyboard.press('Escape');
  });

  await test.step('[OFFICE3] a new price shows at once, is accepted, and reaches the till', async () => {
    await goTo(m.page, '/products');
    await m.page.getByTestId('office-search').fill('Teh Melati');
    await m.page.getByTestId('product-row').first().click();
    await m.page.getByTestId('edit-price').fill('cheap');
    await m.page.getByTestId('edit-save').click();
    await expect(m.page.getByText('Enter a price')).toBeVisible();
    await m.page.getByTestId('edit-price').fill('9500');
    await m.page.getByTestId('edit-save').click();
    await expect(m.page.getByTestId('product-row').first()).toContainText('9,500');
    await expect(m.page.getByTestId('edit-state').first()).toHaveAttribute('data-state', 'accepted');
    await till.page.getByTestId('search-input').fill('Teh Melati');
    await expect(tileOf(till.page, 'Teh Melati')).toContainText('9,500');
  });

  await test.step('[OFFICE3] offline, an edit waits and is shown as waiting', async () => {
    await m.cutOff();
    await m.page.getByTestId('edit-name').fill('Teh Melati Wangi');
    await m.page.getByTestId('edit-save').click();
    await expect(m.page.getByTestId('product-row').first()).toContainText('Teh Melati Wangi');
    await expect(m.page.getByTestId('edit-state').first()).toHaveAttribute('data-state', 'pending');
    await m.bringBack();
    await expectAllSent(m.page);
    await expect(m.page.getByTestId('edit-state').first()).toHaveAttribute('data-state', 'accepted');
  });

  await test.step('[ENR2] a code made here enrols a new till by its link', async () => {
    await goTo(m.page, '/devices');
    await m.page.getByTestId('new-till').fill('k99');
    await m.page.getByTestId('make-code').click();
    const link = await m.page.getByTestId('enrol-link').getAttribute('href');
    await expect(m.page.getByAltText('QR code of the link')).toBeVisible();
    const fresh = await till.context.newPage();
    await fresh.goto(link ?? '');
    await fresh.getByTestId('person-ask').getByRole('button').first().click();
    await expect(fresh.getByTestId('till-code')).toHaveText('K99');
    await expect(m.page.locator('[data-testid="device-row"][data-till="K99"]')).toContainText('Connected now');
    await addToCart(fresh, 'Teh Melati Wangi');
    await expect(fresh.getByTestId('cart-total')).toHaveText(/9,500$/);
  });
});

test('[SYNC3] the inspector shows checkpoints without a lag, and a full sync on request', async ({ sit }) => {
  const { page } = await sit(shop(), 'D1', { path: '/inspector' });
  const products = page.getByTestId('collection-products');
  await expect(products.getByTestId('documents')).toHaveText('300');
  await expect(products.getByTestId('lag')).toHaveText('0');
  await page.getByTestId('full-sync').click();
  await page.getByTestId('full-sync-go').click();
  await expect(products.getByTestId('lag')).toHaveText('0');
  await expect(products.getByTestId('documents')).toHaveText('300');

  await page.getByTestId('setting-pullBatch').fill('0');
  await page.getByTestId('save-settings').click();
  await expect(page.getByText('A whole number from 1 to 5000.')).toBeVisible();
  await page.getByTestId('setting-pullBatch').fill('250');
  await page.getByTestId('save-settings').click();
  await expect(page.getByTestId('message')).toContainText('saved');
  await page.reload();
  await expect(page.getByTestId('setting-pullBatch')).toHaveValue('250');
});
