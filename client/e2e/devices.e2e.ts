import { expect } from '@playwright/test';
import { goTo, sell } from './acts.ts';
import { findViolations } from './axe.ts';
import { test } from './seat.ts';
import { shopOfThisFile } from './shop.ts';

const shop = shopOfThisFile();
const DIALOG = '[role="dialog"]';

test('[CARE8] [CARE9] the office sees how a till is, names, calls and ends it, and gives another system a token', async ({
  sit,
}) => {
  const [till, m] = await Promise.all([sit(shop(), 'K1'), sit(shop(), 'M1', { path: '/devices' })]);
  await sell(till.page, 'Teh Melati');
  const row = m.page.locator('[data-testid="device-row"][data-till="K1"]');
  const menu = async (item: string) => {
    await row.getByTestId('device-menu').click();
    await m.page.getByTestId(item).click();
  };

  const prove = () => m.page.getByTestId('integration-proof').getByRole('button').first().click();

  await test.step('it says how it is, and nothing calls for anybody', async () => {
    await expect(row.getByTestId('device-facts')).toContainText('At it: Budi', { timeout: 30_000 });
    await expect(m.page.getByTestId('device-alerts')).toContainText('Every device has synced');
  });

  await test.step('a name shows beside its code, and a command is done where it stands', async () => {
    await menu('device-rename');
    await m.page.getByTestId('device-name').fill('Front counter');
    await m.page.getByTestId('dialog-go').click();
    await expect(row).toContainText('Front counter');
    await menu('device-sync');
    await expect(row.getByTestId('device-commands')).toContainText('Sync now: done', { timeout: 30_000 });
  });

  await test.step('the end is asked in steps, and confirmed by the till’s code', async () => {
    await menu('device-end');
    expect(await findViolations(m.page, 'end of a device', DIALOG)).toEqual([]);
    await expect(m.page.getByRole('dialog')).toContainText('Nothing was waiting on it');
    await m.page.getByTestId('end-lost').check();
    await expect(m.page.getByTestId('dialog-go')).toBeDisabled();
    await m.page.getByTestId('end-confirm').fill('k1');
    await m.page.getByTestId('dialog-go').click();
    await expect(row.getByTestId('device-trouble')).toContainText('Revoked since');
  });

  await test.step('[API1] a token is shown once, and revoked', async () => {
    await goTo(m.page, '/integrations');
    await m.page.getByTestId('integration-name').fill('Web shop');
    await m.page.getByTestId('integration-make').click();
    await prove();
    const token = (await m.page.getByTestId('secret').textContent())?.trim() ?? '';
    const ask = () => fetch(`${shop().origin}/api/v1/stock`, { headers: { authorization: `Bearer ${token}` } });
    expect((await ask()).status).toBe(200);
    await m.page.getByTestId('secret-seen').click();
    await expect(m.page.getByText(token)).toHaveCount(0);
    await m.page.getByTestId('integration-revoke').click();
    await prove();
    await expect(m.page.getByTestId('integration-row')).toContainText('Revoked');
    expect((await ask()).status).toBe(403);
  });
});
