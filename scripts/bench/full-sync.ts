import type { Page } from '@playwright/test';
import { firstCode } from '../replay/enrol-file.ts';
import { bringPeers } from '../setup/peers.mjs';
import { comeToRest } from './at-rest.ts';
import type { BenchOrder, Tell } from './bench-order.ts';
import type { SlotOrder } from './bench-page.ts';
import { inFreshProfile } from './chromium.ts';
import { openCodeSource } from './enrol-codes.ts';
import type { FullSyncRound } from './full-sync-round.ts';
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
type Part = keyof FullSyncRound;
const PARTS: readonly Part[] = ['ours', 'limit', 'dexie'];
const NOTES = {
  pouchdb: 'IndexedDB adapter, from express-pouchdb; does not wait for the disk',
  'rxdb-server': 'RxDB 15 on Dexie; does not wait for the disk',
  yjs: 'one document with a map of all products; does not wait for the disk',
  'automerge-repo': 'each product a document of its own; does not wait for the disk',
};

/**
 * The shop's products into a fresh device in Chromium, through the client that ships, beside the same documents put into a bare IndexedDB store,
 * the same device with all its collections in Dexie, the same pages only fetched, and the peers, each from its own server: each in a browser and a
 * profile of its own, at rest, turn about. Ours is the time until all products are durable and findable.
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
    const result = await runRound(shop, () => nextCode(TILL), round + WARM_UP_ROUNDS);
    const isWarmUp = round < 0;
    tell(`round ${round + 1} of ${rounds}: ${roundText(result)}${isWarmUp ? ' (warm-up, not counted)' : ''}`);
    if (isWarmUp) continue;
    measured.push(result);
    await peers.syncRound();
  }
  return measured;
}

/** Each begins a round in its turn. */
async function runRound(shop: PageShop, nextCode: () => Promise<string>, round: number): Promise<FullSyncRound> {
  const first = round % PARTS.length;
  const found: Partial<Record<Part, unknown>> = {};
  for (const part of [...PARTS.slice(first), ...PARTS.slice(0, first)]) {
    const order = { slot: `bench-${part}-${round}`, code: await nextCode() };
    found[part] = await inFreshProfile(ROUND_MS_MAX, (page) => runPart(page, shop, part, order));
  }
  const times = found as FullSyncRound;
  const [held, expected] = [PARTS.map((part) => times[part].documents), times.limit.documents];
  if (held.some((documents) => documents !== expected))
    throw new Error(`There are ${expected} products, and ${held.join(', ')} came (${PARTS.join(', ')}).`);
  return times;
}

async function runPart(page: Page, { server, pageDir }: PageShop, part: Part, order: SlotOrder): Promise<unknown> {
  page.setDefaultTimeout(ROUND_MS_MAX);
  await openPageAt(page, server.origin, pageDir);
  await page.waitForFunction(() => window.laciBench !== undefined);
  await comeToRest(page);
  return page.evaluate(async ([asked, wanted]): Promise<unknown> => window.laciBench.fullSync[asked](wanted), [
    part,
    order,
  ] as const);
}

function roundText({ ours, limit, dexie }: FullSyncRound): string {
  const ms = (value: number) => `${Math.round(value)} ms`;
  const synced = `ours ${ms(ours.products)} (everything ${ms(ours.everything)}), raw ${ms(limit.raw)}, Dexie ${ms(dexie.products)}, fetch ${ms(limit.fetch)}`;
  return `${synced}; restart ours ${ms(ours.restart)}, raw ${ms(limit.rawRead)}, Dexie ${ms(dexie.restart)}`;
}

function summariseRounds(rounds: readonly FullSyncRound[], peers: PeerRounds, documents: number): FullSyncResult {
  const series = (pick: (round: FullSyncRound) => number) => rounds.map(pick);
  const beside = {
    raw: series(({ limit }) => limit.raw),
    dexie: series(({ dexie }) => dexie.products),
    fetch: series(({ limit }) => limit.fetch),
  };
  const products = series(({ ours }) => ours.products);
  const compared = compareSeries('full-sync', products, { ...beside, ...peers.scaledTo(documents) });
  return {
    ...compared,
    notes: withScaled(NOTES, PEERS, documents),
    failed: peers.failed,
    everything: summarise(series(({ ours }) => ours.everything)),
    restart: {
      ours: summarise(series(({ ours }) => ours.restart)),
      dexie: summarise(series(({ dexie }) => dexie.restart)),
      raw: summarise(series(({ limit }) => limit.rawRead)),
    },
    documents,
    rounds: rounds.length,
  };
}
