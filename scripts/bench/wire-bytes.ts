import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { must } from '../../schema/result.ts';
import { firstCode } from '../replay/enrol-file.ts';
import { startServer } from '../replay/server-process.ts';
import { bringPeers } from '../setup/peers.mjs';
import type { BenchOrder, Tell } from './bench-order.ts';
import { openCodeSource } from './enrol-codes.ts';
import { makeFolder, withEnds } from './peers/ends.ts';
import { PEER_MS_MAX, PEER_START_MS_MAX, PEERS, type Peer, withScaled } from './peers/peer.ts';
import { sentenceOf } from './peers/peer-series.ts';
import { catalogueOptions } from './shop-catalogue.ts';
import { type BenchResult, compareSeries, summarise } from './statistics.ts';
import { measureStack, SALES_TOGETHER, type Series, type StackBytes } from './wire/measure-stack.ts';
import { createOurStack, sampleSales } from './wire/our-stack.ts';
import { startPeerStack } from './wire/peer-stack.ts';
import { readProducts } from './wire/server-products.ts';

/** One thing that crosses the wire, as shipped, and with every server asked not to compress. */
type Part = Pick<BenchResult, 'ours' | 'peers' | 'ratios'> & {
  readonly plain: Pick<BenchResult, 'ours' | 'peers' | 'ratios'>;
};
const PARTS = ['fullSync', 'sale', 'saleUp', 'fanOut', 'fanOutLive'] as const;
type PartName = (typeof PARTS)[number];

/** The figures at the top are those of the full sync; `parts` has them all. */
export type WireBytesResult = BenchResult & {
  readonly parts: Readonly<Record<PartName, Part>>;
  /** Of each part, ours over the peer with the fewest. */
  readonly ofLeanest: Readonly<Record<PartName, number>>;
  /** All that a fresh device of ours fetches: stock, settings and journal too. */
  readonly everything: BenchResult['ours'];
  /** Of the fan-out of ours, what follows a moment later: what the sale's entry holds. */
  readonly fanOutLater: BenchResult['ours'];
  /** What ten sales right after each other cost on the way to one other till, all of it, per sale. */
  readonly fanOutOfTen: BenchResult['ours'];
  readonly documents: number;
  readonly rounds: number;
};

/** Different sales that the peers are given in turn. */
const SAMPLE_SALES = 20;
const OURS_MS_MAX = 1_200_000;
const NOTES = {
  gzip: 'the products as one text, gzipped: the limit of the full sync',
  'automerge-repo': 'each product a document of its own; sales are changes of one document',
  yjs: 'one document with a map of all products; sales are changes of another',
};

/**
 * Bytes on the wire for a full sync of the shop's products, a sale of five lines, and its way to one other till; beside the peers and, for the
 * sync, the bare products gzipped.
 */
export async function benchWireBytes(order: BenchOrder, tell: Tell): Promise<WireBytesResult> {
  await bringPeers();
  return withEnds('wire-bytes', OURS_MS_MAX, async (ends) => {
    const folder = makeFolder(ends, 'wire');
    const server = await startServer(folder, catalogueOptions(order, folder));
    ends.add(server.stop);
    const nextCode = await openCodeSource(server.origin, firstCode(server.enrolment));
    const sales = await sampleSales(server, nextCode, SAMPLE_SALES);
    const products = readProducts(server);
    const ours = createOurStack(server, nextCode);
    const measured = new Map([[ours.name, await measureStack(ours, order.rounds, OURS_MS_MAX, tell)]]);
    const failed: Record<string, string> = {};
    for (const peer of PEERS) {
      await measurePeer(peer, { folder, products, sales, rounds: order.rounds, tell }).then(
        (bytes) => measured.set(peer.name, bytes),
        (error: unknown) => {
          failed[peer.name] = sentenceOf(error);
          tell(`${peer.name} was not measured: ${failed[peer.name]}`);
        },
      );
    }
    const { length: gzip } = gzipSync(JSON.stringify(products));
    return { ...summariseStacks(measured, order.rounds, products.length, gzip), failed };
  });
}

interface PeerWork {
  readonly folder: string;
  readonly products: readonly unknown[];
  readonly sales: readonly object[];
  readonly rounds: number;
  readonly tell: Tell;
}

/** A peer's minute is shared by two kinds of syncs and two of sales. */
const PEER_PART_MS_MAX = PEER_MS_MAX / 5;

function measurePeer(peer: Peer, { folder, products, sales, rounds, tell }: PeerWork): Promise<StackBytes> {
  const file = join(folder, `${peer.name}.json`);
  const given = products.slice(0, peer.documentsMax);
  writeFileSync(file, JSON.stringify(given));
  return withEnds(peer.name, PEER_START_MS_MAX + PEER_MS_MAX, async (ends) => {
    const stack = await startPeerStack(ends, { peer, file, sales });
    const bytes = await measureStack(stack, rounds, PEER_PART_MS_MAX, tell);
    if (bytes.documents !== given.length)
      throw new Error(`${peer.name} holds ${bytes.documents} of ${given.length} products.`);
    const scaled = (series: readonly number[]) => series.map((one) => (one * products.length) / given.length);
    const { shipped, plain } = bytes.fullSync;
    return { ...bytes, fullSync: { shipped: scaled(shipped), plain: scaled(plain) } };
  });
}

function summariseStacks(
  measured: ReadonlyMap<string, StackBytes>,
  rounds: number,
  documents: number,
  gzip: number,
): WireBytesResult {
  const ours = must(measured.get('ours'), 'ours');
  if (ours.documents !== documents) throw new Error(`Ours holds ${ours.documents} of ${documents} products.`);
  const compared = (part: PartName, way: keyof Series) => {
    const others = [...measured].filter(([name]) => name !== 'ours').map(([name, bytes]) => [name, bytes[part][way]]);
    const limit = part === 'fullSync' ? { gzip: [gzip] } : {};
    const peers = { ...limit, ...Object.fromEntries(others) };
    // Without a network there may be no peer at all; what was missing is said.
    if (Object.keys(peers).length === 0)
      return { name: 'wire-bytes', unit: 'bytes' as const, ours: summarise(ours[part][way]), peers, ratios: {} };
    return compareSeries('wire-bytes', ours[part][way], peers, 'bytes');
  };
  const partOf = (part: PartName): Part => {
    const { ours: own, peers: others, ratios } = compared(part, 'shipped');
    const plain = compared(part, 'plain');
    return { ours: own, peers: others, ratios, plain: { ours: plain.ours, peers: plain.peers, ratios: plain.ratios } };
  };
  return {
    ...compared('fullSync', 'shipped'),
    parts: eachPart(partOf),
    ofLeanest: eachPart((part) => leanest(compared(part, 'shipped').ratios)),
    everything: summarise(ours.everything),
    fanOutLater: summarise(ours.fanOutLater.shipped),
    fanOutOfTen: summarise(ours.together.map((bytes) => bytes / SALES_TOGETHER)),
    ...{ notes: withScaled(NOTES, PEERS, documents), documents, rounds },
  };
}

function eachPart<Value>(give: (part: PartName) => Value): Record<PartName, Value> {
  return Object.fromEntries(PARTS.map((part) => [part, give(part)])) as Record<PartName, Value>;
}

function leanest({ gzip: _limit, ...peers }: BenchResult['ratios']): number {
  const all = Object.values(peers);
  return all.length === 0 ? Number.NaN : Math.max(...all);
}
