import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { firstCode } from '../replay/enrol-file.ts';
import { type ServerProcess, startServer } from '../replay/server-process.ts';
import { bringPeers } from '../setup/peers.mjs';
import { openCodeSource } from './enrol-codes.ts';
import { type BenchResult, compareSeries, summarise } from './statistics.ts';
import { createOurStack, sampleSales } from './wire/our-stack.ts';
import { startPeerStack } from './wire/peer-stack.ts';
import type { SaleBytes, WireStack } from './wire/wire-stack.ts';

/** One thing that crosses the wire, as shipped, and with every server asked not to compress. */
type Part = Pick<BenchResult, 'ours' | 'peers' | 'ratios'> & {
  readonly plain: Pick<BenchResult, 'ours' | 'peers' | 'ratios'>;
};

/** The figures at the top are those of the full sync; `parts` has them all. */
export type WireBytesResult = BenchResult & {
  readonly parts: Readonly<Record<'fullSync' | 'sale' | 'fanOut', Part>>;
  /** All that a fresh device of ours fetches: stock, settings and journal too. */
  readonly everything: BenchResult['ours'];
  readonly documents: number;
  readonly rounds: number;
};

const PEERS = { pouchdb: 'pouchdb', 'rxdb-server': 'rxdb-client' } as const;
/** A full sync is nearly the same each time: without compression fewer rounds are enough. */
const PLAIN_SYNC_ROUNDS = 2;
/** Different sales that the peers are given in turn. */
const SAMPLE_SALES = 20;

/** Bytes on the wire for a full sync of the demo's products, a sale of five lines, and its way to one other till; beside the peers. */
export async function benchWireBytes(rounds: number, tell: (text: string) => void): Promise<WireBytesResult> {
  await bringPeers();
  const folder = mkdtempSync(join(tmpdir(), 'laci-wire-'));
  const stacks: WireStack[] = [];
  try {
    await openStacks(folder, stacks, tell);
    const measured = new Map<string, StackBytes>();
    for (const stack of stacks) measured.set(stack.name, await measure(stack, rounds, tell));
    return summariseStacks(measured, rounds);
  } finally {
    for (const stack of stacks) await stack.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function openStacks(folder: string, stacks: WireStack[], tell: (text: string) => void): Promise<void> {
  const server = await startServer(folder, []);
  const nextCode = await openCodeSource(server.origin, firstCode(server.enrolment));
  stacks.push(createOurStack(server, nextCode));
  const file = join(folder, 'products.json');
  writeFileSync(file, JSON.stringify(readProducts(server)));
  const sales = await sampleSales(server, nextCode, SAMPLE_SALES);
  for (const [name, package_] of Object.entries(PEERS)) {
    const peer = join(import.meta.dirname, '../../peers', package_);
    stacks.push(await startPeerStack({ name, folder: peer, file, sales }));
    tell(`${name} is up`);
  }
}

/** The documents as our server sends them. */
function readProducts({ databaseFile }: ServerProcess): unknown[] {
  const database = new Database(databaseFile, { readonly: true });
  try {
    const rows = database.prepare<[], string>("SELECT json FROM document WHERE collection = 'products'").pluck().all();
    return rows.map((json) => JSON.parse(json));
  } finally {
    database.close();
  }
}

interface StackBytes {
  readonly fullSync: Series;
  readonly sale: Series;
  readonly fanOut: Series;
  readonly everything: readonly number[];
  readonly documents: number;
}

interface Series {
  readonly shipped: readonly number[];
  readonly plain: readonly number[];
}

async function measure(stack: WireStack, rounds: number, tell: (text: string) => void): Promise<StackBytes> {
  const syncs = await repeat(rounds, () => stack.fullSync(false));
  const plainSyncs = await repeat(Math.min(rounds, PLAIN_SYNC_ROUNDS), () => stack.fullSync(true));
  const [sales, plainSales] = [await sellInPair(stack, rounds, false), await sellInPair(stack, rounds, true)];
  const series = (name: keyof SaleBytes): Series => ({
    shipped: sales.map((bytes) => bytes[name]),
    plain: plainSales.map((bytes) => bytes[name]),
  });
  tell(
    `${stack.name}: ${syncs[0]?.bytes} bytes a full sync, ${sales[0]?.sale} a sale, ${sales[0]?.fanOut} its fan-out`,
  );
  return {
    fullSync: { shipped: syncs.map(({ bytes }) => bytes), plain: plainSyncs.map(({ bytes }) => bytes) },
    ...{ sale: series('sale'), fanOut: series('fanOut') },
    everything: syncs.map(({ everything }) => everything),
    documents: syncs[0]?.documents ?? 0,
  };
}

async function sellInPair(stack: WireStack, rounds: number, plain: boolean): Promise<SaleBytes[]> {
  const pair = await stack.openPair(plain);
  try {
    return await repeat(rounds, () => pair.sell());
  } finally {
    await pair.close();
  }
}

async function repeat<Value>(times: number, act: () => Promise<Value>): Promise<Value[]> {
  const values: Value[] = [];
  for (let time = 0; time < times; time += 1) values.push(await act());
  return values;
}

function summariseStacks(measured: ReadonlyMap<string, StackBytes>, rounds: number): WireBytesResult {
  const ours = measured.get('ours');
  const peers = [...measured].filter(([name]) => name !== 'ours');
  const odd = peers.filter(([, { documents }]) => documents !== ours?.documents);
  if (!ours || odd.length > 0)
    throw new Error(`Not all hold the same products: ${odd.map(([name]) => name).join(', ')}`);
  const compared = (part: keyof WireBytesResult['parts'], way: keyof Series) =>
    compareSeries(
      'wire-bytes',
      ours[part][way],
      Object.fromEntries(peers.map(([name, bytes]) => [name, bytes[part][way]])),
      'bytes',
    );
  const partOf = (part: keyof WireBytesResult['parts']): Part => {
    const { ours: own, peers: others, ratios } = compared(part, 'shipped');
    const plain = compared(part, 'plain');
    return { ours: own, peers: others, ratios, plain: { ours: plain.ours, peers: plain.peers, ratios: plain.ratios } };
  };
  return {
    ...compared('fullSync', 'shipped'),
    parts: { fullSync: partOf('fullSync'), sale: partOf('sale'), fanOut: partOf('fanOut') },
    everything: summarise(ours.everything),
    documents: ours.documents,
    rounds,
  };
}
