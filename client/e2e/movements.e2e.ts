import { expect, type Page } from '@playwright/test';
import { goTo } from './acts.ts';
import { findViolations } from './axe.ts';
import { enrol, test } from './seat.ts';
import { shopOfThisFile } from './shop.ts';

const shop = shopOfThisFile({ branch: 'pasar=Toko Pasar' });
const COFFEE = 'Kopi Tubruk';

async function pick(page: Page, name: string): Promise<void> {
  await page.getByTestId('pick-input').fill(name);
  await page.getByTestId('pick-choice').first().click();
}

test('[MOV1] [TRF2] [OFFICE21] goods are received with their cost, sent to another branch, and what is missing is settled', async ({
  sit,
}) => {
  const phone = { viewport: { width: 390, height: 844 }, colorScheme: 'dark' } as const;
  const [m, o] = await Promise.all([sit(shop(), 'M1'), sit(shop(), 'M1', { enrol: false, browser: phone })]);
  await enrol(o, shop().code('M1', 'pasar'));
  const [here, there] = [m.page, o.page];

  await test.step('a line below cost is named before it is saved, and a wrong number by its product', async () => {
    await goTo(here, '/movements');
    await here.getByTestId('start-receive').click();
    await here.getByTestId('form-receive').waitFor();
    // As a person types: a scanner is quicker.
    await here.keyboard.type(COFFEE, { delay: 90 });
    await here.keyboard.press('Enter');
    await here.getByTestId('goods-amount').fill('0');
    await here.getByTestId('goods-cost').fill('99000000');
    await expect(here.getByTestId('below-cost')).toBeVisible();
    await here.getByTestId('movement-save').click();
    await expect(here.getByTestId('message')).toContainText(`Enter for ${COFFEE} an amount above 0`);
    await here.getByTestId('goods-amount').fill('24');
    await here.getByTestId('goods-cost').fill('1000');
    await expect(here.getByTestId('below-cost')).toBeHidden();
    await here.getByTestId('movement-supplier').fill('CV Kopi Jaya');
    await goTo(here, '/stock');
    await goTo(here, '/movements');
    await here.getByTestId('start-receive').click();
    await here.getByTestId('movement-empty').click();
    await expect(here.getByTestId('goods-row')).toHaveCount(0);
    await here.getByTestId('message').getByRole('button', { name: 'Undo' }).click();
    await expect(here.getByTestId('goods-cost')).toHaveValue('1000');
    await expect(here.getByTestId('movement-supplier')).toHaveValue('CV Kopi Jaya');
    expect(await findViolations(here, 'receive')).toEqual([]);
    await here.getByTestId('movement-save').click();
    await expect(here.getByTestId('movement-row').first()).toHaveAttribute('data-kind', 'receive');
  });

  await test.step('what is sent offline is on its way there, filled in, and what arrives differently is told to both', async () => {
    await m.cutOff();
    await here.getByTestId('start-transfer-out').click();
    await pick(here, COFFEE);
    await here.getByTestId('goods-amount').fill('5');
    await here.getByTestId('movement-branch').click();
    await here.getByRole('option', { name: 'Toko Pasar' }).click();
    await here.getByTestId('movement-save').click();
    await expect(here.getByTestId('way-away')).toContainText(COFFEE);
    await m.bringBack();
    await goTo(there, '/movements');
    await there.getByTestId('transfer-enter').click();
    await expect(there.getByTestId('goods-amount')).toHaveValue('5');
    await there.getByTestId('goods-amount').fill('4');
    expect(await findViolations(there, 'arrived')).toEqual([]);
    await there.getByTestId('movement-save').click();
    await expect(there.getByTestId('way-difference')).toContainText(COFFEE);
    await expect(here.getByTestId('way-difference')).toContainText(COFFEE);
    expect(await findViolations(here, 'movements')).toEqual([]);
  });

  await test.step('one act settles it for both', async () => {
    await here.getByTestId('transfer-settle').click();
    await here.getByTestId('settle-reason').fill('fell off the van');
    await here.getByTestId('settle-save').click();
    await expect(here.getByTestId('transfer')).toHaveCount(0);
    await expect(there.getByTestId('transfer')).toHaveCount(0);
  });

  await test.step('[MOV2] [COST3] the stock is worth what it cost, its history shows what moved it, and the receipt is taken back', async () => {
    await goTo(here, '/stock');
    await here.getByTestId('stock-value-more').click();
    await expect(here.getByTestId('stock-value-total')).toBeVisible();
    await here.getByTestId('office-search').fill(COFFEE);
    await here.getByTestId('stock-row').first().click();
    await here.getByTestId('history-open').click();
    await expect(here.getByTestId('history-mark').first()).toContainText('Sent to another branch');
    expect(await findViolations(here, 'stock')).toEqual([]);
    await here.getByTestId('next-movements').click();
    await here.locator('[data-testid="movement-row"][data-kind="receive"]').first().click();
    await here.getByTestId('movement-undo').click();
    await expect(here.locator('[data-testid="movement-row"][data-kind="receive"]').first()).toContainText('Taken back');
  });
});
