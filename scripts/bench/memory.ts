import type { Page } from '@playwright/test';
import { must } from '../../schema/result.ts';
import { firstCode } from '../replay/enrol-file.ts';
import { bringPeers } from '../setup/peers.mjs';
import type { BenchOrder, Tell } from './bench-order.ts';
import { makeProfile, openChromium } from './chromium.ts';
import { openCodeSource } from './enrol-codes.ts';
import { heapOf } from './heap-of.ts';
import { openPageAt } from './open-page.ts';
import { inPageShop, type PageShop } from './page-shop.ts';
import { withEnds } from './peers/ends.ts';
import { PEER_MS_MAX, PEER_START_MS_MAX, PEERS, shareOf, withScaled } from './peers/peer.ts';
import { openPeerPage, openPeerShop, reopenPeer, syncPeer } from './peers/peer-page.ts';
import { measurePeers, type PeerSeries } from './peers/peer-series.ts';
import { serverMemory } from './raw/server-memory.ts';
import { type BenchResult, compareSeries } from './statistics.ts';
import { readProducts } from './wire/server-products.ts';

/** Megabytes with so many products. */
export interface MemoryPart {
  /** The heap of a till after its first sync, and after a day of sales, before each of which somebody searched. */
  readonly till: number;
  readonly tillAfterDay: number;
  /** The heap of a page that only keeps the same products, parsed. */
  readonly bare: number;
  /** The server's process after that first sync, after that day, and at its most. */
  readonly server: number;
  readonly serverAfterDay: number;
  readonly serverPeak: number;
}
/** The figures at the top: a till's heap after its first sync of the smallest shop. */
export type MemoryResult = BenchResult & {
  readonly documents: number;
  readonly parts: Readonly<Record<string, MemoryPart>>;
};

const SHOPS = [undefined, 30_000, 100_000] as const;
const DAY_SALES = 600;
const PAGE_MS_MAX = 600_000;
const NOTES = {
  bare: 'the products as they come from the server, parsed, and nothing else',
  'rxdb-server': 'RxDB 15 on Dexie with all products found',
  pouchdb: 'IndexedDB adapter with all documents read',
  yjs: 'one document with a map of all products, and the map read',
  'automerge-repo': 'each product a document of its own, all opened',
};

/**
 * Memory with 20,000, 30,000 and 100,000 products, or with the shop asked for alone: the JavaScript heap of a till in Chromium after its first sync
 * and after a day of 600 sales with as many searches, with all garbage collected, and the server's process. In MB.
 */
export async function benchMemory(order: BenchOrder, tell: Tell): Promise<MemoryResult> {
  await bringPeers();
  const isOne = order.products !== undefined || order.catalogue !== undefined;
  const shops = isOne ? [order.products] : SHOPS;
  const parts: Record<string, MemoryPart> = {};
  let peers: PeerSeries = { series: {}, failed: {} };
  for (const [index, products] of shops.entries()) {
    await inPageShop('memory', { ...order, products }, async (shop) => {
      const { documents, part } = await weigh(shop, tell);
      parts[documents] = part;
      tell(`${documents} products: ${JSON.stringify(part)}`);
      if (index === 0) peers = await weighPeers(shop, tell);
    });
  }
  const [documents, { till, bare }] = must(Object.entries(parts)[0], 'a shop');
  return {
    ...compareSeries('memory', [till], { bare: [bare], ...peers.series }, 'MB'),
    ...{
      notes: withScaled(NOTES, PEERS, Number(documents)),
      failed: peers.failed,
      documents: Number(documents),
      parts,
    },
  };
}

async function weigh(shop: PageShop, tell: Tell): Promise<{ documents: number; part: MemoryPart }> {
  const { server } = shop;
  const nextCode = await openCodeSource(server.origin, firstCode(server.enrolment));
  const [code, other] = [await nextCode('K1'), await nextCode('K2')];
  const ours = await inPage(shop, async (page) => {
    const documents = await page.evaluate((asked) => window.laciBench.hold(asked), { slot: 'bench', code });
    const [till, now] = [await heapOf(page), serverMemory(server).now];
    tell(`${documents} products in a till: ${till} MB`);
    await page.evaluate((sales) => window.laciBench.sellDay(sales), DAY_SALES);
    return { documents, till, now, tillAfterDay: await heapOf(page), serverAfterDay: serverMemory(server).now };
  });
  const { documents, till, now, tillAfterDay, serverAfterDay } = ours;
  const bare = await inPage(shop, async (page) => {
    await page.evaluate((asked) => window.laciBench.holdBare(asked), { slot: 'bare', code: other });
    return heapOf(page);
  });
  const serverPeak = serverMemory(server).peak;
  return { documents, part: { till, tillAfterDay, bare, server: now, serverAfterDay, serverPeak } };
}

function inPage<Value>({ server, pageDir }: PageShop, work: (page: Page) => Promise<Value>): Promise<Value> {
  return withEnds('A page', PAGE_MS_MAX, async (ends) => {
    const { page } = await openChromium(ends, makeProfile(ends));
    await openPageAt(page, server.origin, pageDir);
    await page.waitForFunction(() => window.laciBench !== undefined);
    return work(page);
  });
}

function weighPeers({ server, folder }: PageShop, tell: Tell): Promise<PeerSeries> {
  const products = readProducts(server);
  return measurePeers(PEERS, tell, (peer) =>
    withEnds(peer.name, PEER_START_MS_MAX, async (starting) => {
      const shop = await openPeerShop(starting, peer, products, folder);
      const { profile, close } = await syncPeer(starting, shop);
      await close();
      return withEnds(peer.name, PEER_MS_MAX, async (ends) => {
        const { page } = await openPeerPage(ends, shop, profile);
        const empty = await heapOf(page);
        await reopenPeer(page, shop);
        const heap = await heapOf(page);
        tell(`${peer.name}: ${heap} MB with ${shop.documents} products`);
        // What a page takes without any product is not scaled.
        return [empty + (heap - empty) / shareOf(peer, products.length)];
      });
    }),
  );
}
