import { copyFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { COMPANY_SCOPE } from '../../../schema/ids.ts';
import { createTestDeps, makeTestFolder } from '../../testing/test-deps.ts';
import type { Store } from '../store.ts';
import { LOG_BYTES, makeLogRoom } from './log-room.ts';
import { openSqliteStore } from './sqlite-store.ts';

let folder: ReturnType<typeof makeTestFolder>;
let store: Store;
const file = () => join(folder.path, 'laci.db');
const logBytes = () => statSync(`${file()}-wal`).size;

beforeEach(() => {
  folder = makeTestFolder();
  store = openSqliteStore(file(), createTestDeps());
});
afterEach(async () => {
  await store.close();
  folder.remove();
});

function put(n: number): Promise<number> {
  return store.write([COMPANY_SCOPE], (tx) =>
    tx.putDocument('products', { id: `d${n}`, scope: COMPANY_SCOPE, json: `"${'x'.repeat(3_000)}"` }),
  );
}

/** What is in the file and this log, as a power cut leaves them. */
async function documentsBehind(log: Buffer): Promise<number> {
  const copy = join(folder.path, `copy-${log.length}.db`);
  copyFileSync(file(), copy);
  writeFileSync(`${copy}-wal`, log);
  const opened = openSqliteStore(copy, createTestDeps());
  const count = await opened.read((tx) => tx.countDocuments('products', COMPANY_SCOPE, 0));
  await opened.close();
  return count;
}

test('[STORE33] the log is as long as it gets, and commits overwrite it', async () => {
  await put(0);
  await makeLogRoom(store, file());
  expect(logBytes()).toBe(LOG_BYTES);
  for (let n = 1; n <= 20; n += 1) await put(n);
  expect(logBytes()).toBe(LOG_BYTES);
  await makeLogRoom(store, file());
  expect(logBytes()).toBe(LOG_BYTES);
});

test('[STORE33] [F1] [I2] what is committed while the log is lengthened is there after a power cut, wherever the rest is cut off', async () => {
  let done = false;
  const lengthening = makeLogRoom(store, file()).then(() => {
    done = true;
  });
  let committed = 0;
  while (!done || committed < 20) {
    await Promise.all([put(committed), setImmediate()]);
    committed += 1;
  }
  await lengthening;
  const log = readFileSync(`${file()}-wal`);
  expect(log.length).toBe(LOG_BYTES);
  expect(await documentsBehind(log)).toBe(committed);
  const used = log.findLastIndex((byte) => byte !== 0) + 1;
  for (const end of [used, used + 1, used + 5_000, log.length - 1])
    expect([end, await documentsBehind(log.subarray(0, end))]).toEqual([end, committed]);
});

test('[STORE33] [I2] nothing of the log is touched while somebody writes', async () => {
  await put(0);
  const before = logBytes();
  const writing = Promise.withResolvers<void>();
  const written = store.write([], () => writing.promise);
  const lengthening = makeLogRoom(store, file());
  await setTimeout(100);
  expect(logBytes()).toBe(before);
  writing.resolve();
  await Promise.all([written, lengthening]);
  expect(logBytes()).toBe(LOG_BYTES);
});

test('[STORE33] it ends as soon as the server ends, and a folder without a log is left as it is', async () => {
  await put(0);
  let steps = 0;
  await makeLogRoom(store, file(), () => {
    steps += 1;
    return steps <= 3;
  });
  expect(logBytes()).toBeLessThan(LOG_BYTES / 2);
  await expect(makeLogRoom(store, join(folder.path, 'none.db'))).rejects.toThrow('ENOENT');
});
