import { expect, type Page, type Route } from '@playwright/test';
import { expectAllSent, goTo, sell } from './acts.ts';
import { findViolations } from './axe.ts';
import { test } from './seat.ts';
import { shopOfThisFile } from './shop.ts';

const shop = shopOfThisFile();

interface PulledPage {
  readonly documents: Record<string, unknown>[];
}

/** Changes what the server answers to pulls of a collection: what a shop with a past would have. */
async function rewritePulls(page: Page, collection: string, change: (answer: PulledPage) => void): Promise<void> {
  await page.route(`**/sync/v1/${collection}/pull*`, async (route: Route) => {
    const response = await route.fetch();
    const answer = (await response.json()) as PulledPage;
    change(answer);
    await route.fulfill({ response, json: answer });
  });
}

test('[OFFICE6] the office lists what came back after a restore, and marks copied and revoked devices', async ({
  sit,
}) => {
  const till = await sit(shop(), 'K1');
  await sell(till.page, 'Kopi Tubruk', 2);
  await sell(till.page, 'Teh Melati');
  await expectAllSent(till.page);

  const m = await sit(shop(), 'M1', { enrol: false });
  await rewritePulls(m.page, 'branchJournal', ({ documents }) => {
    for (const entry of documents) entry.flags = ['returned'];
  });
  await rewritePulls(m.page, 'company', ({ documents }) => {
    const first = documents.find(({ kind }) => kind === 'epoch');
    const device = documents.find(({ kind, till: code }) => kind === 'device' && code === 'K1');
    if (!first || !device) return;
    const epoch = { n: 2, id: '0123456789abcdef' };
    documents.push({ ...first, id: 'epoch:2', epoch, cause: 'restored', begunAt: Number(first.begunAt) + 1 });
    const copy = { device: 'zzzzzzzzzzzzzzzz', id: 'device:zzzzzzzzzzzzzzzz', till: 'K1X', forkOf: device.device };
    documents.push({ ...device, ...copy, revokedAt: Number(first.begunAt) + 2 });
  });
  await m.page.getByTestId('enrol-code').fill(shop().code('M1'));
  await m.page.getByTestId('enrol-submit').click();
  await m.page.getByTestId('person-ask').getByRole('button').first().click();

  await goTo(m.page, '/returned');
  const history = m.page.getByTestId('history');
  await expect(history).toContainText('restored from a backup');
  await expect(m.page.getByTestId('came-back').locator('tbody tr', { hasText: 'K1' })).toContainText('Rp 33,000');
  expect(await findViolations(m.page, 'what came back')).toEqual([]);

  await goTo(m.page, '/devices');
  const trouble = m.page.getByTestId('device-trouble');
  await expect(trouble.filter({ hasText: 'This device was copied' })).toHaveCount(1);
  await expect(trouble.filter({ hasText: 'A copy of K1' })).toContainText('Revoked since');
  expect(await findViolations(m.page, 'devices with marks')).toEqual([]);
});
