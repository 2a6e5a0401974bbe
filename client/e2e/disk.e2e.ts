import { readFileSync } from 'node:fs';
import { expect } from '@playwright/test';
import { build, type Rollup } from 'vite';
import { addToCart, expectAllSent, findReceiptOfAnother, goTo, pay, sell } from './acts.ts';
import { findViolations } from './axe.ts';
import { fileOf } from './file-of.ts';
import { type Seat, test } from './seat.ts';
import { shopOfThisFile } from './shop.ts';

const shop = shopOfThisFile();

test('[DISK7] [DISK3] [DISK4] [DISK8] [DISK9] [DISK10] [TILL26] [F29] RxDB on this browser’s disk keeps the storage contract', async ({
  sit,
}) => {
  const { page } = await sit(shop(), 'K1', { enrol: false });
  const script = await bundle('disk-page.ts');
  // From the server's own origin, as the page's policy wants it.
  await page.route('**/disk-page.js', (route) => route.fulfill({ body: script, contentType: 'text/javascript' }));
  await page.addScriptTag({ url: '/disk-page.js', type: 'module' });
  await page.waitForFunction('window.runContract');
  expect(await page.evaluate('window.cases.length')).toBe(7);
  expect(await page.evaluate('window.runContract()')).toEqual({});
});

test('[DISK2] [F2] killed in the middle of writing, what was written is whole and what was shown is there', async ({
  sit,
}) => {
  const seat = await sit(shop(), 'K3');
  const shown = await sell(seat.page, 'Kopi Tubruk');
  await addToCart(seat.page, 'Teh Melati');
  await seat.page.getByTestId('pay').click();
  // The sale begins to be written, and the process dies with it.
  await seat.page.getByTestId('confirm-pay').click({ noWaitAfter: true });
  await kill(seat);
  const again = await seat.openTab('/receipts');
  await again.getByTestId('receipt-row').first().waitFor();
  const rows = again.getByTestId('receipt-row');
  const receipts = await rows.evaluateAll((all) => all.map((row) => row.getAttribute('data-receipt')));
  expect([[shown], ['K3-1-2', shown]]).toContainEqual(receipts);
  await goTo(again, '/sell');
  await expect(again.getByTestId('cart-line')).toHaveCount(receipts.length === 2 ? 0 : 1);
  await goTo(again, '/sync');
  await expect(again.getByTestId('finding')).toHaveCount(0);
  await expectAllSent(again);
});

test('[F9] [DISK6] a disk that fills up is told, one that is almost full refuses before payment, and sells again with room', async ({
  sit,
}) => {
  const { page, context, wire } = await sit(shop(), 'K4');
  const session = await context.newCDPSession(page);
  const { origin } = wire;
  const usage = async () => (await session.send('Storage.getUsageAndQuota', { origin })).usage;
  await sell(page, 'Kopi Tubruk');
  await expect.poll(usage, { message: 'room is held for a sale' }).toBeGreaterThan(8_000_000);
  await settled(usage);
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1.38 * (await usage()) });
  await sell(page, 'Kopi Tubruk');
  await expect(page.getByTestId('notice-low')).toBeVisible();
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: (await usage()) + 1_000_000 });
  // Any entry makes the device look at its disk again.
  await sell(page, 'Kopi Tubruk');
  await expect(page.getByTestId('notice-full')).toBeVisible();
  await addToCart(page, 'Teh Melati');
  await page.getByTestId('pay').click();
  await expect(page.getByTestId('cart')).toContainText('almost full');
  await expect(page.getByTestId('pay-dialog')).toHaveCount(0);

  await goTo(page, '/sync');
  await expect(page.getByTestId('storage')).toContainText('no sale begins');
  await session.send('Storage.overrideQuotaForOrigin', { origin });
  await page.reload();
  await goTo(page, '/sync');
  // Seen to be looked at, not only not yet known.
  await expect(page.getByTestId('storage')).toContainText('There is room');
  await goTo(page, '/sell');
  expect(await pay(page)).toBe('K4-1-4');
});

test('[DISK5] the browser’s promise is shown, and asked for again', async ({ sit }) => {
  const { page } = await sit(shop(), 'K5', { path: '/sync' });
  await expect(page.getByTestId('storage-kept')).toContainText('may delete');
  await page.evaluate(() => {
    navigator.storage.persist = async () => true;
  });
  await page.getByTestId('ask-to-keep').click();
  await expect(page.getByTestId('storage-kept')).toContainText('keeps the data');
  await expect(page.getByTestId('ask-to-keep')).toHaveCount(0);
});

test('[F10] [DISK3] a journal deleted under a living vault: told, saved, repaired, and gone on with', async ({
  sit,
}) => {
  const seat = await sit(shop(), 'K6');
  await sell(seat.page, 'Kopi Tubruk');
  await sell(seat.page, 'Kopi Tubruk');
  await expectAllSent(seat.page);
  await deleteJournal(seat);
  const page = await seat.openTab('/sync');
  const damage = page.getByTestId('finding');
  await expect(damage).toContainText('2 entries are missing');
  await expect(page.getByTestId('notice-chain')).toBeVisible();
  await expect(page.getByTestId('mark-repaired')).toBeDisabled();
  expect(await findViolations(page, 'a damaged journal')).toEqual([]);
  const download = page.waitForEvent('download');
  await page.getByTestId('save-copy').click();
  const rescue = JSON.parse(readFileSync(await (await download).path(), 'utf8'));
  expect(rescue).toMatchObject({ format: 'laci-rescue', device: { till: 'K6' }, entries: [] });
  await page.getByTestId('mark-repaired').click();
  await expect(damage).toHaveCount(0);
  await goTo(page, '/sell');
  expect(await sell(page, 'Teh Melati')).toBe('K6-1-3');
  await expectAllSent(page);
  await page.reload();
  await expect(page.getByTestId('notice-forked')).toHaveCount(0);
  await expect(page.getByTestId('notice-chain')).toHaveCount(0);
});

test('[F10] what waits on a till without a connection is handed in by another one from a rescue file', async ({
  sit,
}) => {
  const [broken, other] = await Promise.all([sit(shop(), 'K7'), sit(shop(), 'K8', { path: '/sync' })]);
  await broken.cutOff();
  await sell(broken.page, 'Kopi Tubruk');
  await sell(broken.page, 'Teh Melati');
  await goTo(broken.page, '/sync');
  await expect(broken.page.getByTestId('waiting-entry')).toHaveCount(2);
  const download = broken.page.waitForEvent('download');
  await broken.page.getByTestId('rescue-waiting').click();
  const file = await (await download).path();
  const chooser = other.page.waitForEvent('filechooser');
  await other.page.getByTestId('rescue-import').click();
  await (await chooser).setFiles(fileOf(file));
  await other.page.getByTestId('rescue-go').click();
  await expect(other.page.getByTestId('rescue-outcome')).toContainText('K7: 2 entries. New at the server: 2');
  await other.page.keyboard.press('Escape');
  await goTo(other.page, '/receipts');
  await findReceiptOfAnother(other.page, 'K7-1-2');
  await broken.bringBack();
  await expectAllSent(broken.page);
});

/** A script for a page, with all it imports in one text. */
async function bundle(name: string): Promise<string> {
  const entry = new URL(name, import.meta.url).pathname;
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      target: 'es2022',
      lib: { entry, formats: ['es'] },
      rollupOptions: { output: { codeSplitting: false } },
    },
  });
  const [first] = (Array.isArray(built) ? built : [built]) as Rollup.RollupOutput[];
  return first?.output[0].code ?? '';
}

async function kill({ context, page }: Seat): Promise<void> {
  const session = await context.newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  session.send('Page.crash').catch(() => undefined);
  await crashed;
  await page.close();
}

/** Takes the journal's database off the disk and leaves the vault: what an eviction of a part, or a cleaning tool, may do. */
async function deleteJournal({ page, wire }: Seat): Promise<void> {
  // Another page of the same origin, so that nothing holds the database open.
  await page.goto(`${wire.origin}/health`);
  const deleted = await page.evaluate(async () => {
    const names = (await indexedDB.databases()).flatMap(({ name }) => (name?.includes('--journal') ? [name] : []));
    for (const name of names)
      await new Promise((resolve, reject) => {
        const request = indexedDB.deleteDatabase(name);
        request.onsuccess = resolve;
        request.onerror = reject;
      });
    return names;
  });
  expect(deleted).toHaveLength(1);
  await page.close();
}

/** The app itself is kept for offline use meanwhile, and takes room too. */
async function settled(usage: () => Promise<number>): Promise<void> {
  let before = 0;
  const isSame = async () => {
    const now = await usage();
    const same = now === before;
    before = now;
    return same;
  };
  await expect.poll(isSame, { message: 'nothing is written any more', intervals: [1_500], timeout: 30_000 }).toBe(true);
}
