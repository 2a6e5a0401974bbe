import { expect, type Page } from '@playwright/test';
import { addToCart, expectAllSent, goTo, pay, scanProduct } from './acts.ts';
import { findViolations } from './axe.ts';
import { enrol, signIn, test, typePin } from './seat.ts';
import { shopOfThisFile } from './shop.ts';

const shop = shopOfThisFile({ pins: true });
/** A shop gives its manager's code once. */
const otherShop = shopOfThisFile({ pins: true });
test.setTimeout(240_000);

const fault = (page: Page) => page.getByTestId('pin-fault');
/** Types wrong PINs at the open pad; the page's time is moved over each wait. */
async function typeWrong(page: Page, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    await expect(page.getByTestId('pin')).not.toHaveAttribute('readonly', '');
    await page.getByTestId('pin').fill('000000');
    await expect(fault(page)).not.toBeEmpty();
    if (/Wait/.test((await fault(page).textContent()) ?? '')) await page.clock.runFor(400_000);
  }
}
const person = (page: Page) => page.getByTestId('person');
const cartLines = (page: Page) => page.getByTestId('cart-line');

test('[PIN6] [PIN8] [PIN10] wrong PINs wait, over a reload too, then lock; a manager unlocks at the same till', async ({
  sit,
}) => {
  const { page } = await sit(shop(), 'K1', { enrol: false });
  await page.clock.install();
  await enrol({ page }, shop().code('K1'));
  // Locked from the start: it would lock by itself while the page's time is moved over the waits.
  await page.keyboard.press('Alt+l');
  await page.getByTestId('person-ask').getByRole('button', { name: 'Sari' }).click();
  await test.step('three wrong ones', async () => {
    for (const left of [9, 8, 7]) {
      await page.getByTestId('pin').fill('000000');
      await expect(fault(page)).toContainText(`${left} tries left`);
    }
    await expect(fault(page)).toContainText(/Wait \d+ s/);
    await expect(page.getByTestId('pin')).toHaveAttribute('readonly', '');
  });
  await test.step('the wait is there after a reload', async () => {
    await page.reload();
    await page.getByTestId('person-ask').getByRole('button', { name: 'Sari' }).click();
    await expect(fault(page)).toContainText(/Wait \d+ s/);
    await page.clock.runFor(6_000);
    await expect(fault(page)).not.toContainText('Wait');
  });
  await test.step('the tenth one locks, and a manager unlocks', async () => {
    await typeWrong(page, 7);
    await expect(fault(page)).toContainText('Too many wrong PINs');
    await page.reload();
    await page.getByTestId('person-ask').getByRole('button', { name: 'Sari' }).click();
    await expect(page.getByTestId('pin')).toHaveAttribute('readonly', '');
    await page.getByTestId('unlock').click();
    await page.getByTestId('unlocker').getByTestId('pin').waitFor();
    await typePin(page, 'Budi');
    await expect(page.getByTestId('message')).toContainText('Sari can try again');
    await page.getByTestId('person-ask').getByRole('button', { name: 'Sari' }).click();
    await typePin(page, 'Sari');
    await expect(person(page)).toContainText('Sari');
  });
  await expectAllSent(page);
});

test('[PIN9] an idle till locks, never while somebody pays, and the cart stays for whoever comes next', async ({
  sit,
}) => {
  const { page } = await sit(shop(), 'K2', { enrol: false });
  await page.clock.install();
  await enrol({ page }, shop().code('K2'));
  await addToCart(page, 'Kopi Tubruk', 2);
  await test.step('not while paying', async () => {
    await page.getByTestId('pay').click();
    await page.getByTestId('pay-dialog').waitFor();
    await page.clock.runFor(6 * 60_000);
    await expect(page.getByTestId('person-ask')).toHaveCount(0);
    await page.keyboard.press('Escape');
  });
  await test.step('then after five minutes', async () => {
    await page.clock.runFor(6 * 60_000);
    await expect(page.getByRole('dialog', { name: 'Locked' })).toBeVisible();
    await scanProduct(page, 'Teh Melati');
    await page.keyboard.press('F4');
    await page.reload();
    await expect(page.getByRole('dialog', { name: 'Locked' })).toBeVisible();
    expect(await findViolations(page, 'locked', '[role="dialog"]')).toEqual([]);
  });
  await test.step('another person goes on, by keyboard alone', async () => {
    await page.getByTestId('person-ask').getByRole('button', { name: 'Dewi' }).focus();
    await page.keyboard.press('Enter');
    await page.getByTestId('pin').waitFor();
    expect(await findViolations(page, 'pin pad', '[role="dialog"]')).toEqual([]);
    await page.keyboard.type('915');
    await page.keyboard.press('Backspace');
    await page.keyboard.type('5027');
    await expect(person(page)).toContainText('Dewi');
    await expect(cartLines(page)).toHaveCount(1);
    await expect(page.getByTestId('cart-total')).toHaveText(/25,000$/);
  });
  await test.step('a key locks at once', async () => {
    await page.keyboard.press('Alt+l');
    await signIn(page, 'Budi');
    await expect(person(page)).toContainText('Budi');
  });
});

test('[PIN8] [ROLE5] offline, a manager’s PIN allows a cashier’s discount, by an entry before the sale', async ({
  sit,
}) => {
  const seat = await sit(shop(), 'K3');
  const { page } = seat;
  await person(page).click();
  await signIn(page, 'Sari');
  await seat.cutOff();
  await addToCart(page, 'Kopi Tubruk');
  await page.getByTestId('sale-discount').click();
  await page.getByText('Percent').click();
  await page.getByTestId('discount-input').fill('50');
  await page.getByTestId('apply').click();
  await expect(page.getByTestId('approval')).toBeVisible();
  await typePin(page, 'Sari');
  await expect(fault(page)).toContainText('Wrong PIN');
  expect(await findViolations(page, 'approval', '[role="dialog"]')).toEqual([]);
  await page.getByTestId('approval').getByRole('button', { name: '7' }).click();
  for (const digit of ['3', '9', '1', '5', '0'])
    await page.getByTestId('approval').getByRole('button', { name: digit }).click();
  await expect(page.getByTestId('approval')).toHaveCount(0);
  await expect(page.getByTestId('cart-total')).toHaveText(/6,250$/);
  // The approval is the till's first entry, and counts as no receipt.
  expect(await pay(page)).toBe('K3-1-1');
  await page.getByTestId('next-customer').click();
  await seat.bringBack();
  await expectAllSent(page);
  const manager = await sit(shop(), 'M1');
  await goTo(manager.page, '/sales');
  const row = manager.page.getByTestId('sale-row').filter({ hasText: 'K3-1-1' });
  await expect(row).toBeVisible();
  await expect(row).not.toContainText('Not approved');
});

test('[PIN4] [PIN7] a person sets another PIN, and signs in with it', async ({ sit }) => {
  const { page } = await sit(shop(), 'K4');
  await person(page).click();
  await signIn(page, 'Rini');
  await person(page).click();
  await page.getByTestId('set-pin').click();
  const pad = page.getByTestId('set-pin-dialog').getByTestId('pin');
  await typePin(page, 'Rini');
  await expect(page.getByTestId('set-pin-dialog')).toContainText('New PIN for Rini');
  await pad.fill('123456');
  await expect(page.getByTestId('set-pin-fault')).toContainText('guessed first');
  await pad.fill('264819');
  await expect(page.getByTestId('set-pin-dialog')).toContainText('once more');
  await pad.fill('264810');
  await expect(page.getByTestId('set-pin-fault')).toContainText('not the same');
  await pad.fill('264819');
  await expect(page.getByTestId('set-pin-dialog')).toContainText('once more');
  await pad.fill('264819');
  await expect(page.getByTestId('message')).toContainText('The PIN is set');
  await page.keyboard.press('Alt+l');
  await page.getByTestId('person-ask').getByRole('button', { name: 'Rini' }).click();
  await typePin(page, 'Rini');
  await expect(fault(page)).toContainText('Wrong PIN');
  await page.getByTestId('pin').fill('264819');
  await expect(page.getByTestId('person-ask')).toHaveCount(0);
});

test('[PIN7] [PIN4] a manager adds a person, sets their PIN, and takes them away', async ({ sit }) => {
  const { page } = await sit(otherShop(), 'M1', { path: '/people' });
  const row = page.getByTestId('person-row').filter({ hasText: 'Tini' });
  await page.getByTestId('person-name').fill('Tini');
  await page.getByTestId('add-person').click();
  await page.getByTestId('add-proof').getByTestId('pin').waitFor();
  await typePin(page, 'Budi');
  await expect(row).toContainText('No PIN yet');
  expect(await findViolations(page, 'people')).toEqual([]);
  await row.getByTestId('person-pin').click();
  await typePin(page, 'Budi');
  const dialog = page.getByTestId('set-pin-dialog');
  await expect(dialog).toContainText('New PIN for Tini');
  await dialog.getByTestId('pin').fill('264819');
  await expect(dialog).toContainText('once more');
  await dialog.getByTestId('pin').fill('264819');
  await expect(row).not.toContainText('No PIN yet');
  await person(page).click();
  await page.getByTestId('person-ask').getByRole('button', { name: 'Tini' }).click();
  await page.getByTestId('pin').fill('264819');
  await expect(person(page)).toContainText('Tini');
  await expect(row.getByTestId('person-remove')).toBeDisabled();
  await person(page).click();
  await signIn(page, 'Budi');
  await row.getByTestId('person-remove').click();
  await page.getByTestId('remove-proof').getByTestId('pin').waitFor();
  await typePin(page, 'Budi');
  await expect(row).toHaveCount(0);
});
