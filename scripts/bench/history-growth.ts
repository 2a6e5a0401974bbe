import { join } from 'node:path';
import { must } from '../../schema/result.ts';
import type { BenchOrder, Tell } from './bench-order.ts';
import { keptShop } from './office.ts';
import { pullDelta } from './raw/pull-delta.ts';
import { putBare } from './raw/put-bare.ts';
import { inRawShop, type RawShop } from './raw/raw-shop.ts';
import { serverMemory } from './raw/server-memory.ts';
import { type BenchResult, compareSeries, ratioOf, type Summary, summarise } from './statistics.ts';

/** A server with so much history. */
export interface HistoryPart {
  /** From the start of its process to its first answer, in milliseconds. */
  readonly start: number;
  /** MB after the pushes and pulls. */
  readonly memory: number;
  /** One sale pushed, and what it changed pulled by another till, in milliseconds. */
  readonly push: Summary;
  readonly pull: Summary;
}
/** The figures at the top: a push with the longest history beside one with the shortest. */
export type HistoryGrowthResult = BenchResult & {
  readonly parts: Readonly<Record<string, HistoryPart>>;
  /** A pull with the longest history over one with the shortest. */
  readonly pullRatio: number;
};

const SHORTEST = 1_000;
const SALES_PER_ROUND = 20;
const FILL = 'left out: to be filled with a million entries takes it longer than its minute';
const NOTES = {
  raw: 'the same sale into an empty better-sqlite3 table, as durable',
  ...{ pouchdb: FILL, 'automerge-repo': FILL },
  ...{ 'rxdb-server': `${FILL}, and it keeps them in memory`, yjs: `${FILL}, and it keeps them in memory` },
};

/** How start, memory, pushes and pulls change with a server's history: 1,000 entries beside `--sales` (1,000,000 where nothing is said), and a bare write. */
export async function benchHistoryGrowth(order: BenchOrder, tell: Tell): Promise<HistoryGrowthResult> {
  const { rounds, sales } = order;
  const parts: Record<string, HistoryPart> = {};
  const [pushes, pulls, raw]: [number[][], number[][], number[]] = [[], [], []];
  for (const entries of [SHORTEST, sales]) {
    const kept = await keptShop({ ...order, sales: entries }, tell);
    const measured = await inRawShop(order, (shop) => measure(shop, rounds), kept);
    const { push, pull, start, memory } = measured;
    raw.push(...measured.raw);
    pushes.push(push);
    pulls.push(pull);
    parts[entries] = { start, memory, push: summarise(push), pull: summarise(pull) };
    tell(`${entries} entries: ${JSON.stringify(parts[entries])}`);
  }
  const [short, long] = pushes;
  return {
    ...compareSeries('history-growth', must(long, 'pushes'), { 'short history': must(short, 'pushes'), raw }),
    notes: NOTES,
    pullRatio: ratioOf(must(pulls[1], 'pulls'), must(pulls[0], 'pulls')),
    parts,
  };
}

async function measure({ openTills, server, folder }: RawShop, rounds: number) {
  const [seller, reader] = await openTills(2);
  const [push, pull, raw]: [number[], number[], number[]] = [[], [], []];
  const delta = await pullDelta(server.origin, must(reader, 'a till').enrolment.credential);
  for (let round = -1; round < rounds; round += 1) {
    for (const batch of await must(seller, 'a till').prepare(SALES_PER_ROUND, 1)) {
      const begun = performance.now();
      await must(seller, 'a till').push(batch);
      const pushed = performance.now();
      await delta.pull();
      const pulled = performance.now();
      if (round < 0) continue;
      raw.push(putBare(join(folder, `raw-${batch.entries[0]?.id}.db`), [batch]));
      push.push(pushed - begun);
      pull.push(pulled - pushed);
    }
  }
  return { push, pull, raw, start: server.startMs, memory: serverMemory(server).now };
}
