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
  await page.getByTestId('product-row').filter({ hasText: name }).first().click();
  if (change.name) await page.getByTestId('edit-name').fill(change.name);
  if (change.price) await page.getByTestId('edit-price').fill(change.price);
  await page.getByTestId('edit-save').click();
}

test('[EDT4] [EDT10] [EDT22] two managers change the same and other fields offline: others merge, and a person decides of the same ones', async ({
  sit,
}) => {
  const [m, till] = await Promise.all([sit(shop(), 'M1', { path: '/devices' }), sit(shop(), 'K1')]);
  const conflictOf = (name: string) => m.page.getByTestId('conflict').filter({ hasText: name });
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

  await test.step('both change the same fields of three products and other fields of a fourth, one of them offline', async () => {
    await m.cutOff();
    await editProduct(m.page, 'Teh Melati', { name: 'Teh Melati Mine', price: '9000' });
    await editProduct(m.page, 'Sabun Mandi', { price: '5000' });
    await editProduct(m.page, 'Beras Pandan', { price: '15000' });
    await editProduct(m.page, 'Kopi Tubruk', { price: '13000' });
    await editProduct(other, 'Teh Melati', { name: 'Teh Melati Theirs', price: '9900' });
    await editProduct(other, 'Sabun Mandi', { price: '5500' });
    await editProduct(other, 'Beras Pandan', { price: '16000' });
    await editProduct(other, 'Kopi Tubruk', { name: 'Kopi Tubruk Bali' });
    await expectAllSent(other);
    await m.bringBack();
    await expectAllSent(m.page);
  });

  await test.step('the conflict is shown with base, mine and theirs, and decided as a mix', async () => {
    await expect(m.page.getByTestId('open-conflicts')).toContainText('3');
    await goTo(m.page, '/conflicts');
    const conflict = conflictOf('Teh Melati');
    await expect(conflict).toContainText('It was: Rp 8,000');
    await expect(conflict.getByTestId('mine-price')).toContainText('9,000');
    await expect(conflict.getByTestId('theirs-price')).toContainText('9,900');
    await expect(conflict.getByTestId('writer-price')).toContainText('Budi at M2');
    await expect(conflict.getByTestId('decide')).toBeDisabled();
    expect(await findViolations(m.page, 'a conflict')).toEqual([]);
    await conflict.getByTestId('mine-price').focus();
    await m.page.keyboard.press('Space');
    await conflict.getByTestId('theirs-name').click();
    await conflict.getByTestId('decide').click();
    await expect(conflict).toHaveCount(0);
    await expect(m.page.getByTestId('decided')).toContainText('kept mine');
  });

  await test.step('the others are decided whole: all of mine, all of theirs', async () => {
    await conflictOf('Sabun Mandi').getByTestId('keep-mine').click();
    await conflictOf('Beras Pandan').getByTestId('take-theirs').click();
    await expect(m.page.getByTestId('open-conflicts')).toHaveCount(0);
  });

  await test.step('everybody has what was decided, and what merged without being asked', async () => {
    await expectAllSent(m.page);
    const prices = {
      'Teh Melati Theirs': '9,000',
      'Sabun Mandi': '5,000',
      'Beras Pandan': '16,000',
      'Kopi Tubruk Bali': '13,000',
    };
    for (const [name, price] of Object.entries(prices)) {
      await till.page.getByTestId('search-input').fill(name);
      await expect(tileOf(till.page, name)).toContainText(price);
    }
  });
});
