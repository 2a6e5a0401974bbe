import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { enrolDevice } from '../../client/device/enrol-device.ts';
import { createNodeDeps } from '../../client/device/node-device.ts';
import { reportAnswerShape } from '../../schema/protocol/report.ts';
import { contributionsOf } from '../../schema/report/contributions.ts';
import { sumReport } from '../../schema/report/report.ts';
import { addDays, type DaySpan, zoneNamed } from '../../schema/report/report-day.ts';
import { must } from '../../schema/result.ts';
import { openCore } from '../../server/core/open-core.ts';
import { LAYOUT_VERSION } from '../../server/store/sqlite/layouts.ts';
import { createTestDeps } from '../../server/testing/test-deps.ts';
import { firstCode } from '../replay/enrol-file.ts';
import { startServer } from '../replay/server-process.ts';
import { withLock } from '../setup/lock.mjs';
import type { BenchOrder, Tell } from './bench-order.ts';
import { makeSales } from './office/make-sales.ts';
import { withEnds } from './peers/ends.ts';
import { readSales } from './read-inputs.ts';
import { basketsOf } from './sales-baskets.ts';
import { catalogueOptions } from './shop-catalogue.ts';
import { type BenchResult, compareSeries, type Summary, summarise } from './statistics.ts';

export type OfficeResult = BenchResult & {
  readonly sales: number;
  readonly parts: Readonly<Record<string, Summary>>;
};

/** The last day of the generated year, and its zone. */
const LAST_DAY = '2026-06-30';
const ZONE = 'Asia/Jakarta';
const DAYS = 365;
const LOOK_MS = 1_000;
const BENCH_MS_MAX = 3_600_000;
const MONTH = { from: '2026-06-01', to: '2026-06-30' };
const YEAR = { from: addDays(LAST_DAY, 1 - DAYS), to: LAST_DAY };
const ASKED: readonly (readonly [part: string, by: string, span: DaySpan])[] = [
  ['month by product', 'product', MONTH],
  ['month by day', 'day', MONTH],
  ['month by hour', 'hour', MONTH],
  ['month by category', 'category', MONTH],
  ['day by product', 'product', { from: LAST_DAY, to: LAST_DAY }],
  ['year by product', 'product', YEAR],
  ['year by month', 'month', YEAR],
];

/**
 * Reports of a month and a year out of so many generated sales, as a manager's device asks for them over HTTP, beside counting the same month
 * from the entries themselves. The shop is made once, and kept in an ignored folder.
 */
export async function benchOffice(order: BenchOrder, tell: Tell): Promise<OfficeResult> {
  const { rounds, sales } = order;
  const folder = await keptShop(order, tell);
  return withEnds('office', BENCH_MS_MAX, async (ends) => {
    const server = await startServer(folder, ['--no-verify', '--tills', '0']);
    ends.add(server.stop);
    const ask = await openManager(server.origin, firstCode(server.enrolment), tell);
    const measured = new Map<string, number[]>(ASKED.map(([part]) => [part, []]));
    for (let round = -1; round < rounds; round += 1) {
      for (const [part, by, span] of ASKED) {
        const ms = await ask(by, span);
        if (round >= 0) measured.get(part)?.push(ms);
      }
    }
    const entries = countMonth(server.databaseFile);
    const [main] = ASKED;
    const ours = measured.get(main?.[0] ?? '') ?? [];
    const parts = Object.fromEntries([...measured].map(([part, series]) => [part, summarise(series)]));
    return { ...compareSeries('office', ours, { 'from entries': [entries] }), sales, parts };
  });
}

/** The folder of a shop with so many generated sales: made once, and kept where nobody commits it. */
export async function keptShop(order: BenchOrder, tell: Tell): Promise<string> {
  const folder = join(
    import.meta.dirname,
    `../../node_modules/.cache/laci-sales-${LAYOUT_VERSION}-${order.sales}${markOf(order)}`,
  );
  if (existsSync(folder)) return folder;
  await withLock(`${folder}.lock`, async () => {
    if (!existsSync(folder)) await makeShop(folder, order, tell);
  });
  return folder;
}

/** Of a shop that is not made as usual; '' for one that is. */
function markOf({ products, catalogue, salesFile, format }: BenchOrder): string {
  const files = [catalogue, salesFile].flatMap((file) => (file === undefined ? [] : [readFileSync(file)]));
  if (products === undefined && files.length === 0) return '';
  const hash = createHash('sha256').update(`${products} ${format}`);
  for (const bytes of files) hash.update(bytes);
  return `-${hash.digest('hex').slice(0, 12)}`;
}

/** Whole or not at all: a shop whose making was cut short is made again. */
async function makeShop(folder: string, order: BenchOrder, tell: Tell): Promise<void> {
  const draft = `${folder}.draft`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  const server = await startServer(draft, ['--zone', ZONE, '--no-verify', ...catalogueOptions(order, draft)]);
  await server.stop();
  const core = await openCore(join(draft, 'data'), createTestDeps());
  const { sales, salesFile, format } = order;
  const baskets = salesFile === undefined ? null : basketsOf(readSales(salesFile, format).rows);
  await makeSales(core, { sales, baskets, days: DAYS, until: Date.parse(`${LAST_DAY}T12:00:00Z`) }, tell);
  await core.store.close();
  renameSync(draft, folder);
}

/** Gives how long an answer took, read and parsed as the app does, in milliseconds. */
async function openManager(
  origin: string,
  code: string,
  tell: Tell,
): Promise<(by: string, span: DaySpan) => Promise<number>> {
  const deps = createNodeDeps('bench-office', origin);
  const enrolled = await enrolDevice(deps, { serverAddress: '', code });
  if (!enrolled.ok) throw new Error(`The manager's device was not enrolled: ${enrolled.error}`);
  const { credential } = must(await deps.vault.get('enrolment'), 'the enrolment');
  await untilCounted(origin, credential, tell);
  return async (by, { from, to }) => {
    const begun = performance.now();
    const response = await fetch(`${origin}/api/v1/reports/sales?by=${by}&from=${from}&to=${to}`, {
      headers: { authorization: `Bearer ${credential}` },
    });
    const { rows } = reportAnswerShape.parse(await response.json());
    if (rows.length === 0) throw new Error(`The report by ${by} is empty.`);
    return performance.now() - begun;
  };
}

/** A shop that an earlier version made is counted anew while its server runs. */
async function untilCounted(origin: string, credential: string, tell: Tell): Promise<void> {
  for (let told = 0; ; await sleep(LOOK_MS)) {
    const headers = { authorization: `Bearer ${credential}` };
    const percent = Number(await (await fetch(`${origin}/api/v1/reports/counting`, { headers })).json());
    if (percent === 100) return;
    if (percent >= told + 10) tell(`the server counts the older sales anew: ${percent} %`);
    told = Math.max(told, percent - (percent % 10));
  }
}

/** The month by product from its entries, as it would be without daily sums. */
function countMonth(file: string): number {
  const database = new Database(file, { readonly: true });
  const zone = zoneNamed(ZONE);
  const begun = performance.now();
  const texts = database.prepare<[number], string>('SELECT json FROM entry WHERE at >= ?').pluck();
  const since = Date.parse(`${MONTH.from}T00:00:00Z`) - 86_400_000;
  const all = texts.all(since).flatMap((text) => contributionsOf(JSON.parse(text), zone));
  sumReport(all, 'product', MONTH);
  database.close();
  return performance.now() - begun;
}
