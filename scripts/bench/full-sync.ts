import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { firstCode } from '../replay/enrol-file.ts';
import { type ServerProcess, startServer } from '../replay/server-process.ts';
import { buildBenchPage } from './build-page.ts';
import { findChromium, inFreshProfile } from './chromium.ts';
import { openCodeSource } from './enrol-codes.ts';
import type { FullSyncOrder, FullSyncRound } from './full-sync-round.ts';
import { openPageAt } from './open-page.ts';
import { type BenchResult, compareSeries, type Summary, summarise } from './statistics.ts';

export type FullSyncResult = BenchResult & {
  readonly everything: Summary;
  /** Opening the device again, offline: ours, on Dexie, and only reading the same documents from a bare store. */
  readonly restart: Readonly<Record<'ours' | 'dexie' | 'raw', Summary>>;
  readonly documents: number;
  readonly rounds: number;
};

/** One round that is not counted: the server's and the disk's first time is slower for whoever comes first. */
const WARM_UP_ROUNDS = 1;
const ROUND_MS_MAX = 120_000;
const TILL = 'K1';

/**
 * The demo shop's 20,000 products into a fresh device in Chromium, through the client that ships, beside the same documents
 * put into a bare IndexedDB store, the same device with all its collections in Dexie, and the same pages only fetched: each round in a
 * profile of its own, ours and the peers turn about. Ours is the time until all products are durable and findable.
 */
export async function benchFullSync(rounds: number, tell: (text: string) => void): Promise<FullSyncResult> {
  findChromium();
  const folder = mkdtempSync(join(tmpdir(), 'laci-bench-'));
  try {
    const pageDir = join(folder, 'page');
    await buildBenchPage(pageDir);
    const server = await startServer(folder, []);
    try {
      return summariseRounds(await measureRounds({ server, pageDir, rounds, tell }));
    } finally {
      await server.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Measuring {
  readonly server: ServerProcess;
  readonly pageDir: string;
  readonly rounds: number;
  readonly tell: (text: string) => void;
}

async function measureRounds({ server, pageDir, rounds, tell }: Measuring): Promise<FullSyncRound[]> {
  const nextCode = await openCodeSource(server.origin, firstCode(server.enrolment));
  const measured: FullSyncRound[] = [];
  for (let round = -WARM_UP_ROUNDS; round < rounds; round += 1) {
    const order = { slot: `bench-${round + WARM_UP_ROUNDS}`, code: await nextCode(TILL), peersFirst: round % 2 !== 0 };
    const result = await inFreshProfile((page) => runRound(page, server.origin, pageDir, order));
    tell(`round ${round + 1} of ${rounds}: ${roundText(result)}${round < 0 ? ' (warm-up, not counted)' : ''}`);
    if (round >= 0) measured.push(result);
  }
  return measured;
}

async function runRound(page: Page, origin: string, pageDir: string, order: FullSyncOrder): Promise<FullSyncRound> {
  page.setDefaultTimeout(ROUND_MS_MAX);
  await openPageAt(page, origin, pageDir);
  await page.waitForFunction(() => window.laciBench !== undefined);
  const late = sleep(ROUND_MS_MAX, undefined, { ref: false }).then(() => {
    throw new Error(`A round took more than ${ROUND_MS_MAX / 1000} s.`);
  });
  return Promise.race([page.evaluate((asked) => window.laciBench.run(asked), order), late]);
}

function roundText({ products, everything, raw, dexie, fetch, restart, dexieRestart, rawRead }: FullSyncRound): string {
  const ms = (value: number) => `${Math.round(value)} ms`;
  const synced = `ours ${ms(products)} (everything ${ms(everything)}), raw ${ms(raw)}, Dexie ${ms(dexie)}, fetch ${ms(fetch)}`;
  return `${synced}; restart ours ${ms(restart)}, raw ${ms(rawRead)}, Dexie ${ms(dexieRestart)}`;
}

function summariseRounds(rounds: readonly FullSyncRound[]): FullSyncResult {
  const series = (field: keyof FullSyncRound) => rounds.map((round) => round[field]);
  const peers = { raw: series('raw'), dexie: series('dexie'), fetch: series('fetch') };
  const compared = compareSeries('full-sync', series('products'), peers);
  const restart = { ours: series('restart'), dexie: series('dexieRestart'), raw: series('rawRead') };
  return {
    ...compared,
    everything: summarise(series('everything')),
    restart: { ours: summarise(restart.ours), dexie: summarise(restart.dexie), raw: summarise(restart.raw) },
    documents: rounds[0]?.documents ?? 0,
    rounds: rounds.length,
  };
}
