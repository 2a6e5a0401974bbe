import { join } from 'node:path';
import type { DeviceEntry } from '../../schema/entry/entry.ts';
import { must } from '../../schema/result.ts';
import { bringPeers } from '../setup/peers.mjs';
import type { BenchOrder, Tell } from './bench-order.ts';
import { measurePeerPushes, PEER_PUSH_NOTES, type PeerPushes } from './push-peers.ts';
import { putBare } from './raw/put-bare.ts';
import { putChecked } from './raw/put-checked.ts';
import { inRawShop } from './raw/raw-shop.ts';
import type { Batch, RawTill } from './raw/raw-till.ts';
import { type BenchResult, compareSeries, median, type Summary, summarise } from './statistics.ts';

export type PushThroughputResult = BenchResult & {
  /** Entries per second, medians. */
  readonly perSecond: Readonly<Record<'ours' | 'raw' | 'checked', number>>;
  readonly entries: number;
  /** Milliseconds per 200 until all was also taken: stored each in its place, flagged, and folded into stock. */
  readonly taken: Summary;
};

const TILLS = 4;
const ENTRIES_PER_TILL = 1_000;
const ROWS = 200;

/**
 * Sales of four bare tills pushed at once, 200 to a push, each signed and chain-checked, and on disk before the answer; beside the same texts put into a bare better-sqlite3 table, 200 to a transaction, just as durable (`raw`); beside the same with
 * all that must be looked at and no network (`checked`); and beside the peers that acknowledge what is pushed, given the same rows. In milliseconds per 200.
 */
export async function benchPushThroughput(order: BenchOrder, tell: Tell): Promise<PushThroughputResult> {
  const { rounds } = order;
  await bringPeers();
  return inRawShop(order, async ({ openTills, folder, taken }) => {
    const tills = await openTills(TILLS);
    const [ours, raw, checked, whole]: [number[], number[], number[], number[]] = [[], [], [], []];
    let peers: PeerPushes | null = null;
    for (let round = -1; round < rounds; round += 1) {
      const prepared = await Promise.all(tills.map((till) => till.prepare(ENTRIES_PER_TILL, ROWS)));
      const limit = perRows(putBare(join(folder, `raw-${round + 1}.db`), prepared.flat()), prepared.flat());
      const looked = putAllChecked(join(folder, `checked-${round + 1}.db`), tills, prepared);
      const before = await taken.now();
      const begun = performance.now();
      const served = await pushAll(tills, prepared);
      // What a push leaves to be done is done before anything else is measured.
      await taken.until(before + TILLS * ENTRIES_PER_TILL);
      const settled = perRows(performance.now() - begun, prepared.flat());
      const [own, all, bare, both] = [served, settled, limit, looked].map((ms) => ms.toFixed(1));
      tell(
        `round ${round + 1} of ${rounds}: ours ${own} ms per ${ROWS} (taken ${all}), raw ${bare} ms, checked ${both} ms`,
      );
      // One till's rows are a new shop to a peer: what ours has for the fifth time, it has for the first.
      peers ??= await measurePeerPushes(folder, rowsOf(prepared), tell);
      if (round < 0) continue;
      ours.push(served);
      raw.push(limit);
      checked.push(looked);
      whole.push(settled);
    }
    return { ...summarisePushes(ours, { raw, checked }, must(peers, 'the peers')), taken: summarise(whole) };
  });
}

/** All tills' rows, so many to a batch. */
function rowsOf(prepared: readonly (readonly Batch[])[]): DeviceEntry[][] {
  const all = prepared.flat().flatMap(({ entries }) => entries);
  return Array.from({ length: Math.ceil(all.length / ROWS) }, (_, at) => all.slice(at * ROWS, (at + 1) * ROWS));
}

interface Limits {
  readonly raw: number[];
  readonly checked: number[];
}

function summarisePushes(
  ours: number[],
  limits: Limits,
  { durable, fleeting }: PeerPushes,
): Omit<PushThroughputResult, 'taken'> {
  const compared = compareSeries('push-throughput', ours, { ...limits, ...durable.series });
  const perSecond = (ms: number) => Math.round((ROWS * 1_000) / ms);
  const unranked = Object.entries(fleeting.series).map(([name, series]) => [name, summarise(series)] as const);
  return {
    ...compared,
    unranked: Object.fromEntries(unranked),
    notes: PEER_PUSH_NOTES,
    failed: { ...durable.failed, ...fleeting.failed },
    perSecond: {
      ours: perSecond(median(ours)),
      raw: perSecond(median(limits.raw)),
      checked: perSecond(median(limits.checked)),
    },
    entries: TILLS * ENTRIES_PER_TILL,
  };
}

/** Each till one push after another, as tills do; all tills at once. Gives milliseconds per 200 rows. */
async function pushAll(tills: readonly RawTill[], prepared: readonly (readonly Batch[])[]): Promise<number> {
  const begun = performance.now();
  await Promise.all(
    tills.map(async (till, index) => {
      for (const batch of prepared[index] ?? []) await till.push(batch);
    }),
  );
  return perRows(performance.now() - begun, prepared.flat());
}

function putAllChecked(file: string, tills: readonly RawTill[], prepared: readonly (readonly Batch[])[]): number {
  const signed = tills.map(({ publicKey }, index) => {
    return { publicKey, bodies: (prepared[index] ?? []).map(({ body }) => body) };
  });
  const begun = performance.now();
  putChecked(file, signed);
  return perRows(performance.now() - begun, prepared.flat());
}

function perRows(ms: number, batches: readonly Batch[]): number {
  return (ms / batches.reduce((sum, { entries }) => sum + entries.length, 0)) * ROWS;
}
