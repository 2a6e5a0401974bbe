import { expect } from '@playwright/test';
import { BISCUITS, type Day, MANGOES } from './day-goods.ts';
import * as touch from './day-touch.ts';
import * as acts from './day-touch-acts.ts';

/** The parts of a cashier's day by touch alone, on a phone. */

export const PLAIN_SALES = 12;
/** What the parts below sell besides, exchanges aside. */
export const OTHER_SALES = 8;

/** Whoever comes first signs in and counts the float. */
export async function signInAndOpen({ page }: Day, float: number): Promise<void> {
  await touch.changePerson(page, 'Dewi');
  await touch.openPage(page, 'shift');
  await touch.write(page, 'shift-float', String(float));
  await touch.tap(page, 'shift-open');
  await page.getByTestId('shift-x').waitFor();
  await touch.openPage(page, 'sell');
}

/** Sales as most are; every other customer gets change. */
export async function plainSales({ page, many, rung }: Day): Promise<void> {
  for (let sale = 0; sale < PLAIN_SALES; sale += 1) {
    await touch.add(page, many[sale] ?? '', 1 + (sale % 3));
    rung.push(await touch.sellForCash(page, sale % 2 === 1));
  }
}

/** Three biscuits for two; a member pays in cash and by card. Gives that one's receipt. */
export async function offers({ page, many, rung }: Day): Promise<string> {
  await touch.add(page, BISCUITS, 3);
  await touch.openCart(page);
  rung.push(await touch.sellForCash(page));
  await touch.add(page, many[12] ?? '', 2);
  await acts.chooseCustomer(page, 'Ibu Tini');
  rung.push(await touch.sellSplit(page, 3_000));
  return rung.at(-1)?.receipt ?? '';
}

/** A weight, a discount on a line, one on the sale that needs leave, and a note. */
export async function discounts({ page, many, rung }: Day): Promise<void> {
  await touch.add(page, many[13] ?? '', 2);
  await touch.add(page, MANGOES.name);
  await touch.write(page, 'line-quantity', '0,65');
  await touch.tap(page, 'apply');
  await touch.openCart(page);
  await page.locator('[data-cart-line]').first().tap();
  await acts.discount(page, 'amount', '700');
  await touch.tap(page, 'sale-discount');
  await acts.discount(page, 'percent', '40');
  await touch.approve(page);
  await touch.tap(page, 'tool-note');
  await touch.write(page, 'note', 'antar ke rumah');
  await touch.tap(page, 'apply');
  rung.push(await touch.sellForCash(page, true));
}

/** An open item is parked while the next customer wants one thing less; then it is sold. */
export async function openItemAndParked({ page, many, rung }: Day): Promise<void> {
  await touch.openCart(page);
  await touch.tap(page, 'tool-open-item');
  await touch.write(page, 'open-name', 'Kantong kain');
  await touch.write(page, 'open-price', '12000');
  await touch.tap(page, 'apply');
  await page.getByTestId('approval').waitFor();
  await touch.approve(page);
  await acts.hold(page, 'Pak RT');
  await touch.closeCart(page);
  await touch.add(page, many[14] ?? '');
  await touch.add(page, many[15] ?? '');
  await touch.openCart(page);
  await page.locator('[data-cart-line]').first().tap();
  await touch.tap(page, 'line-remove');
  await touch.approve(page);
  await expect(page.getByTestId('cart-line')).toHaveCount(1);
  rung.push(await touch.sellForCash(page));
  await acts.takeHeld(page);
  await expect(page.getByTestId('cart-line')).toContainText(['Kantong kain']);
  rung.push(await touch.sellForCash(page));
}

/** QRIS twice, one of them found in the bank's list; store credit, some of it paid back. */
export async function laterMoney({ page, many, rung }: Day): Promise<void> {
  for (const barcode of [many[16], many[17]]) {
    await touch.add(page, barcode ?? '');
    rung.push(await touch.sellByQris(page));
  }
  await touch.add(page, many[18] ?? '', 2);
  await acts.chooseCustomer(page, 'Pak Agus');
  rung.push(await touch.sellOnCredit(page));
  await touch.openPage(page, 'unconfirmed');
  await touch.write(page, 'confirm-reference', 'RRN 0815');
  await touch.tap(page, 'confirm-payment');
  await expect(page.getByTestId('unconfirmed-row')).toHaveCount(1);
  await touch.openPage(page, 'credit');
  await touch.tap(page, 'pay-back');
  await touch.write(page, 'pay-back-amount', '2500');
  await touch.tap(page, 'pay-back-save');
  await touch.noWindow(page);
}

/** Two returns, one of a split sale, and an exchange; then money in and out. */
export async function goodsBack({ page, many, rung }: Day, split: string): Promise<void> {
  await acts.openReturn(page, rung[2]?.receipt ?? '');
  await acts.oneBack(page);
  await acts.giveBack(page, 'rusak');
  await acts.openReturn(page, split);
  await touch.tap(page, 'refund-all');
  await acts.giveBack(page, 'batal');
  await acts.openReturn(page, rung[5]?.receipt ?? '');
  await acts.oneBack(page);
  await touch.tap(page, 'exchange');
  await touch.write(page, 'pick-input', many[19] ?? '');
  await touch.tap(page, 'pick-choice');
  await acts.giveBack(page, 'salah warna');
  await acts.moveCash(page, 'cash-in', 100_000, 'uang kecil');
  await acts.moveCash(page, 'cash-out', 20_000, 'parkir');
}
