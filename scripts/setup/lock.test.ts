import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withLock } from './lock.mjs';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'laci-lock-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

test('[SETUP7] two pieces of work under one lock never overlap', async () => {
  const events: string[] = [];
  const work = (name: string) => async (): Promise<void> => {
    events.push(`${name} begins`);
    await new Promise((resolve) => setTimeout(resolve, 20));
    events.push(`${name} ends`);
  };
  const lockFile = join(dir, 'deep', 'one.lock');
  await Promise.all([withLock(lockFile, work('a')), withLock(lockFile, work('b'))]);
  expect(events).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  expect(existsSync(lockFile)).toBe(false);
});

test('[SETUP7] a lock is let go when the work fails, and a dead holder is no hindrance', async () => {
  const lockFile = join(dir, 'one.lock');
  await expect(withLock(lockFile, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  writeFileSync(lockFile, '999999999');
  await expect(withLock(lockFile, () => Promise.resolve('done'))).resolves.toBe('done');
});
