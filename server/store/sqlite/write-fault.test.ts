import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { COMPANY_SCOPE, productIdShape } from '../../../schema/ids.ts';
import { startTestServer, type TestAnswer, type TestServer } from '../../testing/test-http.ts';
import { openTestShop, type TestShop } from '../../testing/test-shop.ts';
import { actsOf } from './faulty-acts.ts';
import { dumpDatabase, type FaultyShop, openFaultyShop } from './faulty-shop.ts';

const RUNS_MS_MAX = 240_000;
/** More writes than all acts make: a run that never ends clean is a failure too. */
const WRITES_MAX = 500;
const coffee = productIdShape.parse('coffee');
let template: TestShop;
let manager: string;

beforeAll(async () => {
  template = await openTestShop();
  await template.addProduct('coffee');
  await template.addProduct('tea');
  manager = (await template.enrol('manager', 'M1')).credential;
  await template.core.store.close();
});
afterAll(() => template.close());

interface Run {
  /** What each act finally answered. */
  readonly senses: readonly unknown[];
  /** The act whose write failed, if any did. */
  readonly failed: string | null;
}

/** Performs all acts; the n-th write of them fails. The act that it hits must have done nothing, and is asked again. */
async function runActs(n: number): Promise<Run> {
  const shop = await openFaultyShop(template.dataDir);
  const server = await startTestServer(shop as never);
  try {
    return await performAll(shop, server, n);
  } finally {
    await server.close();
    await shop.close();
  }
}

async function performAll(shop: FaultyShop, server: TestServer, n: number): Promise<Run> {
  const senses: unknown[] = [];
  let failed: string | null = null;
  const acts = actsOf(server, manager, coffee);
  let left = n;
  for (let step = acts.next(); !step.done; ) {
    const act = step.value;
    await calmDown(shop, server, act.credential);
    const before = dumpDatabase(shop.dataDir);
    const spent = failed === null ? left : 0;
    let answer = await watched(shop, spent, act.ask);
    left -= answer.writes;
    if (answer.failed) {
      failed = act.name;
      expect([act.name, answer.value.status]).toEqual([act.name, 503]);
      expect(answer.value.json).toMatchObject({ error: { code: 'store-failed' } });
      expect(dumpDatabase(shop.dataDir)).toBe(before);
      answer = await watched(shop, 0, act.ask);
    }
    senses.push([act.name, act.sense(answer.value)]);
    step = acts.next(answer.value);
  }
  return { senses, failed };
}

interface Watched {
  readonly value: TestAnswer;
  readonly failed: boolean;
  readonly writes: number;
}

async function watched({ gate }: FaultyShop, n: number, ask: () => Promise<TestAnswer>): Promise<Watched> {
  gate.arm(n);
  const value = await ask();
  return { value, ...gate.disarm() };
}

/** When a device was last heard from is noted beside what it asks: that must be over before the next act. */
async function calmDown({ core }: FaultyShop, server: TestServer, credential: string | undefined): Promise<void> {
  if (credential) await server.ask('/sync/v1/company/pull', { credential });
  await core.store.write([COMPANY_SCOPE], async () => undefined);
}

test('[F1] [F8] [I2] [PUSH4] [ENR3] whichever write fails: nothing of that act is there, and asked again it succeeds', {
  timeout: RUNS_MS_MAX,
}, async () => {
  const clean = await runActs(0);
  const failed = new Map<string, number>();
  for (let n = 1; n < WRITES_MAX; n += 1) {
    const run = await runActs(n);
    expect(run.senses).toEqual(clean.senses);
    if (run.failed === null) break;
    failed.set(run.failed, (failed.get(run.failed) ?? 0) + 1);
  }
  const names = clean.senses.map((sense) => (sense as [string])[0]);
  expect([...failed.keys()]).toEqual(names);
  expect(failed.get('push with a gap')).toBeGreaterThan(names.length / 2);
});

test('[F8] [F12] [I2] whichever write of a new epoch fails: the old one stands, and the next start begins one', {
  timeout: RUNS_MS_MAX,
}, async () => {
  const ledger = join(template.dataDir, 'ledger.jsonl');
  const before = readFileSync(ledger, 'utf8');
  const later = { kind: 'epoch', epoch: { n: 7, id: '7'.repeat(16) }, at: 1 };
  writeFileSync(ledger, `${before.trimEnd()}\n${JSON.stringify(later)}\n`);
  const untouched = dumpDatabase(template.dataDir);
  let failures = 0;
  try {
    for (let n = 1; n < WRITES_MAX; n += 1) {
      const opened = await openFaultyShop(template.dataDir, n).then(
        (shop) => shop,
        (fault: { readonly dataDir: string }) => fault,
      );
      if ('core' in opened) {
        expect(opened.core.epoch.n).toBe(8);
        await opened.close();
        break;
      }
      failures += 1;
      expect(dumpDatabase(opened.dataDir)).toBe(untouched);
      const again = await openFaultyShop(opened.dataDir);
      expect(again.core.epoch.n).toBeGreaterThan(7);
      await again.close();
      rmSync(opened.dataDir, { recursive: true });
    }
  } finally {
    writeFileSync(ledger, before);
  }
  expect(failures).toBeGreaterThan(1);
});

test('[F8] [STORE12] wherever the disk turns out to be full: told before anything is acknowledged, and reading goes on', {
  timeout: RUNS_MS_MAX,
}, async () => {
  const pagesNow = pagesOf(template.dataDir);
  const hit = new Set<string>();
  for (let more = 0; more < WRITES_MAX; more += 1) {
    const shop = await openFaultyShop(template.dataDir, 0, pagesNow + more);
    const server = await startTestServer(shop as never);
    const name = await untilFull(shop, server);
    await server.close();
    await shop.close();
    if (name === null) break;
    hit.add(name);
  }
  expect([...hit]).not.toEqual([]);
});

/** Performs the acts until one finds no room; gives its name, or null when there was enough for all. */
async function untilFull(shop: FaultyShop, server: TestServer): Promise<string | null> {
  const acts = actsOf(server, manager, coffee);
  for (let step = acts.next(); !step.done; ) {
    const { name, ask, credential } = step.value;
    await calmDown(shop, server, credential).catch(() => undefined);
    const before = dumpDatabase(shop.dataDir);
    const answer = await ask();
    if (answer.status < 300) {
      step = acts.next(answer);
      continue;
    }
    expect([name, answer.status]).toEqual([name, 507]);
    expect(dumpDatabase(shop.dataDir)).toBe(before);
    expect(await server.ask('/sync/v1/products/pull', { credential: manager })).toMatchObject({ status: 200 });
    return name;
  }
  return null;
}

function pagesOf(dataDir: string): number {
  const database = new Database(join(dataDir, 'laci.db'), { readonly: true });
  const pages = Number(database.pragma('page_count', { simple: true }));
  database.close();
  return pages;
}
