import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { errorAnswerShape } from '../../schema/protocol/error.ts';
import { pullAnswerShape } from '../../schema/protocol/pull.ts';
import { openCore } from '../core/open-core.ts';
import { StoreFault } from '../store/store.ts';
import { openBusyShop } from '../testing/busy-shop.ts';
import { until } from '../testing/test-deps.ts';
import { createTestJournal } from '../testing/test-device.ts';
import { startTestServer } from '../testing/test-http.ts';
import { startProcess } from '../testing/test-process.ts';
import { signedRows } from '../testing/test-push.ts';
import type { TestEnrolment, TestShop } from '../testing/test-shop.ts';
import { AFTER_START_MS, startNightWatch } from './night-watch.ts';
import { verifyApart } from './verify-apart.ts';
import type { VerifyResult } from './verify-database.ts';

let shop: TestShop;
let till: TestEnrolment;
const database = () => join(shop.dataDir, 'laci.db');

beforeEach(async () => {
  shop = await openBusyShop();
  till = await shop.enrol('till', 'K7');
});
afterEach(() => shop.close());

/** Changes one text in the file, past SQLite, and opens the shop again. */
async function damage(text: string, other: string): Promise<void> {
  await shop.core.store.close();
  const bytes = readFileSync(database());
  bytes.write(other, bytes.lastIndexOf(text));
  writeFileSync(database(), bytes);
  shop = { ...shop, core: await openCore(shop.dataDir, shop.deps), close: shop.close };
}

const findings = (...ids: string[]): VerifyResult => ({
  ...{ entries: 1, documents: 1, wrong: ids.length },
  findings: ids.map((id) => ({ table: 'entry', id, what: 'is broken' })),
});

test('[F11] a changed byte in the newest entries is noticed when the store is opened', async () => {
  await damage('Kopi', 'Kopy');
  expect(shop.core.health.damage()).toContain('entry');
  await shop.core.store.close();
});

test('[F11] a store that is whole is opened without a word', async () => {
  await damage('Kopi', 'Kopi');
  expect(shop.core.health.damage()).toBeNull();
  await shop.core.store.close();
});

test('[F11] once damage was found nothing is acknowledged, and reading goes on', async () => {
  const server = await startTestServer(shop);
  shop.core.health.report('entry x: is broken');
  const { credential } = till;
  const journal = createTestJournal(till);
  const body = signedRows(till, [journal.sell('coffee' as never, 1)]);
  const manager = await shop.core.store.read((tx) => tx.devicesOfBranch('utama' as never));
  expect(manager.length).toBeGreaterThan(0);
  for (const [path, sent] of [
    ['/sync/v1/journal/push', body],
    ['/sync/v1/edits/push', { edits: [{}] }],
    ['/rxdb/products/0/push', []],
    ['/enrol/v1', { code: 'x', publicKey: {} }],
    ['/api/v1/enrolment-codes', { role: 'till', till: 'K9' }],
  ] as const) {
    const answer = await server.ask(path, { credential, body: sent });
    expect([path, answer.status]).toEqual([path, 503]);
    const { error } = errorAnswerShape.parse(answer.json);
    expect([error.code, error.message]).toEqual(['store-damaged', expect.stringContaining('npm run restore')]);
  }
  expect(await server.ask('/health')).toMatchObject({ status: 503, json: { ok: false } });
  const pulled = await server.ask('/sync/v1/stock/pull', { credential });
  expect(pullAnswerShape.parse(pulled.json).documents.length).toBeGreaterThan(0);
  expect((await shop.core.store.read((tx) => tx.head(till.device.deviceId)))?.seq).toBeUndefined();
  await server.close();
});

test('[F11] a page that SQLite cannot read any more is damage, told at once and for good', async () => {
  const broken = new StoreFault('database disk image is malformed', false, undefined, true);
  const full = new StoreFault('database or disk is full', true, undefined);
  const faults = [full, broken];
  const server = await startTestServer(shop);
  const { credential } = till;
  const ask = () => server.ask('/sync/v1/stock/pull', { credential });
  const { store } = shop.core;
  const read = vi.spyOn(store, 'read').mockImplementation(() => Promise.reject(faults.shift()));
  expect((await ask()).status).toBe(507);
  expect(shop.core.health.damage()).toBeNull();
  const answer = await ask();
  expect([answer.status, errorAnswerShape.parse(answer.json).error.code]).toEqual([503, 'store-damaged']);
  expect(shop.core.health.damage()).toContain('malformed');
  read.mockRestore();
  await server.close();
});

test('[F11] the full check runs some time after a start and every night, once', async () => {
  const timers: { ms: number; work: () => void }[] = [];
  const add = (ms: number, work: () => void) => {
    timers.push({ ms, work });
    return () => undefined;
  };
  let now = new Date(2026, 10, 25, 1, 0).getTime();
  let checks = 0;
  const verify = async () => {
    checks += 1;
    return findings();
  };
  const deps = { ...shop.deps, now: () => now, after: add, every: add };
  startNightWatch({ ...shop.core, deps } as typeof shop.core, { hour: 3, verify });
  const [start, look] = timers;
  expect(start?.ms).toBe(AFTER_START_MS);
  start?.work();
  await until('the first check', () => checks === 1);
  for (const minutes of [0, 110, 130, 140, 200, 24 * 60 + 130]) {
    now = new Date(2026, 10, 25, 1, minutes).getTime();
    look?.work();
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(checks).toBe(3);
});

test('[F11] what the full check finds stops acknowledgements; one that fails stops nothing', async () => {
  const timers: (() => void)[] = [];
  const add = (_ms: number, work: () => void) => {
    timers.push(work);
    return () => undefined;
  };
  const results = [Promise.reject(new Error('out of memory')), Promise.resolve(findings('a:1'))];
  const deps = { ...shop.deps, after: add, every: add };
  startNightWatch({ ...shop.core, deps } as typeof shop.core, { hour: 3, verify: () => results.shift() as never });
  timers[0]?.();
  await new Promise((resolve) => setImmediate(resolve));
  expect(shop.core.health.damage()).toBeNull();
  timers[0]?.();
  await until('the finding', () => shop.core.health.damage() !== null);
  expect(shop.core.health.damage()).toBe('entry a:1: is broken');
});

test('[F11] [VERIFY1] the full check runs in a thread of its own, over a store that is open', async () => {
  const result = await verifyApart(shop.dataDir);
  expect([result.findings, result.entries > 20]).toEqual([[], true]);
});

test('[F11] a server whose database cannot be read says so, and how to restore', async () => {
  await shop.core.store.close();
  writeFileSync(database(), 'nothing that SQLite could read, for long enough to look at it');
  await expect(startProcess(shop.dataDir, '--no-demo')).rejects.toThrow(/npm run restore/);
});
