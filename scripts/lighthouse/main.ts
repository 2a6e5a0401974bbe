import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { chromium } from '@playwright/test';
import { enrol } from '../../client/e2e/seat.ts';
import { chromiumArguments, findChromium } from '../bench/chromium.ts';
import { openCodeSource } from '../bench/enrol-codes.ts';
import { firstCode, pinIn } from '../replay/enrol-file.ts';
import { findFreePort } from '../replay/free-port.ts';
import { startServer } from '../replay/server-process.ts';
import { buildClient } from '../setup/client-build.mjs';
import { bringPeer } from '../setup/peers.mjs';
import { CATEGORIES, type Category, type Judgement, judgePage } from './judge-page.ts';

/**
 * `npm run lighthouse`: the selling screen of an enrolled till with the demo shop's 20,000 products, as a phone on a slow network and as
 * a desktop see it. The last line is JSON; status 1 when a score is below what it must be.
 */
const LEAST: Readonly<Record<Category, number>> = { performance: 90, accessibility: 100, 'best-practices': 100 };
const TILL = 'K1';
const WAIT_MS_MAX = 180_000;

const folder = mkdtempSync(join(tmpdir(), 'laci-lighthouse-'));
await bringPeer('scripts/lighthouse');
await buildClient();
const server = await startServer(folder, []);
try {
  const results = await judgeTill();
  process.stdout.write(`${JSON.stringify({ name: 'lighthouse', ...results })}\n`);
  const low = Object.values(results).some(({ scores }) => CATEGORIES.some((name) => scores[name] < LEAST[name]));
  process.exitCode = low ? 1 : 0;
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** Enrols a till in a profile on the disk, and lets Lighthouse load its address anew, twice. */
async function judgeTill(): Promise<Record<'mobile' | 'desktop', Judgement>> {
  const port = await findFreePort();
  const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
    executablePath: findChromium(),
    headless: true,
    args: [...chromiumArguments(), `--remote-debugging-port=${port}`],
  });
  try {
    const url = `${server.origin}/?till=${TILL}`;
    const page = context.pages()[0] ?? (await context.newPage());
    page.setDefaultTimeout(WAIT_MS_MAX);
    await page.goto(url);
    const nextCode = await openCodeSource(server.origin, firstCode(server.enrolment));
    await enrol({ page }, await nextCode(TILL), pinIn(server.enrolment, 'Budi'));
    // Two tabs of one device would ask each other to take over.
    await page.goto('about:blank');
    return { mobile: await judged(url, port, 'mobile'), desktop: await judged(url, port, 'desktop') };
  } finally {
    await context.close();
  }
}

async function judged(url: string, port: number, form: 'mobile' | 'desktop'): Promise<Judgement> {
  const judgement = await judgePage(url, port, form);
  const scores = CATEGORIES.map((name) => `${name} ${judgement.scores[name]} (at least ${LEAST[name]})`);
  process.stderr.write(`${[`${form}: ${scores.join(', ')}`, ...judgement.wanting].join('\n  ')}\n`);
  return judgement;
}
