import { expect, type Page } from '@playwright/test';
import { expectAllSent, goTo, tileOf } from './acts.ts';
import { findViolations } from './axe.ts';
import { test } from './seat.ts';
import { shopOfThisFile } from './shop.ts';

const shop = shopOfThisFile();

/** Opens a product in the office and saves other values of it. */
async function editProduct(page: Page, name: string, change: { name?: string; price?: string }): Promise<void> {
  await goTo(page, '/products');
  await page.getByTestId('office-search').fill(name);
  await page.getByTestId('product-row').first().click();
  if (change.name) await page.getByTestId('edit-name').fill(change.name);
  if (change.price) await page.getByTestId('edit-price').fill(change.price);
  await page.getByTestId('edit-save').click();
}

test('[EDT10] two managers change the same fields: a person decides field by field, and nothing is lost', async ({
  sit,
}) => {
  const [m, till] = await Promise.all([sit(shop(), 'M1', { path: '/devices' }), sit(shop(), 'K1')]);
  const other = await test.step('a second manager joins', async () => {
    await m.page.getByTestId('new-role').selectOption('manager');
    await m.page.getByTestId('new-till').fill('M2');
    await m.page.getByTestId('make-code').click();
    const code = /enrol\/(\w+)/.exec((await m.page.getByTestId('enrol-link').getAttribute('href')) ?? '')?.[1];
    const page = await till.context.newPage();
    await page.goto(`${till.wire.origin}/?till=M2#/enrol/${code}`);
    await page.getByTestId('person-ask').getByRole('button', { name: 'Budi' }).click();
    await expect(page.getByTestId('sync-age')).toContainText('Synced');
    return page;
  });

  await test.step('both change name and price, one of them offline', async () => {
    await m.cutOff();
    await editProduct(m.page, 'Teh Melati', { name: 'Teh Melati Mine', price: '9000' });
    await editProduct(other, 'Teh Melati', { name: 'Teh Melati Theirs', price: '9900' });
    await expectAllSent(other);
    await m.bringBack();
    await expectAllSent(m.page);
  });

  await test.step('the conflict is shown with base, mine and theirs, and decided as a mix', async () => {
    await expect(m.page.getByTestId('open-conflicts')).toContainText('1');
    await goTo(m.page, '/conflicts');
    const conflict = m.page.getByTestId('conflict');
    await expect(conflict).toContainText('It was: Rp 8,000');
    await expect(m.page.getByTestId('mine-price')).toContainText('9,000');
    await expect(m.page.getByTestId('theirs-price')).toContainText('9,900');
    await expect(m.page.getByTestId('decide')).toBeDisabled();
    expect(await findViolations(m.page, 'a conflict')).toEqual([]);
    await m.page.getByTestId('mine-price').focus();
    await m.page.keyboard.press('Space');
    await m.page.getByTestId('theirs-name').click();
    await m.page.getByTestId('decide').click();
    await expect(conflict).toHaveCount(0);
    await expect(m.page.getByTestId('decided')).toContainText('kept mine');
    await expect(m.page.getByTestId('open-conflicts')).toHaveCount(0);
  });

  await test.step('everybody has the mix', async () => {
    await expectAllSent(m.page);
    await till.page.getByTestId('search-input').fill('Teh Melati');
    await expect(tileOf(till.page, 'Teh Melati Theirs')).toContainText('9,000');
  });
});
