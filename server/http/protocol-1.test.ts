import { afterEach, beforeEach, expect, test } from 'vitest';
import enrolment from '../../schema/fixtures/v1/enrolment.json' with { type: 'json' };
import entries from '../../schema/fixtures/v1/entries.json' with { type: 'json' };
import live from '../../schema/fixtures/v1/live.json' with { type: 'json' };
import pulls from '../../schema/fixtures/v1/pulls.json' with { type: 'json' };
import pushes from '../../schema/fixtures/v1/pushes.json' with { type: 'json' };
import status from '../../schema/fixtures/v1/status.json' with { type: 'json' };
import { enrolAnswerShape } from '../../schema/protocol/enrol.ts';
import { pullAnswerShape } from '../../schema/protocol/pull.ts';
import { editsPushAnswerShape, journalPushAnswerShape } from '../../schema/protocol/push.ts';
import { statusAnswerShape } from '../../schema/protocol/status.ts';
import { hashCredential } from '../core/credential.ts';
import { createCode } from '../core/enrol-code.ts';
import { putProduct } from '../core/product-writer.ts';
import { BRANCH } from '../seed/shop.ts';
import { startTestServer, type TestServer } from '../testing/test-http.ts';
import { openTestShop, type TestShop } from '../testing/test-shop.ts';
import { verifyDatabase } from '../verify/verify-database.ts';

let shop: TestShop;
let server: TestServer;
const { credential, device } = enrolment.answer;

beforeEach(async () => {
  shop = await openTestShop();
  server = await startTestServer(shop);
  await shop.core.store.write(['*' as never, BRANCH as never], async (tx) => {
    const key = { publicKey: JSON.stringify(enrolment.request.publicKey), certificate: enrolment.answer.certificate };
    const rest = { credentialHash: hashCredential(credential), enrolledAt: 1, forkOf: null };
    await tx.addDevice({ ...device, ...key, ...rest } as never);
    for (const { id, scope, kind, ...rest } of pulls.company.documents) {
      const json = JSON.stringify({ id, scope, kind, ...rest });
      if (kind === 'tax') await tx.putDocument('company', { id, scope: scope as never, json });
    }
    for (const product of pulls.products.documents) await putProduct(tx, product as never);
  });
});
afterEach(async () => {
  await server.close();
  await shop.close();
});

/** Asks as a device of version 1 does: without naming a version. */
const ask = (path: string, body?: unknown, by = credential) =>
  server.ask(path, { credential: by, ...(body === undefined ? {} : { body }) });
/** Every field that version 1 answered is there still. */
const expectFields = (answer: unknown, recorded: object) =>
  expect(Object.keys(answer as object)).toEqual(expect.arrayContaining(Object.keys(recorded)));

test('[F13] [PRO4] what a device of version 1 kept while the server was updated arrives whole, and counts', async () => {
  const first = await ask('/sync/v1/journal/push', pushes.journal);
  expectFields(first.json, pushes.journalAnswer);
  const verdicts = journalPushAnswerShape.parse(first.json).verdicts.map(({ verdict }) => verdict);
  expect(verdicts).toEqual(pushes.journal.entries.map(() => 'accepted'));
  const all = journalPushAnswerShape.parse((await ask('/sync/v1/journal/push', { entries })).json);
  expect(all.head.seq).toBe(entries.length);
  expect(all.verdicts.filter(({ verdict }) => !['accepted', 'duplicate'].includes(verdict))).toEqual([]);
  const { findings } = verifyDatabase(`${shop.dataDir}/laci.db`, { verify: shop.deps.verify });
  expect(findings).toEqual([]);
});

test('[F13] [PRO4] its pulls, status and socket are answered with all that version 1 had', async () => {
  await ask('/sync/v1/journal/push', { entries });
  for (const collection of ['company', 'products', 'stock', 'branchJournal'] as const) {
    const answer = await ask(`/sync/v1/${collection}/pull?limit=3`);
    expectFields(answer.json, pulls[collection]);
    const { checkpoint, documents } = pullAnswerShape.parse(answer.json);
    const next = await ask(`/sync/v1/${collection}/pull?checkpoint=${encodeURIComponent(JSON.stringify(checkpoint))}`);
    expect(pullAnswerShape.parse(next.json).documents).not.toEqual(documents.length > 0 ? documents : undefined);
  }
  const stated = await ask('/sync/v1/status', status.request);
  expectFields(stated.json, status.answer);
  expect(statusAnswerShape.parse(stated.json).head.seq).toBe(entries.length);
  const socket = await server.live(credential);
  const hello = live.server.find(({ type }) => type === 'hello') as object;
  expectFields(await socket.next('hello'), hello);
  socket.socket.send(JSON.stringify(live.client[1]));
  expect((await socket.next('pong')).type).toBe('pong');
});

test('[F13] [PRO4] its enrolment and its edits are taken', async () => {
  const { till, role } = enrolment.codeRequest as { till: never; role: never };
  const code = await createCode(shop.core, { branch: BRANCH, till, role });
  const request = { ...enrolment.request, code: code.ok ? code.value.code : '' };
  const enrolled = await ask('/enrol/v1', request, '');
  expectFields(enrolled.json, enrolment.answer);
  expect(enrolAnswerShape.parse(enrolled.json).device.till).toBe(till);
  const manager = await shop.enrol('manager', 'M1');
  const edited = await ask('/sync/v1/edits/push', pushes.edits, manager.credential);
  expectFields(edited.json, pushes.editsAnswer);
  const { verdicts } = editsPushAnswerShape.parse(edited.json);
  expect(verdicts.map(({ editId }) => editId)).toEqual(pushes.edits.edits.map(({ editId }) => editId));
  expect(verdicts.filter(({ verdict }) => verdict === 'refused')).toEqual([]);
});
