import type { Page } from '@playwright/test';
import { firstCode } from '../replay/enrol-file.ts';
import { bringPeers } from '../setup/peers.mjs';
import type { BenchOrder, Tell } from './bench-order.ts';
import { inFreshProfile } from './chromium.ts';
import { openCodeSource } from './enrol-codes.ts';
import type { FullSyncOrder, FullSyncRound } from './full-sync-round.ts';
import { openPageAt } from './open-page.ts';
import { inPageShop, type PageShop } from './page-shop.ts';
import { PEERS, withScaled } from './peers/peer.ts';
import { openPeerRounds, type PeerRounds } from './peers/peer-rounds.ts';
import { type BenchResult, compareSeries, type Summary, summarise } from './statistics.ts';
import { readProducts } from './wire/server-products.ts';

export type FullSyncResult = BenchResult & {
  readonly everything: Summary;
  /** Opening the device again in the same browser, offline: ours, on Dexie, and only reading the same documents from a bare store. */
  readonly restart: Readonly<Record<'ours' | 'dexie' | 'raw', Summary>>;
  readonly documents: number;
  readonly rounds: number;
};

/** One round that is not counted: the server's and the disk's first time is slower for whoever comes first. */
const WARM_UP_ROUNDS = 1;
const ROUND_MS_MAX = 240_000;
const TILL = 'K1';
const NOTES = {
  pouchdb: 'IndexedDB adapter, from express-pouchdb; does not wait for the disk',
  'rxdb-server': 'RxDB 15 on Dexie; does not wait for the disk',
  yjs: 'one document with a map of all products; does not wait for the disk',
  'automerge-repo': 'each product a document of its own; does not wait for the disk',
};

/**
 * The shop's products into a fresh device in Chromium, through the client that ships, beside the same documents put into a bare IndexedDB store,
 * the same device with all its collections in Dexie, the same pages only fetched, and the peers, each from its own server: each round in
 * profiles of their own, turn about. Ours is the time until all products are durable and findable.
 */
export async function benchFullSync(order: BenchOrder, tell: Tell): Promise<FullSyncResult> {
  await bringPeers();
  return inPageShop('full-sync', order, async (shop) => {
    const products = readProducts(shop.server);
    const peers = await openPeerRounds(shop.ends, PEERS, products, shop.folder, tell);
    return summariseRounds(await measureRounds(shop, peers, order.rounds, tell), peers, products.length);
  });
}

async function measureRounds(shop: PageShop, peers: PeerRounds, rounds: number, tell: Tell): Promise<FullSyncRound[]> {
  const nextCode = await openCodeSource(shop.server.origin, firstCode(shop.server.enrolment));
  const measured: FullSyncRound[] = [];
  for (let round = -WARM_UP_ROUNDS; round < rounds; round += 1) {
    const order = { slot: `bench-${round + WARM_UP_ROUNDS}`, code: await nextCode(TILL), peersFirst: round % 2 !== 0 };
    const result = await inFreshProfile(ROUND_MS_MAX, (page) => runRound(page, shop, order));
    const isWarmUp = round < 0;
    tell(`round ${round + 1} of ${rounds}: ${roundText(result)}${isWarmUp ? ' (warm-up, not counted)' : ''}`);
    if (isWarmUp) continue;
    measured.push(result);
    await peers.syncRound();
  }
  return measured;
}

async function runRound(page: Page, { server, pageDir }: PageShop, order: FullSyncOrder): Promise<FullSyncRound> {
  page.setDefaultTimeout(ROUND_MS_MAX);
  await openPageAt(page, server.origin, pageDir);
  await page.waitForFunction(() => window.laciBench !== undefined);
  return page.evaluate((asked) => window.laciBench.fullSync(asked), order);
}

function roundText({ products, everything, raw, dexie, fetch, restart, dexieRestart, rawRead }: FullSyncRound): string {
  const ms = (value: number) => `${Math.round(value)} ms`;
  const synced = `ours ${ms(products)} (everything ${ms(everything)}), raw ${ms(raw)}, Dexie ${ms(dexie)}, fetch ${ms(fetch)}`;
  return `${synced}; restart ours ${ms(restart)}, raw ${ms(rawRead)}, Dexie ${ms(dexieRestart)}`;
}

function summariseRounds(rounds: readonly FullSyncRound[], peers: PeerRounds, documents: number): FullSyncResult {
  const series = (field: keyof FullSyncRound) => rounds.map((round) => round[field]);
  const limits = { raw: series('raw'), dexie: series('dexie'), fetch: series('fetch') };
  const compared = compareSeries('full-sync', series('products'), { ...limits, ...peers.scaledTo(documents) });
  const restart = { ours: series('restart'), dexie: series('dexieRestart'), raw: series('rawRead') };
  return {
    ...compared,
    notes: withScaled(NOTES, PEERS, documents),
    failed: peers.failed,
    everything: summarise(series('everything')),
    restart: { ours: summarise(restart.ours), dexie: summarise(restart.dexie), raw: summarise(restart.raw) },
    documents,
    rounds: rounds.length,
  };
}
