import { expect } from '@playwright/test';
import { BEEF, BISCUITS, type Day, MANGOES, roundUp, SOUPS, scaleLabel } from './day-goods.ts';
import * as keys from './day-keys.ts';
import * as acts from './day-keys-acts.ts';

/** The parts of a cashier's day by the keyboard alone. */

export const PLAIN_SALES = 28;
/** What the parts below sell besides, exchanges aside. */
export const OTHER_SALES = 12;

/** Whoever comes first signs in and counts the float. */
export async function signInAndOpen({ page }: Day, float: number): Promise<void> {
  await keys.changePerson(page, 'Sari');
  await keys.openPage(page, 'shift');
  await keys.tabTo(page, keys.byId('shift-float'));
  await keys.typeAndEnter(page, String(float));
  await page.getByTestId('shift-x').waitFor();
  await keys.openPage(page, 'sell');
}

/** Sales as most are; some customers have no change. */
export async function plainSales({ page, many, rung }: Day): Promise<void> {
  for (let sale = 0; sale < PLAIN_SALES; sale += 1) {
    await keys.ring(page, many[2 * sale] ?? '', many[2 * sale + 1] ?? '', ...(sale % 5 === 0 ? [many[51] ?? ''] : []));
    rung.push(await keys.sellForCash(page, sale % 3 === 0 ? roundUp : undefined));
  }
}

/** Three biscuits for two, two soups as a pair, a member; one product is found by its name. */
export async function offers({ page, rung }: Day): Promise<void> {
  await keys.ring(page, BISCUITS, BISCUITS, BISCUITS, ...SOUPS);
  await expect(page.getByTestId('line-promotion').first()).toBeVisible();
  rung.push(await keys.sellForCash(page));
  await page.keyboard.press('/');
  await keys.typeAndEnter(page, 'indomie');
  await expect(page.getByTestId('cart-line')).toHaveCount(1);
  await acts.chooseCustomer(page, 'Ibu Tini');
  await expect(page.getByTestId('line-promotion')).toBeVisible();
  rung.push(await acts.sellSplit(page, 5_000));
}

/** A discount on a line and one on the sale, with a note; and one so large that it needs leave. Gives the first one's receipt. */
export async function discounts({ page, many, rung }: Day): Promise<string> {
  await keys.ring(page, many[3] ?? '', many[4] ?? '');
  await acts.openLine(page);
  await acts.discount(page, 'percent', '5');
  await keys.noWindow(page);
  await page.keyboard.press('F8');
  await acts.discount(page, 'amount', '500');
  await keys.noWindow(page);
  await page.keyboard.press('F7');
  await keys.typeAndEnter(page, 'tanpa kantong');
  rung.push(await keys.sellForCash(page, roundUp));
  const discounted = rung.at(-1)?.receipt ?? '';
  await keys.ring(page, many[5] ?? '');
  await page.keyboard.press('F8');
  await acts.discount(page, 'percent', '25');
  await keys.approve(page);
  rung.push(await acts.sellSplit(page, 1_000));
  return discounted;
}

/** Weighed here, and by the labels of a scale. */
export async function freshGoods({ page, rung }: Day): Promise<void> {
  await keys.ring(page, MANGOES.barcode);
  await expect(page.getByTestId('line-quantity')).toBeFocused();
  await keys.typeAndEnter(page, '1.75');
  await keys.noWindow(page);
  await keys.ring(page, scaleLabel(MANGOES.barcode, 832), scaleLabel(BEEF.barcode, 57_300));
  await expect(page.getByTestId('cart-line')).toHaveCount(3);
  rung.push(await keys.sellForCash(page));
}

/** An open item is parked while the next customer wants one thing less; then it is sold. */
export async function openItemAndParked({ page, many, rung }: Day): Promise<void> {
  await page.keyboard.press('F9');
  await expect(page.getByTestId('open-name')).toBeFocused();
  await keys.type(page, 'Payung lipat');
  await page.keyboard.press('Tab');
  await keys.typeAndEnter(page, '35000');
  await page.getByTestId('approval').waitFor();
  await keys.approve(page);
  await keys.noWindow(page);
  await acts.hold(page, 'Bu Ani');
  await keys.ring(page, many[6] ?? '', many[7] ?? '', many[6] ?? '');
  await page.keyboard.press('F2');
  await page.keyboard.press('Delete');
  await keys.approve(page);
  await expect(page.getByTestId('cart-line')).toHaveCount(1);
  rung.push(await keys.sellForCash(page));
  await acts.takeHeld(page);
  await expect(page.getByTestId('cart-line')).toContainText(['Payung lipat']);
  await keys.ring(page, many[8] ?? '');
  rung.push(await keys.sellForCash(page));
}

/** QRIS twice, one of them found in the bank's list; store credit, some of it paid back. */
export async function laterMoney({ page, many, rung }: Day): Promise<void> {
  for (const barcode of [many[9], many[10]]) {
    await keys.ring(page, barcode ?? '');
    rung.push(await acts.sellByQris(page));
  }
  await keys.ring(page, many[11] ?? '', many[12] ?? '');
  await acts.chooseCustomer(page, 'Pak Agus');
  rung.push(await acts.sellOnCredit(page));
  await keys.openPage(page, 'unconfirmed');
  await keys.tabTo(page, keys.byId('confirm-reference'));
  await keys.typeAndEnter(page, 'RRN 4711');
  await expect(page.getByTestId('unconfirmed-row')).toHaveCount(1);
  await keys.openPage(page, 'credit');
  await keys.press(page, keys.byId('pay-back'));
  await expect(page.getByTestId('pay-back-amount')).toBeFocused();
  await keys.typeAndEnter(page, '4000');
  await keys.noWindow(page);
}

/** Two returns, of what was discounted too, and an exchange. */
export async function goodsBack({ page, many, rung }: Day, discounted: string): Promise<void> {
  await acts.openReturn(page, rung[0]?.receipt ?? '');
  await keys.press(page, keys.byId('refund-all'));
  await acts.giveBack(page, 'rusak');
  await acts.openReturn(page, discounted);
  await keys.press(page, 'button[aria-label^="One more"]');
  await acts.giveBack(page, 'salah beli');
  await acts.openReturn(page, rung[2]?.receipt ?? '');
  await keys.press(page, 'button[aria-label^="One more"]');
  await keys.press(page, keys.byId('exchange'));
  await keys.ring(page, many[13] ?? '');
  await expect(page.getByRole('region', { name: 'Goes out in exchange' }).getByRole('listitem')).toHaveCount(1);
  await acts.giveBack(page, 'salah rasa');
}
