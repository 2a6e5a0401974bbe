import { readFileSync, writeFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { addToCart, expectAllSent, expectConnection, findReceiptOfAnother, goTo, sell } from './acts.ts';
import { findViolations } from './axe.ts';
import { fileOf } from './file-of.ts';
import { enrol, type Seat, test } from './seat.ts';
import { shopOfThisFile } from './shop.ts';

const shop = shopOfThisFile();
const HOUR = 3_600_000;

test('[STATE1] [STATE2] [STATE3] warnings come once, return when it got worse, and coming back says what was synced', async ({
  sit,
}) => {
  const seat = await sit(shop(), 'K1', { path: '/inspector' });
  const { page } = seat;
  await page.getByTestId('setting-waitingMax').fill('1');
  await page.getByTestId('save-settings').click();
  await goTo(page, '/sell');
  await expectAllSent(page);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await seat.cutOff();
  await sell(page, 'Kopi Tubruk');
  await expect(page.getByTestId('signs')).toHaveCount(0);
  await sell(page, 'Kopi Tubruk');
  await expect(page.getByTestId('signs')).toContainText('2 things wait');
  expect(await findViolations(page, 'a warning')).toEqual([]);
  await page.getByTestId('signs-dismiss').click();
  await sell(page, 'Teh Melati');
  await expect(page.getByTestId('signs')).toHaveCount(0);
  await page.reload();
  await page.getByTestId('product-tile').first().waitFor();
  await expect(page.getByTestId('signs')).toHaveCount(0);
  await sell(page, 'Teh Melati');
  await expect(page.getByTestId('signs')).toContainText('4 things wait');
  await page.getByTestId('signs-dismiss').click();
  // Later by this device's clock.
  const now = await page.evaluate(() => Date.now());
  await page.clock.setFixedTime(now + 2 * HOUR);
  await expect(page.getByTestId('signs')).toContainText('as of 2 hr ago');
  await expect(page.getByTestId('sync-age')).toHaveAttribute('data-stale', 'true');
  await page.getByTestId('signs-dismiss').click();
  await page.clock.setFixedTime(now + 9 * HOUR);
  await expect(page.getByTestId('signs')).toContainText('No connection for 9');
  await page.clock.setFixedTime(now);
  await seat.bringBack();
  await expect(page.getByTestId('message')).toContainText('4 sales synced.');
  await expectAllSent(page);
});

test('[STATE4] a sale of another till is named in the status bar, covers nothing, and can be switched off', async ({
  sit,
}) => {
  const [here, there] = await Promise.all([sit(shop(), 'K2'), sit(shop(), 'K3')]);
  await expectConnection(here.page, 'online');
  await addToCart(here.page, 'Kopi Tubruk');
  const receipt = await sell(there.page, 'Teh Melati');
  const news = here.page.getByTestId('news');
  await expect(news).toContainText(`New sale at K3: ${receipt}`);
  const [box, pay] = await Promise.all([news.boundingBox(), here.page.getByTestId('pay').boundingBox()]);
  expect((box?.y ?? 0) >= (pay?.y ?? 0) + (pay?.height ?? 0)).toBe(true);
  await here.page.getByTestId('settings-menu').click();
  await here.page.getByTestId('want-elsewhere').click();
  await here.page.keyboard.press('Escape');
  await expect(news).toHaveCount(0);
  const next = await sell(there.page, 'Teh Melati');
  await expectAllSent(there.page);
  await goTo(here.page, '/receipts');
  await findReceiptOfAnother(here.page, next);
  await expect(news).toHaveCount(0);
});

test('[STATE5] [STATE6] [STATE7] a reset by name drains first, or saves a file, and takes nothing of the till’s own', async ({
  sit,
}) => {
  const seat = await sit(shop(), 'K4');
  const { page } = seat;
  await seat.cutOff();
  await sell(page, 'Kopi Tubruk');
  await goTo(page, '/sync');
  await expect(page.getByTestId('waiting-entry')).toContainText('No connection');
  await reset(page, 'K4', async () => {
    const download = page.waitForEvent('download');
    await page.getByTestId('reset-go').click();
    const file = JSON.parse(readFileSync(await (await download).path(), 'utf8'));
    expect(file).toMatchObject({ device: { till: 'K4' }, entries: [{ seq: 1 }] });
  });
  await expect(page.getByTestId('message')).toContainText('nothing was removed');
  await expect(page.getByTestId('waiting-entry')).toHaveCount(1);
  await seat.bringBack();
  await expectConnection(page, 'online');
  await sell2(page);
  await goTo(page, '/sync');
  await reset(page, 'K4', () => page.getByTestId('reset-go').click());
  await expect(page.getByTestId('message')).toContainText('being downloaded again', { timeout: 30_000 });
  await expectAllSent(page);
  await goTo(page, '/sell');
  expect(await sell(page, 'Teh Melati')).toBe('K4-1-3');
});

test('[STATE8] a test call names a captive portal, a silent network, and a clock that is wrong', async ({ sit }) => {
  const seat = await sit(shop(), 'K5', { path: '/sync' });
  const { page } = seat;
  const found = async () => {
    await page.getByTestId('test-call').click();
    await expect(page.getByTestId('test-call')).toBeEnabled();
    return page.getByTestId('test-result');
  };
  await expect(await found()).toContainText('knows this device');
  await page.route('**/sync/v1/status*', (route) => route.fulfill({ body: '<html>Hotel</html>' }));
  await expect(await found()).toContainText('login');
  await page.unroute('**/sync/v1/status*');
  await seat.cutOff();
  await expect(await found()).toContainText('Nothing answered');
  await seat.bringBack();
  await page.clock.setFixedTime((await page.evaluate(() => Date.now())) + 25 * HOUR);
  await expect(await found()).toContainText('ahead');
  expect(await findViolations(page, 'a test call')).toEqual([]);
});

test('[STATE5] [STATE9] [STATE10] [STATE12] [F10] the file of a dead till is handed in at a manager’s device, entry by entry', async ({
  sit,
}) => {
  const [dead, m] = await Promise.all([sit(shop(), 'K6'), sit(shop(), 'M1', { path: '/sync' })]);
  await dead.cutOff();
  await sell(dead.page, 'Kopi Tubruk', 2);
  await sell(dead.page, 'Teh Melati');
  const file = await saveWaiting(dead);
  await dead.page.close();
  const damaged = test.info().outputPath('damaged.json');
  writeFileSync(damaged, readFileSync(file, 'utf8').slice(0, -30));
  await choose(m.page, damaged);
  await expect(m.page.getByTestId('rescue-fault')).toContainText('damaged');
  expect(await findViolations(m.page, 'a damaged file', '[role="dialog"]')).toEqual([]);
  await chooseNothing(m.page);
  await expect(m.page.getByTestId('rescue-fault')).toContainText('damaged');
  await m.page.keyboard.press('Escape');
  await choose(m.page, file);
  await expect(m.page.getByTestId('rescue-contents')).toContainText('K6-1-1 to K6-1-2');
  expect(await findViolations(m.page, 'a rescue file', '[role="dialog"]')).toEqual([]);
  await m.page.getByTestId('rescue-go').click();
  await expect(m.page.getByTestId('rescue-outcome')).toContainText('New at the server: 2');
  await expect(m.page.locator('[data-verdict="accepted"]')).toHaveCount(2);
  await m.page.keyboard.press('Escape');
  await choose(m.page, file);
  await m.page.getByTestId('rescue-go').click();
  await expect(m.page.getByTestId('rescue-outcome')).toContainText('New at the server: 0; there already: 2');
  await m.page.keyboard.press('Escape');
  await goTo(m.page, '/sales');
  await expect(m.page.getByText('K6-1-2').first()).toBeVisible();

  await test.step('[STATE5] a change of a product that waits is listed with what it wishes, and why it waits', async () => {
    await m.cutOff();
    await goTo(m.page, '/products');
    await m.page.getByTestId('office-search').fill('Teh Melati');
    await m.page.getByTestId('product-row').first().click();
    await m.page.getByTestId('edit-price').fill('9000');
    await m.page.getByTestId('edit-save').click();
    await goTo(m.page, '/sync');
    await expect(m.page.getByTestId('waiting-edit')).toContainText('Teh Melati');
    await expect(m.page.getByTestId('waiting-edit')).toContainText('Rp 9,000');
    await expect(m.page.getByTestId('waiting-edit')).toContainText('No connection');
    expect(await findViolations(m.page, 'waiting edits')).toEqual([]);
    await m.bringBack();
    await expectAllSent(m.page);
  });
});

async function sell2(page: Page): Promise<void> {
  await goTo(page, '/sell');
  await sell(page, 'Kopi Tubruk');
}

/** Types the till's name, and `go` confirms: by another name nothing can be confirmed. */
async function reset(page: Page, till: string, go: () => Promise<unknown>): Promise<void> {
  await page.getByTestId('reset').click();
  await page.getByTestId('reset-name').fill('K99');
  await expect(page.getByTestId('reset-go')).toBeDisabled();
  expect(await findViolations(page, 'reset', '[role="dialog"]')).toEqual([]);
  await page.getByTestId('reset-name').fill(till.toLowerCase());
  await go();
}

async function saveWaiting({ page }: Seat): Promise<string> {
  await goTo(page, '/sync');
  const download = page.waitForEvent('download');
  await page.getByTestId('rescue-waiting').click();
  const path = test.info().outputPath('rescue.json');
  await (await download).saveAs(path);
  return path;
}

async function choose(page: Page, file: string): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByTestId('rescue-import').click();
  await (await chooser).setFiles(fileOf(file));
}

/** What a browser tells of a file chooser that is closed without a file. */
async function chooseNothing(page: Page): Promise<void> {
  await page.locator('[data-testid="rescue"] input[type="file"]').setInputFiles([]);
}

test('[STATE13] before one more device is enrolled, what lies in this browser is named and can be saved', async ({
  sit,
}) => {
  const seat = await sit(shop(), 'K7');
  await seat.cutOff();
  await sell(seat.page, 'Kopi Tubruk');
  await loseEnrolment(seat);
  await seat.bringBack();
  const page = await seat.openTab();
  await expect(page.getByTestId('left-here')).toContainText('K7, an earlier till in this browser');
  expect(await findViolations(page, 'left here')).toEqual([]);
  const download = page.waitForEvent('download');
  await page.getByTestId('left-save').click();
  const file = JSON.parse(readFileSync(await (await download).path(), 'utf8'));
  expect(file).toMatchObject({ format: 'laci-rescue', device: { till: 'K7' }, entries: [{ kind: 'sale' }] });
  await enrol({ page }, shop().code('K8'));
  await page.goto(`${seat.wire.origin}/?till=other`);
  await expect(page.getByTestId('left-other')).toHaveText('Open K8');
});

/** Takes the vault off the disk and leaves the journal: what an eviction of a part, or a cleaning tool, may do. */
async function loseEnrolment({ page, wire }: Seat): Promise<void> {
  await page.route('**/nothing-here', (route) => route.fulfill({ body: 'nothing' }));
  await page.goto(`${wire.origin}/nothing-here`);
  await page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const request = indexedDB.deleteDatabase('laci-vault-K7');
        request.onsuccess = resolve;
        request.onerror = reject;
      }),
  );
  await page.close();
}
