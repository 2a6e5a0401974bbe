import { expect, type Page } from '@playwright/test';
import { addToCart, goTo } from './acts.ts';
import { type Seat, test, typePin } from './seat.ts';
import { shopOfThisFile } from './shop.ts';

const shop = shopOfThisFile({ pins: true });

/** The picture that the next start shows, as far as it is looked at here. */
interface Kept {
  readonly cart: string | null;
}

/** Waits until the screen as it rests now is kept for the next start. */
async function untilPictured(page: Page, till: string): Promise<void> {
  await page.waitForFunction(
    (name) => {
      const kept = JSON.parse(localStorage.getItem(`laci.picture.${name}`) ?? '{}') as Partial<Kept>;
      return kept.cart === localStorage.getItem(`laci.cart.${name}`);
    },
    till,
    { timeout: 60_000 },
  );
}

/** Leaves a till without a connection, its screen kept. */
async function rest(seat: Seat): Promise<void> {
  await seat.cutOff();
  await untilPictured(seat.page, seat.till);
}

/** From the next load on: does this once as soon as a picture is shown, in the page, and counts the pictures of it. */
async function onPicture(page: Page, taps: readonly number[]): Promise<void> {
  await page.addInitScript((places) => {
    const seen = new MutationObserver(() => {
      const tiles = document.querySelectorAll<HTMLElement>('#first-screen [data-testid="product-tile"]');
      if (tiles.length === 0) return;
      seen.disconnect();
      sessionStorage.setItem('pictures', String(Number(sessionStorage.getItem('pictures') ?? 0) + 1));
      for (const place of places) tiles[place]?.click();
      const badges = Array.from(document.querySelectorAll('#first-screen [data-badge]'), (one) => one.textContent);
      sessionStorage.setItem('badges', JSON.stringify(badges));
      sessionStorage.setItem('picture', document.getElementById('first-screen')?.textContent ?? '');
    });
    seen.observe(document, { childList: true, subtree: true });
  }, taps);
}

function noted(page: Page, name: string): Promise<string | null> {
  return page.evaluate((key) => sessionStorage.getItem(key), name);
}

const tile = (page: Page, place: number) => page.locator('#root').getByTestId('product-tile').nth(place);
const lines = (page: Page) => page.locator('#root').getByTestId('cart-line');

test('[LOAD10] offline, the screen stands as it stood before the program is there; [LOAD11] what is tapped in that moment is in the cart, each once', async ({
  sit,
}) => {
  const a = await sit(shop(), 'K1');
  await rest(a);
  await onPicture(a.page, [1, 2, 1]);
  await a.page.reload();
  await expect(lines(a.page)).toHaveCount(2);
  await expect(a.page.locator('#first-screen')).toHaveCount(0);
  expect(await noted(a.page, 'badges')).toBe('["2","1"]');
  expect(await noted(a.page, 'picture')).toContain('Kopi Tubruk');
  expect(await noted(a.page, 'picture')).not.toMatch(/Stock \d|waiting|Offline/);
  await expect(tile(a.page, 1).locator('..').locator('[data-badge]')).toHaveText('2');
  await expect(tile(a.page, 2).locator('..').locator('[data-badge]')).toHaveText('1');

  // The cart that was kept is shown with the next picture, and goes on from there.
  await untilPictured(a.page, 'K1');
  await a.page.reload();
  await expect(tile(a.page, 1).locator('..').locator('[data-badge]')).toHaveText('4');
  expect(await noted(a.page, 'badges')).toBe('["4","2"]');
  await expect(lines(a.page)).toHaveCount(2);
});

test('[LOAD11] a price that changed meanwhile is the one that is charged, and what is not sold any more is not added', async ({
  sit,
}) => {
  const a = await sit(shop(), 'K2');
  await rest(a);
  // As if both had changed since: what is drawn is older than what the device has.
  const gone = await tile(a.page, 2).getAttribute('data-product');
  // Before the page's first script: a page that is left keeps its picture once more.
  await a.page.addInitScript((id) => {
    const key = 'laci.picture.K2';
    const kept = localStorage.getItem(key) ?? '';
    localStorage.setItem(key, kept.replace('12,500', '1').replaceAll(`"${id}"`, '"gone-1"'));
  }, gone);
  await onPicture(a.page, [1, 2]);
  await a.page.reload();
  await expect(lines(a.page)).toHaveCount(1);
  expect(await noted(a.page, 'picture')).toMatch(/Kopi Tubruk\s*Rp\s1\s/);
  await expect(lines(a.page)).toContainText('12,500');
  await expect(a.page.getByTestId('message')).toContainText('not sold any more');
});

test('[LOAD12] a locked till keeps no picture; nor does another size, another language or another page show one', async ({
  sit,
}) => {
  const a = await sit(shop(), 'K3');
  await rest(a);
  await onPicture(a.page, [0]);
  // Once with another size, once with another language, before the page's first script: a page that is left keeps its picture once more.
  for (const [taken, other] of [
    [',1280,', ',1200,'],
    ['en-GB', 'id-ID'],
  ] as const) {
    await a.page.evaluate((change) => sessionStorage.setItem('change', JSON.stringify(change)), [taken, other]);
    await a.page.addInitScript(() => {
      const change = JSON.parse(sessionStorage.getItem('change') ?? 'null') as [string, string] | null;
      const kept = localStorage.getItem('laci.picture.K3');
      if (change && kept) localStorage.setItem('laci.picture.K3', kept.replace(...change));
      sessionStorage.removeItem('change');
    });
    await a.page.reload();
    await tile(a.page, 0).waitFor();
    expect(await noted(a.page, 'pictures')).toBe(null);
    await untilPictured(a.page, 'K3');
  }

  await goTo(a.page, '/receipts');
  await a.page.reload();
  await a.page.locator('main[data-page=receipts]').waitFor();
  expect(await noted(a.page, 'pictures')).toBe(null);
  await goTo(a.page, '/sell');
  await untilPictured(a.page, 'K3');

  await a.page.keyboard.press('Alt+l');
  await a.page.getByTestId('person-ask').waitFor();
  expect(await a.page.evaluate(() => localStorage.getItem('laci.picture.K3'))).toBe(null);
  await a.page.reload();
  await a.page.getByTestId('person-ask').getByRole('button', { name: 'Budi' }).click();
  await typePin(a.page, 'Budi');
  await tile(a.page, 0).waitFor();
  expect(await noted(a.page, 'pictures')).toBe(null);
  await expect(lines(a.page)).toHaveCount(0);
});

test('[LOAD12] in a second tab, which has not the device, the picture goes and nothing is added', async ({ sit }) => {
  const a = await sit(shop(), 'K4');
  await untilPictured(a.page, 'K4');
  const second = await a.context.newPage();
  await onPicture(second, [0]);
  await second.goto(a.page.url());
  await second.getByTestId('held').waitFor();
  expect(await noted(second, 'pictures')).toBe('1');
  await expect(second.locator('#first-screen')).toHaveCount(0);
  await second.getByTestId('take-over').click();
  await tile(second, 0).waitFor();
  await expect(lines(second)).toHaveCount(0);
});

test('[LOAD13] a scan that comes before the program is not lost, and its end touches no tile', async ({ sit }) => {
  const a = await sit(shop(), 'K5');
  await rest(a);
  await a.page.addInitScript(() => {
    const seen = new MutationObserver(() => {
      const first = document.querySelector<HTMLElement>('#first-screen [data-testid="product-tile"]');
      if (!first) return;
      seen.disconnect();
      first.focus();
      const press = (key: string) =>
        first.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
      for (const key of '4999999999990') press(key);
      sessionStorage.setItem('ended', String(press('Enter')));
    });
    seen.observe(document, { childList: true, subtree: true });
  });
  // Where there was no picture nothing was scanned: then it starts once more.
  await expect(async () => {
    await a.page.reload();
    await tile(a.page, 0).waitFor();
    expect(await noted(a.page, 'ended')).not.toBeNull();
  }).toPass();
  await expect(a.page.getByTestId('message')).toContainText('4999999999990');
  expect(await noted(a.page, 'ended')).toBe('false');
  await expect(lines(a.page)).toHaveCount(0);
  await expect(tile(a.page, 0)).toBeFocused();
  await addToCart(a.page, 'Kopi Tubruk');
  await expect(lines(a.page)).toHaveCount(1);
});
