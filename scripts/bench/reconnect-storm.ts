import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { must } from '../../schema/result.ts';
import { bringPeers } from '../setup/peers.mjs';
import type { BenchOrder, Tell } from './bench-order.ts';
import { putBare } from './raw/put-bare.ts';
import { inRawShop, type RawShop } from './raw/raw-shop.ts';
import type { RawTill } from './raw/raw-till.ts';
import { serverMemory } from './raw/server-memory.ts';
import { type BenchResult, compareSeries, percentile, type Summary, summarise } from './statistics.ts';
import { measurePeerStorm, PEER_STORM_NOTES, type PeerStorm } from './storm-peers.ts';

type PeerStorms = Awaited<ReturnType<typeof measurePeerStorm>>;

export type ReconnectStormResult = BenchResult & {
  /** A live sale's acknowledgement meanwhile, in milliseconds. */
  readonly liveSale: { readonly median: number; readonly p99: number; readonly samples: number };
  /** The most memory the server ever held, in MB. */
  readonly serverMb: number;
  readonly entries: number;
  /** Milliseconds until all was also taken: stored each in its place, flagged, and folded into stock. */
  readonly taken: Summary;
};

const TILLS = 100;
const WAITING = 500;
const ROWS = 200;
const LIVE_SALE_EVERY_MS = 200;
const GOAL_MS = 10_000;

/**
 * A hundred tills come back at once with 500 unsent sales each: how long until all are on the server's disk and acknowledged, and how long one more
 * till's live sale waits meanwhile and until all are taken. Beside the goal of ten seconds, the same rows into a bare table, and peers; bare protocol clients share two cores with the server.
 */
export async function benchReconnectStorm(order: BenchOrder, tell: Tell): Promise<ReconnectStormResult> {
  const { rounds } = order;
  await bringPeers();
  const storms: number[] = [];
  const [live, taken, raw]: [number[], number[], number[]] = [[], [], []];
  let peers: PeerStorms | null = null;
  let serverMb = 0;
  for (let round = 0; round < rounds; round += 1) {
    await inRawShop(order, async (shop) => {
      const storm = await playStorm(shop);
      storms.push(storm.ms);
      raw.push(storm.rawMs);
      live.push(...storm.live);
      taken.push(storm.takenMs);
      serverMb = Math.max(serverMb, serverMemory(shop.server).peak);
      tell(
        `round ${round + 1} of ${rounds}: ${Math.round(storm.ms)} ms, taken ${Math.round(storm.takenMs)} ms, ${serverMb} MB`,
      );
      peers ??= await measurePeerStorm(shop.folder, storm, tell);
    });
  }
  const { durable, fleeting } = must(peers as PeerStorms | null, 'the peers');
  const compared = compareSeries('reconnect-storm', storms, { goal: [GOAL_MS], raw, ...durable.series });
  const unranked = Object.entries(fleeting.series).map(([name, series]) => [name, summarise(series)] as const);
  const failed = { ...durable.failed, ...fleeting.failed };
  const said = { unranked: Object.fromEntries(unranked), notes: PEER_STORM_NOTES, failed };
  const liveSale = { median: percentile(live, 50), p99: percentile(live, 99), samples: live.length };
  return { ...compared, ...said, liveSale, serverMb, entries: TILLS * WAITING, taken: summarise(taken) };
}

interface Storm extends PeerStorm {
  readonly ms: number;
  readonly takenMs: number;
  readonly rawMs: number;
  readonly live: number[];
}

async function playStorm({ openTills, taken, folder }: RawShop): Promise<Storm> {
  const tills = await openTills(TILLS);
  const [seller] = await openTills(1);
  const waiting = await Promise.all(tills.map((till) => till.prepare(WAITING, ROWS)));
  const before = await taken.now();
  const begun = performance.now();
  let over = false;
  const live = sellMeanwhile(must(seller, 'a till'), () => over);
  await Promise.all(
    tills.map(async (till, index) => {
      for (const batch of waiting[index] ?? []) await till.push(batch);
    }),
  );
  const ms = performance.now() - begun;
  // The live sale goes on until nothing is left to be done.
  await taken.until(before + TILLS * WAITING);
  over = true;
  const takenMs = performance.now() - begun;
  const batches = waiting.flat();
  const rawMs = putBare(join(folder, 'raw.db'), batches);
  const document = must(batches[0]?.entries[0], 'a sale');
  return { ms, takenMs, rawMs, live: await live, document, ...{ clients: TILLS, waiting: WAITING, rows: ROWS } };
}

async function sellMeanwhile(seller: RawTill, isOver: () => boolean): Promise<number[]> {
  const times: number[] = [];
  while (!isOver()) {
    const [batch] = await seller.prepare(1, 1);
    const begun = performance.now();
    await seller.push(must(batch, 'a sale'));
    times.push(performance.now() - begun);
    await sleep(LIVE_SALE_EVERY_MS);
  }
  return times;
}
