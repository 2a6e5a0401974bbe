import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { enrol } from '../../../client/e2e/seat.ts';
import { openCore } from '../../../server/core/open-core.ts';
import { createTestDeps } from '../../../server/testing/test-deps.ts';
import { firstCode, pinIn } from '../../replay/enrol-file.ts';
import { startServer } from '../../replay/server-process.ts';
import { buildClient } from '../../setup/client-build.mjs';
import type { BenchOrder, Tell } from '../bench-order.ts';
import { bringBrowser, inFreshProfile } from '../chromium.ts';
import { makeFolder, withEnds } from '../peers/ends.ts';
import { readSales } from '../read-inputs.ts';
import { basketsOf } from '../sales-baskets.ts';
import { catalogueOptions } from '../shop-catalogue.ts';
import { type BenchResult, compareSeries, type Summary, summarise } from '../statistics.ts';
import { makeSales } from './make-sales.ts';
import { meterScreen, type ScreenSample } from './screen-meter.ts';
import { ACTS, SCREENS, type ScreenAct } from './screens.ts';

/** What the issue asks of a device, beside the demo's 20,000 products: each screen usable within a second. */
export const DEVICE_SALES = 30_000;
export const ASKED_MS = 1_000;
const DAYS = 30;
const DAY_MS = 86_400_000;
const WAIT_MS_MAX = 180_000;
const PAGE_MS_MAX = 30 * 60_000;
const BENCH_MS_MAX = 2 * PAGE_MS_MAX;

export type ScreensResult = BenchResult & {
  readonly sales: number;
  readonly parts: Readonly<Record<string, ScreenPart>>;
};

/** One screen or act: the first time, with all that it loads, and after that. */
export interface ScreenPart {
  readonly first: number;
  readonly usable: Summary;
  readonly longTasks: number;
  readonly longest: number;
  readonly slowestFrame: number;
}

/**
 * What a manager waits for on a device in Chromium that holds the shop's products (20,000) and 30,000 sales of the last 30 days: each office screen opened, the long
 * lists scrolled, and what goes through all sales, with the server there and without it.
 */
export async function benchOfficeScreens(order: BenchOrder, tell: Tell): Promise<ScreensResult> {
  await bringBrowser();
  await buildClient();
  return withEnds('office-screens', BENCH_MS_MAX, async (ends) => {
    const folder = makeFolder(ends, 'bench');
    await fillShop(folder, order, tell);
    const server = await startServer(folder, ['--no-verify', '--tills', '0']);
    ends.add(server.stop);
    const parts = await inFreshProfile(PAGE_MS_MAX, async (page) => {
      page.setDefaultTimeout(WAIT_MS_MAX);
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.goto(`${server.origin}/?till=M1`);
      await enrol({ page }, firstCode(server.enrolment), pinIn(server.enrolment, 'Budi'));
      await untilAllIsHere(page);
      return measure(page, order.rounds, tell);
    });
    const all = Object.values(parts).map(({ usable }) => usable.median);
    return { ...compareSeries('office-screens', all, { asked: [ASKED_MS] }), sales: DEVICE_SALES, parts };
  });
}

async function fillShop(folder: string, order: BenchOrder, tell: Tell): Promise<void> {
  const server = await startServer(folder, ['--no-verify', ...catalogueOptions(order, folder)]);
  await server.stop();
  const core = await openCore(join(folder, 'data'), createTestDeps());
  const { salesFile, format } = order;
  const baskets = salesFile === undefined ? null : basketsOf(readSales(salesFile, format).rows);
  await makeSales(core, { sales: DEVICE_SALES, baskets, days: DAYS, until: Date.now() - DAY_MS }, tell);
  await core.store.close();
}

/** The newest sales are there as soon as the last page has come. */
async function untilAllIsHere(page: Page): Promise<void> {
  await page.goto(`${page.url().split('#')[0]}#/sales`);
  await expect(page.getByTestId('sale-row').first()).toBeVisible({ timeout: WAIT_MS_MAX });
  await expect(page.getByTestId('sync-age')).toContainText(/Synced/, { timeout: WAIT_MS_MAX });
}

async function measure(page: Page, rounds: number, tell: Tell): Promise<Readonly<Record<string, ScreenPart>>> {
  const samples = new Map<string, ScreenSample[]>();
  const play = async (acts: readonly ScreenAct[], where: string): Promise<void> => {
    for (let round = 0; round <= rounds; round += 1) {
      for (const act of acts) {
        const sample = await page.evaluate(meterScreen, act);
        const name = `${act.name}${where}`;
        samples.set(name, [...(samples.get(name) ?? []), sample]);
        tell(`${name}: ${Math.round(sample.usable)} ms, longest task ${Math.round(sample.longest)} ms`);
      }
    }
  };
  await play([...SCREENS, ...ACTS], '');
  await page.context().setOffline(true);
  await play(ACTS, ', offline');
  return Object.fromEntries([...samples].map(([name, all]) => [name, partOf(all)]));
}

function partOf([first, ...later]: readonly ScreenSample[]): ScreenPart {
  const all = later.length > 0 || !first ? later : [first];
  const worst = (of: (sample: ScreenSample) => number) => Math.round(Math.max(...all.map(of)));
  return {
    first: Math.round(first?.usable ?? 0),
    usable: summarise(all.map(({ usable }) => usable)),
    longTasks: worst(({ longTasks }) => longTasks),
    longest: worst(({ longest }) => longest),
    slowestFrame: worst(({ slowestFrame }) => slowestFrame),
  };
}
