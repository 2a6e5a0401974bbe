import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DeviceEntry } from '../schema/entry/entry.ts';
import type { ProductId } from '../schema/ids.ts';
import type { Checkpoint } from '../schema/protocol/checkpoint.ts';
import { type EnrolAnswer, enrolAnswerShape, readmitAnswerShape } from '../schema/protocol/enrol.ts';
import { pullAnswerShape } from '../schema/protocol/pull.ts';
import { journalPushAnswerShape } from '../schema/protocol/push.ts';
import { type StatusAnswer, statusAnswerShape } from '../schema/protocol/status.ts';
import { readmitSigningText } from '../schema/signature.ts';
import { makeBackup } from './backup/make-backup.ts';
import { restoreBackup } from './backup/restore-backup.ts';
import { createTestDeps, makeTestFolder } from './testing/test-deps.ts';
import { createTestJournal, type TestJournal } from './testing/test-device.ts';
import { startProcess, type TestProcess } from './testing/test-process.ts';
import { signedRows } from './testing/test-push.ts';
import { makeTestKey } from './testing/test-shop.ts';
import { verifyDatabase } from './verify/verify-database.ts';

let folder: ReturnType<typeof makeTestFolder>;
let server: TestProcess;
const deps = createTestDeps();
const COFFEE = 'coffee' as ProductId;

beforeEach(async () => {
  folder = makeTestFolder();
  server = await startProcess(folder.path, '--no-demo');
});
afterEach(async () => {
  await server.end('SIGKILL');
  folder.remove();
});

/** A till as the server sees it: what it keeps on its own disk, and how it asks. */
interface Till {
  readonly enrolled: EnrolAnswer;
  readonly key: ReturnType<typeof makeTestKey>;
  readonly journal: TestJournal;
  readonly sold: DeviceEntry[];
}

const ask = async (path: string, credential: string, body?: unknown) => {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${credential}`, 'x-laci-protocol': '2' };
  const init = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) };
  const response = await fetch(`${server.origin}${path}`, init);
  return { status: response.status, json: (await response.json()) as unknown };
};
const enrol = async (till: string): Promise<Till> => {
  const key = makeTestKey();
  const code = server.codes.find((one) => one.till === till)?.code ?? '';
  const enrolled = enrolAnswerShape.parse((await ask('/enrol/v1', '', { code, publicKey: key.publicKey })).json);
  return { enrolled, key, journal: createTestJournal(enrolled), sold: [] };
};
const push = async ({ enrolled, key }: Till, rows: readonly DeviceEntry[]) => {
  const body = { ...signedRows(key, rows), resent: rows.at(-1)?.seq ?? 0 };
  return journalPushAnswerShape.parse((await ask('/sync/v1/journal/push', enrolled.credential, body)).json);
};
const sell = async (till: Till, count: number) => {
  const rows = Array.from({ length: count }, () => till.journal.sell(COFFEE, 1));
  till.sold.push(...rows);
  return push(till, rows);
};
const statusOf = async ({ enrolled }: Till, checkpoints = {}): Promise<StatusAnswer> =>
  statusAnswerShape.parse((await ask('/sync/v1/status', enrolled.credential, { checkpoints })).json);
const pullStock = async ({ enrolled }: Till, checkpoint?: Checkpoint) => {
  const from = checkpoint ? `?checkpoint=${encodeURIComponent(JSON.stringify(checkpoint))}` : '';
  return pullAnswerShape.parse((await ask(`/sync/v1/stock/pull${from}`, enrolled.credential)).json);
};
const restart = async (between: () => Promise<void>) => {
  expect(await server.end('SIGTERM')).toBe(0);
  await between();
  server = await startProcess(folder.path, '--no-demo');
};

test('[F12] [F27] [I1] yesterday’s backup, a till enrolled since, and nobody does anything: every sale is there once', async () => {
  const old = await enrol('K1');
  await sell(old, 3);
  const made = makeBackup(folder.path, undefined, deps);
  const file = made.ok ? made.value.file : '';
  expect((await statusOf(old)).backedUp).toBe(3);
  const young = await enrol('K2');
  await sell(old, 2);
  await sell(young, 4);
  const { checkpoint } = await pullStock(old);
  await restart(async () => {
    expect(await restoreBackup(folder.path, file, deps)).toMatchObject({ ok: true });
  });

  const pulled = await pullStock(old, checkpoint);
  expect(pulled.epoch.n).toBe(checkpoint.epoch.n + 1);
  const status = await statusOf(old, { stock: checkpoint });
  expect([status.epoch, status.head.seq]).toEqual([pulled.epoch, 3]);
  await push(
    old,
    old.sold.filter(({ seq }) => seq > status.head.seq),
  );

  const { credential, certificate, device } = young.enrolled;
  expect((await ask('/sync/v1/status', credential, { checkpoints: {} })).status).toBe(401);
  const signature = young.key.sign(readmitSigningText(device.deviceId, credential));
  const readmitted = await ask('/enrol/v1/readmit', '', { certificate, credential, signature });
  expect(readmitAnswerShape.parse(readmitted.json)).toMatchObject({ device, epoch: pulled.epoch });
  await push(young, young.sold);

  const { heads = {} } = await statusOf(young);
  expect([heads[old.enrolled.device.deviceId]?.seq, heads[device.deviceId]?.seq]).toEqual([5, 4]);
  await server.end('SIGTERM');
  const result = verifyDatabase(join(folder.path, 'laci.db'), { verify: deps.verify });
  expect([result.findings, result.entries]).toEqual([[], 9]);
});

test('[F27] [I1] the till that enrolled since the backup is dead: another hands in its entries, signatures prove them', async () => {
  const old = await enrol('K1');
  const made = makeBackup(folder.path, undefined, deps);
  const dead = await enrol('K2');
  await sell(dead, 3);
  await restart(async () => {
    await restoreBackup(folder.path, made.ok ? made.value.file : '', deps);
  });
  const body = { ...signedRows(dead.key, dead.sold), certificates: [dead.enrolled.certificate] };
  const answer = journalPushAnswerShape.parse((await ask('/sync/v1/journal/push', old.enrolled.credential, body)).json);
  expect(answer.verdicts.map(({ verdict }) => verdict)).toEqual(Array(3).fill('accepted'));
  expect(answer.heads?.[dead.enrolled.device.deviceId]?.seq).toBe(3);
});

test('[F25] [I1] the database is set back while the server is down, ledger and all: the first who asks begins a new epoch', async () => {
  const till = await enrol('K1');
  await sell(till, 2);
  const made = makeBackup(folder.path, undefined, deps);
  await sell(till, 3);
  const { checkpoint } = await pullStock(till);
  await restart(async () => {
    copyFileSync(made.ok ? made.value.file : '', join(folder.path, 'laci.db'));
  });
  const status = await statusOf(till, { stock: checkpoint });
  expect([status.epoch.n, status.head.seq]).toEqual([checkpoint.epoch.n + 1, 2]);
  await push(
    till,
    till.sold.filter(({ seq }) => seq > status.head.seq),
  );
  expect((await statusOf(till)).head.seq).toBe(5);
});
