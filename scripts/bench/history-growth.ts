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

/**
 * How start, memory, pushes and pulls change with a server's history: 1,000 entries beside `--sales` (1,000,000 where nothing is said), and a bare
 * write. Both servers run at once, and are asked in turn.
 */
export async function benchHistoryGrowth(order: BenchOrder, tell: Tell): Promise<HistoryGrowthResult> {
  const { rounds, sales } = order;
  const [few, many] = [await keptShop({ ...order, sales: SHORTEST }, tell), await keptShop(order, tell)];
  const inBoth = (play: (...shops: [RawShop, RawShop]) => Promise<Histories>) =>
    inRawShop(order, (short) => inRawShop(order, (long) => play(short, long), many), few);
  const { short, long } = await inBoth((...shops) => playBoth(shops, rounds));
  const parts = { [SHORTEST]: short.part, [sales]: long.part };
  tell(JSON.stringify(parts));
  return {
    ...compareSeries('history-growth', long.push, {
      'short history': short.push,
      raw: [...short.raw, ...long.raw],
    }),
    notes: NOTES,
    pullRatio: ratioOf(long.pull, short.pull),
    parts,
  };
}

interface Histories {
  readonly short: Played;
  readonly long: Played;
}

type Played = Pick<Awaited<ReturnType<typeof openHistory>>, 'push' | 'pull' | 'raw'> & { readonly part: HistoryPart };

async function playBoth(shops: readonly [RawShop, RawShop], rounds: number): Promise<Histories> {
  const [short, long] = [await openHistory(shops[0]), await openHistory(shops[1])];
  for (let round = -1; round < rounds; round += 1) {
    for (const history of round % 2 === 0 ? [short, long] : [long, short]) await history.play(round >= 0);
  }
  return { short: { ...short, part: short.part() }, long: { ...long, part: long.part() } };
}

/** A server's history, with one till that sells and one that pulls what is new. */
async function openHistory({ openTills, server, folder }: RawShop) {
  const [seller, reader] = await openTills(2);
  const till = must(seller, 'a till');
  const [push, pull, raw]: [number[], number[], number[]] = [[], [], []];
  const delta = await pullDelta(server.origin, must(reader, 'a till').enrolment.credential);
  const play = async (counts: boolean): Promise<void> => {
    for (const batch of await till.prepare(SALES_PER_ROUND, 1)) {
      const begun = performance.now();
      await till.push(batch);
      const pushed = performance.now();
      await delta.pull();
      const pulled = performance.now();
      if (!counts) continue;
      raw.push(putBare(join(folder, `raw-${batch.entries[0]?.id}.db`), [batch]));
      push.push(pushed - begun);
      pull.push(pulled - pushed);
    }
  };
  const part = (): HistoryPart => {
    const [start, memory] = [server.startMs, serverMemory(server).now];
    return { start, memory, push: summarise(push), pull: summarise(pull) };
  };
  return { ...{ push, pull, raw }, play, part };
}
