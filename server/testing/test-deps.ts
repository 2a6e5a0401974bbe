import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Deps } from '../deps.ts';
import { verifySignature } from '../keys/verify-signature.ts';

/** Real randomness and timers, and a clock that a test can set forward. Logs go nowhere. */
export interface TestDeps extends Deps {
  passTime(ms: number): void;
}

export function createTestDeps(): TestDeps {
  let passed = 0;
  return {
    now: () => Date.now() + passed,
    passTime: (ms) => {
      passed += ms;
    },
    randomBytes: (count) => randomBytes(count),
    every: (ms, work) => {
      const timer = setInterval(work, ms);
      return () => clearInterval(timer);
    },
    after: (ms, work) => {
      const timer = setTimeout(work, ms);
      return () => clearTimeout(timer);
    },
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
    verify: verifySignature,
    log: pino({ level: 'silent' }),
  };
}

/** A folder of its own for one test, and the way to remove it. */
export function makeTestFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'laci-test-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Waits until `check` gives something, for at most ten seconds. */
export async function until<Value>(what: string, check: () => Value | undefined | false): Promise<Value> {
  for (let turn = 0; turn < 1000; turn += 1) {
    const value = check();
    if (value) return value;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`It never happened: ${what}.`);
}
