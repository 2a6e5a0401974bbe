import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { reportDatabase } from '../replay/database.ts';
import { createRandom, type Random } from '../replay/random.ts';
import { type ServerProcess, startServer } from '../replay/server-process.ts';
import { type ChromiumProcess, startChromium } from './chromium-process.ts';
import type { Tell } from './server-chaos.ts';
import { openTillPage, type TillPage } from './till-page.ts';

/** What kills of the browser found; `violations` is empty when everything holds. */
export interface BrowserChaosOutcome {
  /** Kills between the click that pays and the receipt on the screen. */
  readonly kills: number;
  /** Of these, sales that were there whole afterwards, and that had never begun. */
  readonly whole: number;
  readonly never: number;
  /** Kills that came after the receipt was shown: more than asked for. */
  readonly late: number;
  readonly sales: number;
  readonly lost: number;
  readonly doubled: number;
  readonly violations: readonly string[];
}

const TILL = 'K1';
const PRODUCTS = 40;
const KILL_STREAM = 14;
/** Tries per kill that is asked for: some come after the receipt. */
const TRIES_PER_KILL = 8;
/** Kills fall within this part of the time that a sale takes here. */
const SPAN = 1.1;
/** A kill that came after the receipt shortens the span, and one in time lengthens it: the machine may be faster than it was. */
const SHORTER = 0.6;
const LONGER = 1.2;
const enrolFileShape = z.object({ codes: z.array(z.object({ till: z.string(), code: z.string() })) });

/**
 * Sells in a real Chromium with a profile on the disk, and kills all its processes while it writes the sale. Opened again, it holds
 * the sale whole or not at all, and at the end the server holds what the till holds.
 */
export async function runBrowserChaos(
  folder: string,
  { kills, seed }: { readonly kills: number; readonly seed: number },
  tell: Tell,
): Promise<BrowserChaosOutcome> {
  const catalogue = join(folder, 'products.csv');
  const rows = Array.from({ length: PRODUCTS }, (_, n) => `${8_990_000 + n},Barang ${n},${1_000 + n},500`);
  writeFileSync(catalogue, ['barcode,name,price,stock', ...rows, ''].join('\n'));
  const server = await startServer(folder, ['--catalogue', catalogue, '--tills', '1']);
  const run: Run = {
    server,
    profile: join(folder, 'profile'),
    random: createRandom(seed, KILL_STREAM),
    found: { kills: 0, whole: 0, never: 0, late: 0, violations: [] },
  };
  try {
    await killAtCheckouts(run, kills, tell);
    return await holdAgainstServer(run);
  } finally {
    await server.stop();
  }
}

interface Run {
  readonly server: ServerProcess;
  readonly profile: string;
  readonly random: Random;
  readonly found: { kills: number; whole: number; never: number; late: number; readonly violations: string[] };
}

interface Seat {
  readonly browser: ChromiumProcess;
  readonly till: TillPage;
}

async function sit({ server, profile }: Run): Promise<Seat> {
  const browser = await startChromium(profile);
  return { browser, till: await openTillPage(browser.page, server.origin, TILL) };
}

/** One sale that nobody disturbs tells how long a sale takes here; then the kills. */
async function killAtCheckouts(run: Run, kills: number, tell: Tell): Promise<void> {
  const { found } = run;
  let seat = await sit(run);
  await seat.till.enrol(tillCode(run.server.enrolment));
  await seat.till.openSelling();
  const saleMs = await timeOneSale(seat.till);
  let receipts = 1;
  let spanMs = saleMs * SPAN;
  for (let tries = 0; found.kills < kills && tries < kills * TRIES_PER_KILL; tries += 1) {
    await seat.till.openSelling();
    await seat.till.prepare(`Barang ${run.random.whole(PRODUCTS)}`);
    await seat.till.clickPay();
    await sleep(run.random.between(0, spanMs));
    const wasShown = seat.till.isShown();
    spanMs = wasShown ? spanMs * SHORTER : Math.min(saleMs * SPAN, spanMs * LONGER);
    await seat.browser.kill();
    seat = await sit(run);
    receipts = await judgeAfterKill(run, seat.till, receipts, wasShown);
    tell(
      `${found.kills} of ${kills} kills at checkout: ${found.whole} whole, ${found.never} never begun`,
      found.kills / kills,
    );
  }
  if (found.kills < kills) found.violations.push(`only ${found.kills} of ${kills} kills fell into a checkout`);
  await seat.till.openSelling();
  await seat.till.waitUntilSent();
  await seat.browser.close();
}

async function timeOneSale(till: TillPage): Promise<number> {
  await till.prepare('Barang 0');
  const begun = performance.now();
  await till.clickPay();
  await till.waitUntilShown();
  return performance.now() - begun;
}

/** Gives the count of receipts that this device has now. */
async function judgeAfterKill({ found }: Run, till: TillPage, before: number, wasShown: boolean): Promise<number> {
  const after = await till.receipts();
  const linesLeft = await till.openSelling();
  const name = `after the kill of sale ${before + 1}`;
  if (after !== before && after !== before + 1) found.violations.push(`${name}: ${before} receipts became ${after}`);
  if (wasShown && after === before) found.violations.push(`${name}: its receipt was shown, and the sale is gone`);
  if (after > before && linesLeft > 0) found.violations.push(`${name}: the cart that was sold is still open`);
  if (wasShown) found.late += 1;
  else {
    found.kills += 1;
    found[after > before ? 'whole' : 'never'] += 1;
  }
  return after;
}

function tillCode(enrolment: unknown): string {
  const code = enrolFileShape.parse(enrolment).codes.find(({ till }) => till === TILL)?.code;
  if (code === undefined) throw new Error(`The server gave no code for ${TILL}.`);
  return code;
}

/** The till said how many receipts it has; the server's file must hold exactly these, each cart once. */
async function holdAgainstServer(run: Run): Promise<BrowserChaosOutcome> {
  const seat = await sit(run);
  const receipts = await seat.till.receipts();
  await seat.browser.close();
  await run.server.stop();
  const report = reportDatabase(run.server.databaseFile);
  const { sales, doubled } = countSales(run.server.databaseFile);
  const lost = Math.max(0, receipts - sales);
  const violations = [
    ...run.found.violations,
    ...report.violations,
    ...(sales === receipts ? [] : [`the till has ${receipts} receipts, the server ${sales} sales`]),
    ...(doubled === 0 ? [] : [`${doubled} carts were sold twice`]),
  ];
  return { ...run.found, sales, lost, doubled, violations };
}

function countSales(file: string): { readonly sales: number; readonly doubled: number } {
  const database = new Database(file, { readonly: true, fileMustExist: true });
  const count = (sql: string) => database.prepare<[], number>(sql).pluck().get() ?? 0;
  try {
    return {
      sales: count("SELECT count(*) FROM entry WHERE kind = 'sale'"),
      doubled: count('SELECT count(*) FROM (SELECT 1 FROM sold_cart GROUP BY cart_id HAVING count(*) > 1)'),
    };
  } finally {
    database.close();
  }
}
