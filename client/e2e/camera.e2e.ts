import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import config from '../../playwright.config.ts';
import { writeBarcodeFilm } from './camera-video.ts';
import { rowNamed } from './catalogue.ts';
import { test } from './seat.ts';
import { shopOfThisFile } from './shop.ts';

const shop = shopOfThisFile();
const film = join(mkdtempSync(join(tmpdir(), 'laci-film-')), 'barcode.y4m');
writeBarcodeFilm(film, rowNamed('Kopi Tubruk').barcode);

const launch = config.use?.launchOptions ?? {};
test.use({
  launchOptions: {
    ...launch,
    args: [
      ...(launch.args ?? []),
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-video-capture=${film}`,
    ],
  },
});

test('[CAM1] a barcode before the camera goes into the cart, offline too', async ({ sit }) => {
  const seat = await sit(shop(), 'K1', { browser: { permissions: ['camera'] } });
  const { page } = seat;
  // The reader's program comes from this server, and is kept: so the camera reads without a connection.
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload();
  await seat.cutOff();
  await page.getByTestId('camera-open').click();
  await expect(page.getByTestId('camera-text')).toContainText(rowNamed('Kopi Tubruk').barcode);
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('cart-line').first()).toContainText('Kopi Tubruk');
});
