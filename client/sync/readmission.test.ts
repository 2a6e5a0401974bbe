import { beforeEach, expect, test } from 'vitest';
import { fail, ok, type Result } from '../../schema/result.ts';
import { readmitSigningText } from '../../schema/signature.ts';
import type { Http, NetFault } from './http.ts';
import { askToReadmit } from './readmission.ts';
import { createSyncBoard } from './sync-board.ts';
import { watchHttp } from './watched-http.ts';

const device = { deviceId: 'd'.repeat(16), branch: 'utama', role: 'till', till: 'K1', generation: 1 } as never;
const enrolment = { device, certificate: 'certificate', credential: 'c'.repeat(43) };

let answer: Result<object, NetFault>;
let bodies: unknown[];
let readmitted: number;
let heard: string[];

beforeEach(() => {
  answer = ok({});
  bodies = [];
  readmitted = 0;
  heard = [];
});

const standing = { notEnrolled: () => heard.push('not-enrolled'), revoked: () => heard.push('revoked') };
const refusal = (code: string, retryAfterMs: number | null = null): Result<object, NetFault> =>
  fail({ kind: 'refused', code: code as never, text: code, retryAfterMs });
const http = {
  abort: () => undefined,
  request: async (_method: string, path: string, body: unknown) => {
    bodies.push({ path, body });
    return answer as never;
  },
} as unknown as Http;
const run = () =>
  askToReadmit({
    http,
    enrolment,
    signer: { sign: async (text) => `signed ${text}` },
    onReadmitted: async () => {
      readmitted += 1;
    },
    onRevoked: async (told) => {
      heard.push('revoked');
      if (told) heard.push(`held to ${told.head?.seq}`);
    },
    onFault: ({ text }) => heard.push(`fault ${text}`),
  });

test('[SYNC19] [F27] a device proves itself by its certificate, and its credential stays', async () => {
  expect(await run()).toEqual({ done: true });
  const signature = `signed ${readmitSigningText('d'.repeat(16) as never, enrolment.credential)}`;
  const body = { certificate: 'certificate', credential: enrolment.credential, signature };
  expect([bodies, readmitted]).toEqual([[{ path: '/enrol/v1/readmit', body }], 1]);
});

test('[SYNC19] with a failure it tries again, no sooner than the server asks', async () => {
  answer = fail({ kind: 'offline', text: 'cut' });
  expect(await run()).toEqual({ done: false });
  answer = refusal('too-many', 5_000);
  expect(await run()).toEqual({ done: false, notBeforeMs: 5_000 });
  answer = refusal('not-enrolled');
  expect([(await run()).done, readmitted]).toEqual([false, 0]);
});

test('[SYNC20] a device that was revoked meanwhile hears that, and asks no more', async () => {
  answer = refusal('revoked');
  expect(await run()).toEqual({ done: true });
  expect([heard, readmitted]).toEqual([['fault revoked', 'revoked'], 0]);
});

test('[SYNC26] a revoked device is known again for what it holds alone, and hears how far the server has it', async () => {
  const head = { seq: 4, hash: 'f'.repeat(64) };
  answer = ok({ device, epoch: { n: 2, id: '2'.repeat(16) }, serverTime: 1, head, lacking: [], revoked: true });
  expect(await run()).toEqual({ done: true });
  expect([heard, readmitted]).toEqual([['revoked', 'held to 4'], 0]);
});

test('[SYNC19] [SYNC20] what the server says of the device is heard on every path, and requests are counted', async () => {
  const board = createSyncBoard(() => 1);
  const watched = watchHttp(http, board, { ...standing, revoked: () => board.revoked(true) });
  const ask = (path: string) => watched.request('POST', path, {}, {} as never);
  answer = refusal('not-enrolled');
  for (const path of ['/sync/v1/status', '/sync/v1/stock/pull', '/sync/v1/edits/push', '/sync/v1/journal/push'])
    await ask(path);
  expect(heard).toEqual(Array.from({ length: 4 }, () => 'not-enrolled'));
  answer = refusal('revoked');
  await ask('/sync/v1/status');
  expect(board.status.get()).toMatchObject({ revoked: true, connection: 'trouble' });
  answer = ok({});
  // It may hand in what it holds; that says nothing of the rest.
  await ask('/sync/v1/journal/push');
  expect(board.status.get().revoked).toBe(true);
  await ask('/sync/v1/status');
  expect(board.status.get().revoked).toBe(false);
  expect(board.counters()).toMatchObject({ requests: 7, failedRequests: 5, pushes: 2 });
});
