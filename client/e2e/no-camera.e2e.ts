import { expect } from '@playwright/test';
import { test } from './seat.ts';
import { shopOfThisFile } from './shop.ts';

const shop = shopOfThisFile();

test('[CAM2] without a camera the window says what to do instead, and the keyboard opens and closes it', async ({
  sit,
}) => {
  const { page } = await sit(shop(), 'K1');
  await page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotFoundError'));
  });
  await page.keyboard.press('F10');
  await expect(page.getByRole('alert')).toContainText('no camera');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'));
  });
  await page.keyboard.press('F10');
  await expect(page.getByRole('alert')).toContainText('not allowed');
});
