import { readFileSync } from 'node:fs';
import { expect } from '@playwright/test';
import { expectAllSent, goTo, sell } from './acts.ts';
import { findViolations } from './axe.ts';
import { test } from './seat.ts';
import { shopOfThisFile } from './shop.ts';

const shop = shopOfThisFile();

test('[REP14] [REP15] [REP12] [REP13] the manager reads what sold, takes it out as a file, and sees Z reports with their signatures', async ({
  sit,
}) => {
  const [till, m] = await Promise.all([sit(shop(), 'K1'), sit(shop(), 'M1', { path: '/reports' })]);
  const { page } = m;
  const by = (name: string) => page.getByTestId('report-by').getByText(name, { exact: true });

  await test.step('a day on which nothing was sold says so', async () => {
    await expect(page.getByText('Nothing was sold on these days')).toBeVisible();
  });

  await test.step('sales show by themselves: the picture, and the table behind it', async () => {
    await goTo(till.page, '/shift');
    await till.page.getByTestId('shift-float').fill('100000');
    await till.page.getByTestId('shift-open').click();
    await goTo(till.page, '/sell');
    await sell(till.page, 'Produk 030');
    await sell(till.page, 'Produk 031');
    await expectAllSent(till.page);
    await expect(page.getByTestId('figure-sales')).toHaveText('2', { timeout: 30_000 });
    await expect(page.getByTestId('report-source')).toHaveAttribute('data-kind', 'server');
    await by('Product').click();
    const rows = page.getByTestId('report-table').locator('tbody tr');
    await expect(rows).toHaveCount(2);
    await page.getByTestId('sort-label').click();
    await expect(rows.first()).toContainText('Produk 030');
    await page.getByTestId('sort-label').click();
    await expect(rows.first()).toContainText('Produk 031');
    await expect(page.getByTestId('report-chart')).toBeVisible();
  });

  await test.step('the table is saved as CSV', async () => {
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByTestId('report-csv').click()]);
    expect(file.suggestedFilename()).toMatch(/\.csv$/);
    const text = readFileSync(await file.path(), 'utf8');
    expect(text).toContain('Product,Sold');
    expect(text).toContain('Produk 030,1,0,');
  });

  await test.step('two days are chosen by keyboard, and compared', async () => {
    await page.getByTestId('report-period').selectOption('custom');
    await page.getByTestId('report-from').fill('2020-02-01');
    await page.getByTestId('report-to').fill('2019-02-01');
    await expect(page.getByText('Choose a first day that is not after the last')).toBeVisible();
    await page.getByTestId('report-period').selectOption('week');
    await page.getByTestId('report-compare').press('Space');
    await expect(page.getByTestId('report-figures')).toContainText('before: 0');
  });

  await test.step('it is for everybody, also on a phone', async () => {
    expect(await findViolations(page, 'reports')).toEqual([]);
    await page.setViewportSize({ width: 390, height: 780 });
    const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
    expect(await fits()).toBe(true);
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  await test.step('without the server it counts what is here, and says so', async () => {
    await m.cutOff();
    await expect(page.getByTestId('report-source')).toHaveAttribute('data-kind', 'device', { timeout: 30_000 });
    await expect(page.getByTestId('figure-sales')).toHaveText('2');
    await m.bringBack();
    await expect(page.getByTestId('report-source')).toHaveAttribute('data-kind', 'server', { timeout: 30_000 });
  });

  await test.step('a Z report arrives, holds by its signature, and opens as the till shows it', async () => {
    await goTo(till.page, '/shift');
    await till.page.getByTestId('shift-close').click();
    await till.page.getByTestId('pieces-100000').fill('1');
    await till.page.getByTestId('count-done').click();
    await till.page.getByTestId('close-confirm').click();
    await expect(till.page.getByTestId('z-report')).toBeVisible();
    await by('Z reports').click();
    await expect(page.getByTestId('signature')).toHaveText('Signature holds');
    await page.getByTestId('z-row').getByRole('button').click();
    await expect(page.getByTestId('z-report')).toContainText('Z');
    await page.keyboard.press('Escape');
    expect(await findViolations(page, 'Z reports')).toEqual([]);
  });
});
