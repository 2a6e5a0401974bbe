import { readFirstLoad } from '../build/first-load.ts';
import { buildClient } from '../setup/client-build.mjs';
import { distDir } from '../setup/paths.mjs';
import { type BenchResult, compareSeries } from './statistics.ts';

export type BundleResult = BenchResult & {
  /** Gzipped bytes of each. */
  readonly files: Readonly<Record<string, number>>;
};

const GOAL_BYTES = 250_000;

/** Bytes of script, gzipped, that the app's page loads before a till's first product can be touched, its words too; beside the goal of 250 kB. */
export async function benchBundle(): Promise<BundleResult> {
  await buildClient();
  const { bytes, files } = readFirstLoad(distDir);
  return { ...compareSeries('bundle', [bytes], { goal: [GOAL_BYTES] }, 'bytes'), files };
}
