import { join } from 'node:path';
import Database from 'better-sqlite3';
import { inRawShop } from './raw/raw-shop.ts';
import type { Batch, RawTill } from './raw/raw-till.ts';
import { type BenchResult, compareSeries } from './statistics.ts';

export type PushThroughputResult = BenchResult & {
  /** Entries per second, medians. */
  readonly perSecond: Readonly<Record<'ours' | 'raw', number>>;
  readonly entries: number;
};

const TILLS = 4;
const ENTRIES_PER_TILL = 1_000;
const ROWS = 200;

/**
 * Sales of four bare tills pushed at once, 200 to a push, each signed and chain-checked, folded into stock and daily sums, and on disk before the
 * answer; beside the same texts put into a bare better-sqlite3 table, 200 to a transaction, just as durable. In milliseconds per push of 200.
 */
export async function benchPushThroughput(rounds: number, tell: (text: string) => void): Promise<PushThroughputResult> {
  return inRawShop(async ({ openTills, folder }) => {
    const tills = await openTills(TILLS);
    const [ours, raw]: [number[], number[]] = [[], []];
    for (let round = -1; round < rounds; round += 1) {
      const prepared = await Promise.all(tills.map((till) => till.prepare(ENTRIES_PER_TILL, ROWS)));
      const limit = putBare(join(folder, `raw-${round + 1}.db`), prepared.flat());
      const served = await pushAll(tills, prepared);
      tell(`round ${round + 1} of ${rounds}: ours ${served.toFixed(1)} ms per push, raw ${limit.toFixed(1)} ms`);
      if (round < 0) continue;
      ours.push(served);
      raw.push(limit);
    }
    const compared = compareSeries('push-throughput', ours, { raw });
    const perSecond = (ms: number) => Math.round((ROWS * 1_000) / ms);
    return {
      ...compared,
      perSecond: { ours: perSecond(compared.ours.median), raw: perSecond(compared.peers.raw?.median ?? 0) },
      entries: TILLS * ENTRIES_PER_TILL,
    };
  });
}

/** Each till one push after another, as tills do; all tills at once. Gives milliseconds per push. */
async function pushAll(tills: readonly RawTill[], prepared: readonly (readonly Batch[])[]): Promise<number> {
  const begun = performance.now();
  await Promise.all(
    tills.map(async (till, index) => {
      for (const batch of prepared[index] ?? []) await till.push(batch);
    }),
  );
  return (performance.now() - begun) / prepared.flat().length;
}

/** The physical limit: the rows alone, nothing looked at. Milliseconds per transaction. */
function putBare(file: string, batches: readonly Batch[]): number {
  const database = new Database(file);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec('CREATE TABLE entry (id TEXT PRIMARY KEY, json TEXT NOT NULL)');
  const put = database.prepare('INSERT INTO entry (id, json) VALUES (?, ?)');
  const putBatch = database.transaction((batch: Batch) => {
    for (const entry of batch.entries) put.run(entry.id, JSON.stringify(entry));
  });
  const begun = performance.now();
  for (const batch of batches) putBatch(batch);
  const ms = (performance.now() - begun) / batches.length;
  database.close();
  return ms;
}
