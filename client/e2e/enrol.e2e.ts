import { expect } from '@playwright/test';
import { expectStock, explainStock, sell } from './acts.ts';
import { enrol, test } from './seat.ts';
import { shopOfThisFile } from './shop.ts';

const shop = shopOfThisFile();

test('[ENR2] a wrong and a used code are told apart, and say what to do', async ({ sit }) => {
  const first = await sit(shop(), 'K1');
  const second = await sit(shop(), 'K2', { enrol: false });
  const { page } = second;
  await page.getByTestId('enrol-code').fill('ABC');
  await page.getByTestId('enrol-submit').click();
  await expect(page.getByTestId('enrol-fault')).toContainText('8 characters');
  await page.getByTestId('enrol-code').fill('00000000');
  await page.getByTestId('enrol-submit').click();
  await expect(page.getByTestId('enrol-fault')).toContainText('not known');
  await page.getByTestId('enrol-code').fill(shop().code('K1'));
  await page.getByTestId('enrol-submit').click();
  await expect(page.getByTestId('enrol-fault')).toContainText('used already');

  await page.getByRole('button', { name: 'Bahasa Indonesia' }).click();
  await expect(page.getByTestId('enrol-fault')).toContainText('sudah dipakai');
  await page.getByRole('button', { name: 'English' }).click();
  await enrol(second, shop().code('K2').toUpperCase().replace(/^.{4}/, '$& - '));
  await expect(page.getByTestId('till-code')).toHaveText('K2');
  await first.page.close();
});

test('[ENR1] a link enrols by itself', async ({ sit }) => {
  const { page, wire } = await sit(shop(), 'K3', { enrol: false });
  await page.goto('about:blank');
  await page.goto(`${wire.origin}/?till=K3#/enrol/${shop().code('K3')}`);
  await page.getByTestId('person-ask').getByRole('button').first().click();
  await expect(page.getByTestId('till-code')).toHaveText('K3');
});

test('[ENR2] without the server the code stays good, and the screen says so', async ({ sit }) => {
  const seat = await sit(shop(), 'K4', { enrol: false });
  await seat.page.getByTestId('enrol-code').waitFor();
  await seat.cutOff();
  await seat.page.getByTestId('enrol-code').fill(shop().code('K4'));
  await seat.page.getByTestId('enrol-submit').click();
  await expect(seat.page.getByTestId('enrol-fault')).toContainText('cannot be reached', { timeout: 30_000 });
  await seat.bringBack();
  await enrol(seat, shop().code('K4'));
});

test('[I10] a till enrolled late catches up with what the others did', async ({ sit }) => {
  const early = await sit(shop(), 'K5');
  await sell(early.page, 'Kopi Tubruk', 3);
  const late = await sit(shop(), 'K6');
  await expectStock(late.page, 'Kopi Tubruk', 'Stock 37');
  expect(await explainStock(late.page, 'Kopi Tubruk')).toMatchObject({ K5: '0/3' });
});
