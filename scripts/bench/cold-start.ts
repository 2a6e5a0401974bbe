import type { Page } from '@playwright/test';
import { firstCode, pinIn } from '../replay/enrol-file.ts';
import { buildClient } from '../setup/client-build.mjs';
import { bringPeers } from '../setup/peers.mjs';
import { type AppStart, prepareApp, restartApp } from './app-restart.ts';
import type { BenchOrder, Tell } from './bench-order.ts';
import type { ColdStart } from './bench-page.ts';
import { makeProfile, openChromium } from './chromium.ts';
import { openCodeSource } from './enrol-codes.ts';
import { openPageAt } from './open-page.ts';
import { inPageShop, type PageShop } from './page-shop.ts';
import { type Ends, withEnds } from './peers/ends.ts';
import { PEER_MS_MAX, PEER_START_MS_MAX, PEERS, shareOf, withScaled } from './peers/peer.ts';
import { openPeerPage, openPeerShop, type PeerShop, reopenPeer, syncPeer } from './peers/peer-page.ts';
import { measurePeers, type PeerSeries } from './peers/peer-series.ts';
import { type BenchResult, compareSeries, type Summary, summarise } from './statistics.ts';
import { readProducts } from './wire/server-products.ts';

export type ColdStartResult = BenchResult & {
  readonly parts: {
    /** Until a first cart, its products found by barcode, is found in order. */
    readonly firstSale: Summary;
    /** What that first sale took until it was on the disk. */
    readonly sale: Summary;
    /** The app that ships: from the arrival of its first script until a product can be tapped. */
    readonly app: Summary;
    /** … until the product that was tapped in that moment is in the cart. */
    readonly appInCart: Summary;
    /** The same from the navigation on. */
    readonly appFromNavigation: Summary;
  };
  readonly documents: number;
};

const TILL = 'K1';
const SLOT = 'bench-cold';
const ROUND_MS_MAX = 120_000;
/** Of a peer's minute, to open what it synced in. */
const REOPEN_MS_MAX = PEER_MS_MAX / 3;
const NOTES = {
  raw: 'only reads the products back, opening included',
  'rxdb-server': 'RxDB 15 on Dexie, opened and all products found',
  pouchdb: 'IndexedDB adapter, opened and all documents read',
  yjs: 'one document with a map of all products, opened and read',
  'automerge-repo': 'each product a document of its own, all opened',
};

/**
 * A browser that starts anew without a network, with a device that has all products on its disk: how long until all of them are in hand (any
 * answers by id, by barcode and in the list, which is tried within that time), and
 * until a first sale is possible, which asks for stock; beside the same products read back from a bare IndexedDB store, and peers opening theirs. Each in
 * a browser of its own that has just started.
 */
export async function benchColdStart(order: BenchOrder, tell: Tell): Promise<ColdStartResult> {
  await bringPeers();
  await buildClient();
  return inPageShop('cold-start', order, async (shop) => {
    const nextCode = await openCodeSource(shop.server.origin, firstCode(shop.server.enrolment));
    const profile = makeProfile(shop.ends);
    const slot = { slot: SLOT, code: await nextCode(TILL) };
    const documents = await inBenchPage(shop, profile, (page) =>
      page.evaluate((asked) => window.laciBench.settle(asked), slot),
    );
    const appProfile = makeProfile(shop.ends);
    await prepareApp(shop.server.origin, appProfile, await nextCode('K2'), pinIn(shop.server.enrolment, 'Budi'));
    tell(`${documents} products are on the disks`);
    const measured: Round[] = [];
    for (let round = -1; round < order.rounds; round += 1) {
      const result = await playRound(shop, profile, appProfile);
      tell(`round ${round + 1} of ${order.rounds}: ${roundText(result)}${round < 0 ? ' (warm-up)' : ''}`);
      if (round >= 0) measured.push(result);
    }
    const products = readProducts(shop.server);
    const peers = await measurePeers(PEERS, tell, (peer) =>
      withEnds(peer.name, PEER_START_MS_MAX, async (ends) => {
        const own = await openPeerShop(ends, peer, products, shop.folder);
        const { profile, close } = await syncPeer(ends, own);
        await close();
        const reopen = { shop: own, profile, rounds: order.rounds };
        const times = await withEnds(peer.name, PEER_MS_MAX, (page) => reopenOften(page, reopen));
        tell(`${peer.name}: ${times.map(Math.round).join(', ')} ms for ${own.documents} documents`);
        return times.map((ms) => ms / shareOf(peer, products.length));
      }),
    );
    return summariseRounds(measured, peers, documents);
  });
}

interface Round {
  readonly ours: ColdStart;
  readonly raw: number;
  readonly app: AppStart;
}

async function playRound(shop: PageShop, profile: string, appProfile: string): Promise<Round> {
  const ours = await inBenchPage(shop, profile, (page) =>
    page.evaluate((slot) => window.laciBench.coldStart(slot), SLOT),
  );
  const raw = await inBenchPage(shop, profile, (page) =>
    page.evaluate((slot) => window.laciBench.readBack(slot), SLOT),
  );
  if (raw.documents !== ours.documents)
    throw new Error(`The device opened with ${ours.documents} of ${raw.documents} products.`);
  return { ours, raw: raw.ms, app: await restartApp(shop.server.origin, appProfile) };
}

/** The benchmarks' page in a browser that has just started, which ends with the work. */
function inBenchPage<Value>(
  { server, pageDir }: PageShop,
  profile: string,
  work: (page: Page) => Promise<Value>,
): Promise<Value> {
  return withEnds('A page', ROUND_MS_MAX, async (ends) => {
    const { page } = await openChromium(ends, profile);
    await openPageAt(page, server.origin, pageDir);
    await page.waitForFunction(() => window.laciBench !== undefined);
    return work(page);
  });
}

interface Reopen {
  readonly shop: PeerShop;
  /** On which it has synced. */
  readonly profile: string;
  readonly rounds: number;
}

/** Opens what a peer has so often, each time in a browser that has just started. */
async function reopenOften(ends: Ends, { shop, profile, rounds }: Reopen): Promise<number[]> {
  const times: number[] = [];
  const begun = performance.now();
  while (times.length === 0 || (times.length < rounds && performance.now() - begun < REOPEN_MS_MAX)) {
    const opened = await openPeerPage(ends, shop, profile);
    times.push((await reopenPeer(opened.page, shop)).ms);
    await opened.close();
  }
  return times;
}

function roundText({ ours, raw, app }: Round): string {
  const ms = (value: number) => `${Math.round(value)} ms`;
  return `open ${ms(ours.open)}, first sale ${ms(ours.firstSale)}, app ${ms(app.fromScripts)}, in the cart ${ms(app.inCart)}; raw ${ms(raw)}`;
}

function summariseRounds(rounds: readonly Round[], { series, failed }: PeerSeries, documents: number): ColdStartResult {
  const raw = rounds.map((round) => round.raw);
  const ours = (field: keyof ColdStart) => rounds.map((round) => round.ours[field]);
  return {
    ...compareSeries('cold-start', ours('open'), { raw, ...series }),
    ...{ notes: withScaled(NOTES, PEERS, documents), failed, documents },
    parts: {
      firstSale: summarise(ours('firstSale')),
      sale: summarise(ours('sale')),
      app: summarise(rounds.map(({ app }) => app.fromScripts)),
      appInCart: summarise(rounds.map(({ app }) => app.inCart)),
      appFromNavigation: summarise(rounds.map(({ app }) => app.fromNavigation)),
    },
  };
}
