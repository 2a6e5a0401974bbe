import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { catalogueCsv } from '../../client/e2e/catalogue.ts';
import { layWire } from '../../client/e2e/wire.ts';
import { pinIn } from '../replay/enrol-file.ts';
import { type ServerProcess, startServer } from '../replay/server-process.ts';
import { buildClient } from '../setup/client-build.mjs';
import type { SmokeBrowser, StartBrowser } from './browser.ts';
import { enginesAsked } from './engines-asked.ts';
import { NotInstalled } from './find-program.ts';
import { startFirefox } from './firefox.ts';
import { type SmokeRun, sellOnce } from './sell-once.ts';
import { startWebKit } from './webkit.ts';

/**
 * `npm run smoke [-- webkit|firefox]`: a real server, and a till in an engine other than Chromium that enrols, sells, starts anew without
 * the server, sells again and hands in. The last line is JSON; status 1 when a step or a sale is missing, and when no engine is there.
 */
const STARTS = { webkit: startWebKit, firefox: startFirefox } satisfies Record<string, StartBrowser>;
const PERSON = 'Sari';
const PRODUCT = 'Kopi Tubruk';

interface SmokeResult extends SmokeRun {
  readonly engine: string;
  /** How many of them the server holds. */
  readonly atServer: number;
}

const codesShape = z.object({ codes: z.array(z.object({ till: z.string(), code: z.string() })) });

const folder = mkdtempSync(join(tmpdir(), 'laci-smoke-'));
await buildClient();
writeFileSync(join(folder, 'catalogue.csv'), catalogueCsv());
const options = ['--catalogue', join(folder, 'catalogue.csv'), '--demo-pins', '--tills', '2'];
const server = await startServer(folder, options);
const results: SmokeResult[] = [];
try {
  for (const [index, engine] of enginesAsked(process.argv.slice(2)).entries()) {
    const result = await smoke(engine, `K${index + 1}`);
    if (result) results.push(result);
  }
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
process.stdout.write(`${JSON.stringify({ name: 'smoke', results })}\n`);
const whole = results.length > 0 && results.every(({ receipts, atServer }) => atServer === receipts.length);
process.exitCode = whole ? 0 : 1;

/** One engine's run; null where this machine does not have it. */
async function smoke(engine: keyof typeof STARTS, till: string): Promise<SmokeResult | null> {
  const home = join(folder, engine);
  mkdirSync(home);
  let browser: SmokeBrowser;
  try {
    browser = await STARTS[engine](home);
  } catch (error) {
    if (!(error instanceof NotInstalled)) throw error;
    say(`${engine}: ${error.message}`);
    return null;
  }
  const wire = await layWire(Number(new URL(server.origin).port));
  try {
    const shop = { wire, till, code: codeOf(server, till), person: PERSON, pin: pinIn(server.enrolment, PERSON) };
    const run = await sellOnce(browser, { ...shop, product: PRODUCT }, (step) => say(`${browser.engine}: ${step}`));
    return { engine: browser.engine, ...run, atServer: countSales(server.databaseFile, run.receipts) };
  } finally {
    await browser.close();
    await wire.close();
  }
}

function codeOf({ enrolment }: ServerProcess, till: string): string {
  return codesShape.parse(enrolment).codes.find((one) => one.till === till)?.code ?? '';
}

/** Reads beside the server what it really holds. */
function countSales(databaseFile: string, receipts: readonly string[]): number {
  const database = new Database(databaseFile, { readonly: true });
  try {
    const find = database.prepare(
      `SELECT count(*) AS held FROM entry e JOIN entry_state s ON s.id = e.id
       WHERE e.kind = 'sale' AND s.verdict = 'accepted' AND json_extract(e.json, '$.body.receipt') = ?`,
    );
    return receipts.reduce((sum, receipt) => sum + (find.get(receipt) as { held: number }).held, 0);
  } finally {
    database.close();
  }
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
