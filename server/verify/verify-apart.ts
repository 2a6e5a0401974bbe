import { Worker } from 'node:worker_threads';
import type { VerifyResult } from './verify-database.ts';

/** Runs the full check of a shop's folder in a thread of its own. Rejects when the thread fails. */
export function verifyApart(dataDir: string): Promise<VerifyResult> {
  const worker = new Worker(new URL('./verify-worker.ts', import.meta.url), { workerData: dataDir });
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the check ended without a result')));
  });
}
