import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { productIdShape } from '../../../schema/ids.ts';
import { startTestServer, type TestServer } from '../../testing/test-http.ts';
import { openTestShop, type TestShop } from '../../testing/test-shop.ts';
import { actsOf } from './faulty-acts.ts';
import { calmDown, failEachWrite, WRITES_MAX } from './faulty-run.ts';
import { dumpDatabase, type FaultyShop, openFaultyShop } from './faulty-shop.ts';

const RUNS_MS_MAX = 240_000;
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

test('[F1] [F8] [I2] [PUSH4] [ENR3] whichever write fails: nothing of that act is there, and asked again it succeeds', {
  timeout: RUNS_MS_MAX,
}, async () => {
  const failed = await failEachWrite(template.dataDir, (server) => actsOf(server, manager, coffee));
  expect(failed.get('push with a gap')).toBeGreaterThan(failed.size / 2);
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
    await calmDown(shop, server, { credential }).catch(() => undefined);
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
