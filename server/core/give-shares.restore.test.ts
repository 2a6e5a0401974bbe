import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type EntryId, entryId, type ProductId, tillCodeShape } from '../../schema/ids.ts';
import { readmitSigningText, serverJournalId } from '../../schema/signature.ts';
import { makeBackup } from '../backup/make-backup.ts';
import { restoreBackup } from '../backup/restore-backup.ts';
import { BRANCH } from '../seed/shop.ts';
import { readShop } from '../testing/read-shop.ts';
import { createTestJournal } from '../testing/test-device.ts';
import { pushRows } from '../testing/test-push.ts';
import { createTestSharer, sharesOf, type TestSharer } from '../testing/test-shares.ts';
import { makePublicKey, openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';
import { verifyDatabase } from '../verify/verify-database.ts';
import type { Core } from './core.ts';
import { endDevice } from './end-device.ts';
import { enrolDevice } from './enrol.ts';
import { createCode } from './enrol-code.ts';
import { openCore } from './open-core.ts';
import { pushJournal } from './push-journal.ts';
import { readmitDevice } from './readmit.ts';
import { revokeDevice } from './revoke.ts';
import { waiveReport } from './write-off-share.ts';

let shop: TestShop;
let core: Core;
let ticket: ProductId;
let manager: TestEnrolment;
let one: TestSharer;
let two: TestSharer;

beforeEach(async () => {
  shop = await openTestShop();
  core = shop.core;
  ticket = await shop.addProduct('ticket', { limited: true });
  manager = await shop.enrol('manager', 'M1');
  await pushRows(core, manager, [createTestJournal(manager).receive(ticket, 40)]);
  one = createTestSharer(await shop.enrol('till', 'K1'), ticket);
  two = createTestSharer(await shop.enrol('till', 'K2'), ticket);
});
afterEach(async () => {
  await core.store.close();
  await shop.close();
});

const shares = () => sharesOf(core, manager, ticket);
const report = (sharer: TestSharer) => sharer.push(core).then(() => sharer.ask(core));
const managerReports = () => createTestSharer(manager, ticket).ask(core);

/** Goes back to a backup that was made before `meanwhile`. */
async function restoreBefore(meanwhile: () => Promise<unknown>): Promise<void> {
  const made = makeBackup(shop.dataDir, undefined, shop.deps);
  if (!made.ok) throw new Error(made.error);
  await meanwhile();
  await core.store.close();
  const restored = await restoreBackup(shop.dataDir, made.value.file, shop.deps);
  if (!restored.ok) throw new Error(restored.error);
  core = await openCore(shop.dataDir, shop.deps);
}

/** Reads the server's own journal of this history; what it gives hands it in later, as another device would. */
async function serverJournalOf(then: Core): Promise<() => Promise<unknown>> {
  const server = serverJournalId(BRANCH, then.epoch.id);
  const rows = await readShop(then).entriesOf(server);
  const certificate = (await then.store.read((tx) => tx.device(server)))?.certificate as string;
  return () =>
    pushJournal(core, two.till.stored, {
      entries: rows.map(({ json }) => JSON.parse(json) as unknown),
      signatures: rows.map(({ id, hash, signature }) => ({ id, hash, signature })),
      certificates: [certificate],
    });
}

test('[ALT6] [ALT2] after a restore nothing is allotted until every device has reported, and then no more than is left', async () => {
  await restoreBefore(() => one.stockUp(core, 30));
  expect(await shares()).toMatchObject({ awaited: ['K1', 'K2', 'M1'], free: 40 });
  expect(await report(two)).toMatchObject({ open: [], awaited: 2 });
  await managerReports();
  expect(await report(two)).toMatchObject({ open: [], awaited: 1 });
  // Its journal goes further than what the server has: that is no report.
  expect(await one.ask(core)).toMatchObject({ open: [], awaited: 1 });
  expect(await report(one)).toMatchObject({ open: [], awaited: 0 });
  expect(await shares()).toMatchObject({ held: { K1: 30 }, free: 10 });
  expect(await two.stockUp(core, 40)).toBe(10);
  expect(verifyDatabase(join(shop.dataDir, 'laci.db'), { verify: shop.deps.verify }).findings).toEqual([]);
});

test('[ALT6] [F7] a server whose clock went back asks the same devices, and none that comes in its new history', async () => {
  await restoreBefore(async () => {
    await one.stockUp(core, 30);
    shop.deps.passTime(-3_600_000);
  });
  expect(await shares()).toMatchObject({ awaited: ['K1', 'K2', 'M1'] });
  const code = await createCode(core, { branch: BRANCH, role: 'till', till: tillCodeShape.parse('K7') });
  if (!code.ok) throw new Error(code.error);
  await enrolDevice(core, { code: code.value.code, publicKey: makePublicKey() });
  expect(await shares()).toMatchObject({ awaited: ['K1', 'K2', 'M1'] });
});

test('[ALT6] a device that is ended, or of which a manager says so, is waited for no longer', async () => {
  await restoreBefore(async () => undefined);
  await endDevice(core, manager.stored, one.deviceId, 'lost');
  await revokeDevice(core, manager.stored, two.deviceId);
  await waiveReport(core, manager.stored, { deviceId: manager.device.deviceId });
  expect(await shares()).toMatchObject({ awaited: [] });
});

test('[ALT6] [F27] a till that enrolled after the backup is waited for, by the ledger', async () => {
  let late = one;
  await restoreBefore(async () => {
    late = createTestSharer(await shop.enrol('till', 'K7'), ticket);
    await late.stockUp(core, 40);
  });
  for (const sharer of [one, two]) await report(sharer);
  await managerReports();
  expect(await shares()).toMatchObject({ awaited: ['K7'] });
  const { certificate, credential } = late.till;
  const text = readmitSigningText(late.deviceId, credential);
  expect(await readmitDevice(core, { certificate, credential, signature: late.till.sign(text) })).toMatchObject({
    ok: true,
  });
  expect(await report(late)).toMatchObject({ awaited: 0 });
  expect(await shares()).toMatchObject({ held: { K7: 40 }, free: 0 });
});

test('[ALT6] [ALT4] an allotment of the lost history that others hand in waits for its till, which takes it over once', async () => {
  let allotment = '' as EntryId;
  let handIn: () => Promise<unknown> = async () => undefined;
  await restoreBefore(async () => {
    allotment = (await one.ask(core, 12)).open[0]?.allotment as EntryId;
    handIn = await serverJournalOf(core);
  });
  await handIn();
  expect(await shares()).toMatchObject({ open: { K1: 12 }, free: 28 });
  expect((await one.ask(core)).open).toMatchObject([{ allotment, quantity: 12 }]);
  one.takeOver(allotment, 12);
  await one.push(core);
  await handIn();
  expect(await shares()).toMatchObject({ open: {}, held: { K1: 12 }, free: 28 });
});

test('[ALT6] [ALT2] what others remember of the lost history after all have reported is offered to nobody any more', async () => {
  let handIn: () => Promise<unknown> = async () => undefined;
  await restoreBefore(async () => {
    await one.ask(core, 40);
    handIn = await serverJournalOf(core);
  });
  for (const sharer of [one, two]) await report(sharer);
  await managerReports();
  expect(await two.stockUp(core, 40)).toBe(40);
  await handIn();
  expect(await shares()).toMatchObject({ open: {}, held: { K2: 40 }, free: 0 });
});

test('[ALT6] [ALT4] [F18] once all have reported, nobody takes over a share of the lost history that nobody knows', async () => {
  let lost = '' as EntryId;
  await restoreBefore(async () => {
    lost = entryId(serverJournalId(BRANCH, core.epoch.id), 9);
  });
  two.takeOver(lost, 5);
  await two.push(core);
  expect(await shares()).toMatchObject({ held: { K2: 5 }, free: 35 });
  for (const sharer of [one, two]) await report(sharer);
  await managerReports();
  one.takeOver(entryId(serverJournalId(BRANCH, 'x'.repeat(16)), 9), 5);
  await one.push(core);
  expect(await shares()).toMatchObject({ held: { K2: 5 }, free: 35 });
});
