import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildClient } from '../setup/client-build.mjs';
import { type BenchResult, compareSeries } from './statistics.ts';

export type BundleResult = BenchResult & {
  /** Gzipped bytes of each script that the page asks for before anything is drawn. */
  readonly files: Readonly<Record<string, number>>;
};

const DIST = join(import.meta.dirname, '../../dist');
const GOAL_BYTES = 250_000;

/** Bytes of script, gzipped, that the app's page loads before a till is drawn; beside the goal of 250 kB. */
export async function benchBundle(): Promise<BundleResult> {
  await buildClient();
  const page = readFileSync(join(DIST, 'index.html'), 'utf8');
  const names = new Set([...page.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(([, name]) => name ?? ''));
  const files = Object.fromEntries([...names].map((name) => [name, gzipSync(readFileSync(join(DIST, name))).length]));
  const total = Object.values(files).reduce((sum, bytes) => sum + bytes, 0);
  return { ...compareSeries('bundle', [total], { goal: [GOAL_BYTES] }, 'bytes'), files };
}
