import { expect, type Page } from '@playwright/test';
import { gtinCheckDigit } from '../../schema/barcode.ts';
import { addToCart, pay, scan, scanProduct, tileOf } from './acts.ts';
import { type Seat, signIn, test, typePin } from './seat.ts';
import { shopOfThisFile } from './shop.ts';

const shop = shopOfThisFile({ pins: true });
const CARD = '4111 1111 1111 1111';
const UNKNOWN = '4006381333931';

/** A cashier, who needs leave for more than a manager does. */
async function sitAsCashier(seat: Seat, code: string): Promise<Page> {
  const { page } = seat;
  await page.getByTestId('enrol-code').fill(code);
  await page.getByTestId('enrol-submit').click();
  await signIn(page, 'Sari');
  await expect(page.getByTestId('sync-age')).toContainText('Synced', { timeout: 60_000 });
  return page;
}
const total = (page: Page) => page.getByTestId('cart-total');
/** A window that is still closing has the keys. */
async function noWindow(page: Page): Promise<void> {
  await expect(page.getByRole('dialog')).toHaveCount(0);
}
async function takeBack(page: Page): Promise<void> {
  await noWindow(page);
  await page.keyboard.press('Control+z');
}
const label = (twelve: string) => `${twelve}${gtinCheckDigit(twelve)}`;

test('[CART5] [CART4] [KEY4] an unknown barcode is sold as an open item, with somebody’s leave', async ({ sit }) => {
  const page = await sitAsCashier(await sit(shop(), 'K1', { enrol: false }), shop().code('K1'));
  await scan(page, UNKNOWN);
  await expect(page.getByTestId('message')).toContainText(UNKNOWN);
  await expect(page.getByTestId('search-input')).toHaveValue('');
  await page.getByRole('button', { name: 'Sell as open item' }).click();
  await page.getByTestId('apply').click();
  await expect(page.getByTestId('open-item')).toContainText('Enter what it is.');
  await expect(page.getByTestId('open-name')).toBeFocused();
  await page.getByTestId('open-name').fill('Kantong kertas');
  await page.getByTestId('open-price').fill('2500');
  await page.getByTestId('apply').click();
  await expect(page.getByTestId('approver')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('cart-line')).toHaveCount(0);
  await expect(page.getByTestId('apply')).toBeFocused();
  await page.keyboard.press('Enter');
  await typePin(page, 'Budi');
  await expect(page.getByTestId('cart-line')).toHaveCount(1);
  await noWindow(page);
  await scan(page, UNKNOWN);
  await expect(total(page)).toHaveText(/5,000$/);
  await pay(page);
  await expect(page.getByTestId('receipt')).toContainText('Kantong kertas');
});

test('[CART4] [CART1] another price and a large discount need leave, and every step is taken back', async ({ sit }) => {
  const page = await sitAsCashier(await sit(shop(), 'K2', { enrol: false }), shop().code('K2'));
  await scanProduct(page, 'Kopi Tubruk');
  await page.keyboard.press('F2');
  await page.keyboard.press('Enter');
  await page.getByTestId('line-price').fill('10000');
  await page.getByTestId('apply').click();
  await typePin(page, 'Budi');
  await expect(total(page)).toHaveText(/10,000$/);
  await expect(page.getByTestId('line-list')).toContainText('12,500');
  await page.getByTestId('sale-discount').click();
  await page.getByRole('dialog').getByText('Percent').click();
  await page.getByTestId('discount-input').fill('5');
  await page.getByTestId('apply').click();
  await expect(total(page)).toHaveText(/9,500$/);
  await noWindow(page);
  await page.keyboard.press('F8');
  await page.getByTestId('discount-input').fill('50');
  await page.getByTestId('apply').click();
  await expect(page.getByTestId('approval')).toContainText('Discount', { ignoreCase: true });
  await typePin(page, 'Budi');
  await expect(total(page)).toHaveText(/5,000$/);
  for (const before of [/9,500$/, /10,000$/, /12,500$/]) {
    await takeBack(page);
    await expect(total(page)).toHaveText(before);
  }
  await takeBack(page);
  await expect(page.getByTestId('cart-line')).toHaveCount(0);
});

test('[CARD2] a card number is refused in a note, an open item and a customer’s name', async ({ sit }) => {
  const { page } = await sit(shop(), 'K3');
  await scanProduct(page, 'Teh Melati');
  await page.keyboard.press('F7');
  await page.getByTestId('note').fill(`kartu ${CARD}`);
  await page.getByTestId('apply').click();
  await expect(page.getByRole('dialog')).toContainText('card number');
  await page.getByTestId('note').fill('tanpa gula');
  await page.getByTestId('apply').click();
  await expect(page.getByTestId('tool-note')).toContainText('tanpa gula');
  await noWindow(page);
  await page.keyboard.press('F6');
  await page.getByTestId('customer-input').fill(CARD);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toContainText('card number');
  await page.keyboard.press('Escape');
  await noWindow(page);
  await page.keyboard.press('F9');
  await page.getByTestId('open-name').fill(CARD);
  await page.getByTestId('open-price').fill('1000');
  await page.getByTestId('apply').click();
  await expect(page.getByTestId('open-item')).toContainText('card number');
});

test('[CART7] [PRM7] a customer is found as one types, and a member’s promotion counts and says so', async ({
  sit,
}) => {
  const { page } = await sit(shop(), 'K4');
  await scanProduct(page, 'Kopi Tubruk');
  await scanProduct(page, 'Kopi Tubruk');
  await page.keyboard.press('F6');
  await page.getByTestId('customer-input').fill('tini');
  await expect(page.getByTestId('customer-choice').first()).toContainText('Ibu Tini');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('line-promotion')).toContainText('1,250');
  await expect(total(page)).toHaveText(/23,750$/);
  await page.getByTestId('tool-customer').click();
  await page.getByTestId('customer-input').fill('Bu RT');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('tool-customer')).toContainText('Bu RT');
  await expect(total(page)).toHaveText(/25,000$/);
  await takeBack(page);
  await expect(total(page)).toHaveText(/23,750$/);
  await pay(page);
  await expect(page.getByTestId('receipt')).toContainText(/23,750/);
});

test('[PRD4] a scale’s label with a wrong check digit, and one of an unknown item, are named and change nothing', async ({
  sit,
}) => {
  const { page } = await sit(shop(), 'K5');
  await addToCart(page, 'Teh Melati');
  const right = label('211234500750');
  await scan(page, `${right.slice(0, -1)}${(Number(right.at(-1)) + 1) % 10}`);
  await expect(page.getByTestId('message')).toContainText('check digit');
  await scan(page, right);
  await expect(page.getByTestId('message')).toContainText('12345');
  await expect(total(page)).toHaveText(/8,000$/);
});

test('[TILL6] a scan while the focus moves leaves nothing of itself in any field', async ({ sit }) => {
  const { page } = await sit(shop(), 'K8');
  await noWindow(page);
  await page.keyboard.press('F6');
  await page.getByTestId('customer-input').fill('Bu');
  // As a window does that is closing: behind the fifth character the search has the focus.
  await page.evaluate(() => {
    let typed = 0;
    window.addEventListener('keyup', () => {
      typed += 1;
      if (typed === 5) document.querySelector<HTMLElement>('[data-search-field]')?.focus();
    });
    document.querySelector('[role="dialog"]')?.addEventListener('focusout', (event) => event.stopPropagation());
  });
  await scanProduct(page, 'Teh Melati');
  await expect(page.getByTestId('cart-line')).toHaveCount(1);
  await expect(page.getByTestId('customer-input')).toHaveValue('Bu');
  await expect(page.getByTestId('search-input')).toHaveValue('');
});

test('[CART6] quantities and discounts that make no sense are told, and change nothing', async ({ sit }) => {
  const { page } = await sit(shop(), 'K6');
  await scanProduct(page, 'Teh Melati');
  await expect(page.getByTestId('cart-line')).toHaveCount(1);
  await page.keyboard.press('F2');
  await page.keyboard.press('Enter');
  for (const [typed, said] of [
    ['0', 'above 0'],
    ['-3', 'above 0'],
    ['8998866200578', 'too many'],
  ] as const) {
    await page.getByTestId('line-quantity').fill(typed);
    await page.getByTestId('apply').click();
    await expect(page.getByRole('dialog')).toContainText(said);
  }
  await page.getByTestId('line-quantity').fill('1');
  await page.getByRole('dialog').getByText('Amount').click();
  await page.getByTestId('discount-input').fill('8001');
  await page.getByTestId('apply').click();
  await expect(page.getByTestId('act-fault')).toContainText('more than this costs');
  await page.getByTestId('discount-input').fill('0');
  await page.getByTestId('line-quantity').fill('9999999');
  await page.getByTestId('line-price').fill('9007199254740991');
  await page.getByTestId('apply').click();
  await expect(page.getByTestId('act-fault')).toContainText('more than can be counted');
  await page.keyboard.press('Escape');
  await expect(total(page)).toHaveText(/8,000$/);
});

test('[CAT6] a favourite is marked by a key or a long press, and found first after a reload', async ({ sit }) => {
  const { page } = await sit(shop(), 'K7');
  await page.getByTestId('search-input').fill('Produk 050');
  await expect(tileOf(page, 'Produk 050')).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('*');
  await page.getByTestId('search-input').fill('Kopi Tubruk');
  await tileOf(page, 'Kopi Tubruk').click({ button: 'right' });
  await page.getByTestId('favourite').click();
  await page.keyboard.press('Escape');
  await page.reload();
  await page.getByRole('button', { name: /Favourites/ }).click();
  await expect(page.getByTestId('product-tile')).toHaveCount(2);
  await expect(page.getByTestId('product-tile').first()).toContainText('Produk 050');
});
