import { expect } from 'vitest';
import { COMPANY_SCOPE } from '../../../schema/ids.ts';
import { startTestServer, type TestAnswer, type TestServer } from '../../testing/test-http.ts';
import type { Act } from './faulty-acts.ts';
import { dumpDatabase, type FaultyShop, openFaultyShop } from './faulty-shop.ts';

/** More writes than all acts make: a run that never ends clean is a failure too. */
export const WRITES_MAX = 500;

export type Acts = (server: TestServer) => Generator<Act, void, TestAnswer>;

/** Fails the first write of some acts on a copy of a shop, then the second, until a run ends clean. Gives each act's number of failures, in their order. */
export async function failEachWrite(template: string, acts: Acts): Promise<ReadonlyMap<string, number>> {
  const clean = await runActs(template, acts, 0);
  const failed = new Map<string, number>();
  for (let n = 1; n < WRITES_MAX; n += 1) {
    const run = await runActs(template, acts, n);
    expect(run.senses).toEqual(clean.senses);
    if (run.failed === null) break;
    failed.set(run.failed, (failed.get(run.failed) ?? 0) + 1);
  }
  const names = clean.senses.map((sense) => (sense as [string])[0]);
  expect([...failed.keys()]).toEqual(names);
  return failed;
}

interface Run {
  /** What each act finally answered. */
  readonly senses: readonly unknown[];
  /** The act whose write failed, if any did. */
  readonly failed: string | null;
}

/** Performs all acts; the n-th write of them fails. The act that it hits must have done nothing, and is asked again. */
async function runActs(template: string, acts: Acts, n: number): Promise<Run> {
  const shop = await openFaultyShop(template);
  const server = await startTestServer(shop as never);
  try {
    return await performAll(shop, server, acts(server), n);
  } finally {
    await server.close();
    await shop.close();
  }
}

async function performAll(shop: FaultyShop, server: TestServer, acts: ReturnType<Acts>, n: number): Promise<Run> {
  const senses: unknown[] = [];
  let failed: string | null = null;
  let left = n;
  for (let step = acts.next(); !step.done; ) {
    const act = step.value;
    await calmDown(shop, server, act);
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
export async function calmDown(
  { core }: FaultyShop,
  server: TestServer,
  { credential, before }: Pick<Act, 'credential' | 'before'>,
): Promise<void> {
  await before?.();
  if (credential) await server.ask('/sync/v1/company/pull', { credential });
  await core.store.write([COMPANY_SCOPE], async () => undefined);
}
