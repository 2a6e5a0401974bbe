import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DeviceEntry } from '../schema/entry/entry.ts';
import type { ProductId } from '../schema/ids.ts';
import { type EnrolAnswer, enrolAnswerShape } from '../schema/protocol/enrol.ts';
import { pullAnswerShape } from '../schema/protocol/pull.ts';
import { journalPushAnswerShape } from '../schema/protocol/push.ts';
import { makeTestFolder } from './testing/test-deps.ts';
import { createTestJournal } from './testing/test-device.ts';
import { startProcess, type TestProcess } from './testing/test-process.ts';
import { makePublicKey } from './testing/test-shop.ts';

let folder: ReturnType<typeof makeTestFolder>;
let server: TestProcess | undefined;
beforeEach(() => {
  folder = makeTestFolder();
});
afterEach(async () => {
  await server?.end('SIGKILL');
  folder.remove();
});

const post = async (path: string, body: unknown, credential = '') => {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${credential}` };
  const response = await fetch(`${server?.origin}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  return (await response.json()) as unknown;
};
const enrol = async (till: string): Promise<EnrolAnswer> => {
  const code = server?.codes.find((one) => one.till === till)?.code ?? '';
  return enrolAnswerShape.parse(await post('/enrol/v1', { code, publicKey: makePublicKey() }));
};
const pullJournal = async (credential: string) => {
  const response = await fetch(`${server?.origin}/sync/v1/branchJournal/pull?limit=5000`, {
    headers: { authorization: `Bearer ${credential}` },
  });
  return pullAnswerShape.parse(await response.json()).documents as unknown as { id: string; entry: DeviceEntry }[];
};

test('[SEED7] a start offers codes for manager, tills and developer, in print and in a private file', async () => {
  server = await startProcess(folder.path, '--no-demo', '--tills', '3');
  expect(server.codes.map(({ role, till }) => `${role} ${till}`)).toEqual([
    'manager M1',
    'till K1',
    'till K2',
    'till K3',
    'developer D1',
  ]);
  for (const { till, code, link } of server.codes) {
    expect(link).toBe(`${server.origin}/?till=${till}#/enrol/${code}`);
    expect(server.output()).toContain(link);
  }
  for (const file of ['enrol.json', 'shop-key.json', 'server-secret', 'ledger.jsonl'])
    expect(statSync(join(folder.path, file)).mode & 0o077).toBe(0);
});

test('[I2] killed in the middle of pushes, nothing acknowledged is lost and nothing is there twice', async () => {
  server = await startProcess(folder.path, '--no-demo');
  const [till, manager] = [await enrol('K1'), await enrol('M1')];
  const journal = createTestJournal(till);
  const acknowledged = new Set<string>();
  const outbox: DeviceEntry[] = [];
  const pushOutbox = async (): Promise<void> => {
    const entries = outbox.slice(0, 7);
    const answer = journalPushAnswerShape.parse(await post('/sync/v1/journal/push', { entries }, till.credential));
    for (const { id, verdict } of answer.verdicts)
      if (['accepted', 'duplicate'].includes(verdict)) acknowledged.add(id);
    outbox.splice(0, outbox.length, ...outbox.filter(({ id }) => !acknowledged.has(id)));
  };
  for (let round = 1; round <= 4; round += 1) {
    for (let n = 0; n < 70; n += 1) outbox.push(journal.receive('coffee' as ProductId, 1));
    const killAt = acknowledged.size + 7 * round;
    let killed: Promise<unknown> | undefined;
    const pushing = (async () => {
      while (outbox.length > 0) {
        const push = pushOutbox();
        // The kill falls between the request and its answer.
        if (acknowledged.size >= killAt) killed ??= server?.end('SIGKILL');
        await push;
      }
    })();
    await expect(pushing).rejects.toThrow();
    expect(await killed).toBe('SIGKILL');
    server = await startProcess(folder.path, '--no-demo');
    const ids = (await pullJournal(manager.credential)).map(({ id }) => id);
    expect([...acknowledged].filter((id) => !ids.includes(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  }
  while (outbox.length > 0) await pushOutbox();
  expect((await pullJournal(manager.credential)).map(({ entry }) => entry.seq)).toEqual(
    Array.from({ length: 280 }, (_, index) => index + 1),
  );
});

test('[I2] a signal ends the server in order, and its database is one file', async () => {
  server = await startProcess(folder.path, '--no-demo');
  await enrol('K1');
  expect(await server.end('SIGTERM')).toBe(0);
  expect(existsSync(join(folder.path, 'laci.db'))).toBe(true);
  expect(existsSync(join(folder.path, 'laci.db-wal'))).toBe(false);
});

test('[HTTP1] a second start on the same folder is a line, and touches nothing of the first', async () => {
  server = await startProcess(folder.path, '--no-demo');
  const codes = readFileSync(join(folder.path, 'enrol.json'), 'utf8');
  const error = await startProcess(folder.path, '--no-demo').catch((reason: unknown) => String(reason));
  expect(error).toContain('is in use by another Laci');
  expect(readFileSync(join(folder.path, 'enrol.json'), 'utf8')).toBe(codes);
  await server.end('SIGKILL');
  server = await startProcess(folder.path, '--no-demo');
});

test('[HTTP1] what cannot be started is a line, not a stack', async () => {
  server = await startProcess(folder.path, '--no-demo');
  const taken = new URL(server.origin).port;
  const tries: [string[], string][] = [
    [['--port', taken], `port ${taken} is taken`],
    [['--tills', 'many'], '--tills is not a number'],
    [['--curency', 'IDR'], '--curency'],
    [['--currency', 'rupiah'], '--currency must be'],
    [['--catalogue', 'nowhere.csv'], 'nowhere.csv cannot be read'],
  ];
  for (const [options, sentence] of tries) {
    const other = makeTestFolder();
    const error = await startProcess(other.path, '--no-demo', ...options).catch((reason: unknown) => String(reason));
    expect(error).toContain(sentence);
    expect(error).not.toMatch(/\n\s+at |node:internal/);
    other.remove();
  }
});
