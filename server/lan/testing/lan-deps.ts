import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { LocalAuthorityDeps } from '../local-authority.ts';

/** Deps with a folder of their own, gone when the test ends, and this machine's clock. */
export function lanDeps(change: Partial<LocalAuthorityDeps> = {}): LocalAuthorityDeps {
  const dataDir = mkdtempSync(join(tmpdir(), 'laci-lan-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true }));
  return {
    dataDir,
    hosts: ['localhost', '127.0.0.1', 'kasir-1', '192.168.1.5'],
    now: Date.now,
    randomBytes,
    ...change,
  };
}
