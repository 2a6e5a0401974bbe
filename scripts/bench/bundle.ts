import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readFirstLoad } from '../build/first-load.ts';
import { buildClient } from '../setup/client-build.mjs';
import { distDir } from '../setup/paths.mjs';
import { bringPeers } from '../setup/peers.mjs';
import type { BenchOrder, Tell } from './bench-order.ts';
import { buildBenchPage } from './build-page.ts';
import { makeFolder, withEnds } from './peers/ends.ts';
import { PEERS, type Peer } from './peers/peer.ts';
import { requireInstalled } from './peers/peer-process.ts';
import { measurePeers } from './peers/peer-series.ts';
import { type BenchResult, compareSeries, summarise } from './statistics.ts';

export type BundleResult = BenchResult & {
  /** Gzipped bytes of each. */
  readonly files: Readonly<Record<string, number>>;
};

const GOAL_BYTES = 250_000;
const BUILD_MS_MAX = 300_000;
const SYNCS = 'a page that syncs, stores and reads, and shows nothing: no rank';
const NOTES = {
  pouchdb: SYNCS,
  'rxdb-server': SYNCS,
  'automerge-repo': `${SYNCS}; its WebAssembly included`,
  yjs: SYNCS,
};

/**
 * Bytes of script, gzipped, that the app's page loads before a till's first product can be touched, its words too; beside the goal of 250 kB,
 * and the script of pages that only sync with a peer.
 */
export async function benchBundle(_order: BenchOrder, tell: Tell): Promise<BundleResult> {
  await bringPeers();
  await buildClient();
  const { bytes, files } = readFirstLoad(distDir);
  const { series, failed } = await withEnds('bundle', BUILD_MS_MAX, (ends) => {
    const folder = makeFolder(ends, 'bench');
    return measurePeers(PEERS, tell, async (peer) => [await peerPageBytes(peer, folder)]);
  });
  const unranked = Object.entries(series).map(([name, one]) => [name, summarise(one)] as const);
  const compared = compareSeries('bundle', [bytes], { goal: [GOAL_BYTES] }, 'bytes');
  return { ...compared, unranked: Object.fromEntries(unranked), notes: NOTES, failed, files };
}

/** Bytes of script, gzipped, of a peer's page, built as ours is. */
async function peerPageBytes(peer: Peer, folder: string): Promise<number> {
  requireInstalled(peer);
  const pageDir = join(folder, peer.name);
  await buildBenchPage(pageDir, join(peer.folder, 'page'));
  const scripts = globSync('**/*.js', { cwd: pageDir });
  return scripts.reduce((sum, file) => sum + gzipSync(readFileSync(join(pageDir, file))).length, 0);
}
