import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { DeviceEntry } from '../../schema/entry/entry.ts';
import { branchScope, type DeviceId, type ProductId } from '../../schema/ids.ts';
import { type JournalPushAnswer, journalPushAnswerShape } from '../../schema/protocol/push.ts';
import type { Stock } from '../../schema/stock/counter.ts';
import { BRANCH } from '../seed/shop.ts';
import { StoreFault } from '../store/store.ts';
import { createTestJournal, type TestJournal } from '../testing/test-device.ts';
import { pushRows, signatureOf, signedRows } from '../testing/test-push.ts';
import { openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';
import { verifyDatabase } from '../verify/verify-database.ts';
import type { Core } from './core.ts';
import { startEmptying } from './empty-inbox.ts';
import { endDevice } from './end-device.ts';
import { layInInbox } from './lay-in-inbox.ts';
import { openCore } from './open-core.ts';
import { readPush } from './read-push.ts';
import { readReport } from './read-report.ts';
import { receivePush } from './receive-push.ts';
import { revokeDevice } from './revoke.ts';
import { settleInbox } from './settle-inbox.ts';
import { readStatus } from './status.ts';

let shop: TestShop;
let till: TestEnrolment;
let journal: TestJournal;
let coffee: ProductId;
beforeEach(async () => {
  shop = await openTestShop();
  [till, coffee] = [await shop.enrol(), await shop.addProduct('coffee')];
  journal = createTestJournal(till);
});
afterEach(() => shop.close());

const sell = (count: number) => Array.from({ length: count }, () => journal.sell(coffee, 1));

/** Sends rows as a large push, and gives what it was answered. */
async function receive(
  rows: readonly unknown[],
  more: object = {},
  by = till,
  core = shop.core,
): Promise<JournalPushAnswer> {
  const read = readPush({ ...signedRows(by, rows), ...more });
  if (!read) throw new Error('The rows cannot be read.');
  const { isLaid, answer } = await receivePush(core, by.stored, read, 5);
  const verdicts = isLaid ? JSON.parse(read.run?.verdicts ?? '[]') : answer.verdicts;
  return journalPushAnswerShape.parse({ heads: {}, ...answer, verdicts });
}

const waitingIn = ({ store }: Core) => store.read((tx) => tx.inboxPlaces(99));
const headOf = (core: Core, deviceId: DeviceId = till.device.deviceId) => core.store.read((tx) => tx.head(deviceId));
const stockOf = async ({ store }: Core) => {
  const [stock] = await store.read((tx) =>
    tx.documentsAfter('stock', { scope: branchScope(BRANCH), after: 0, limit: 9 }),
  );
  return stock && (JSON.parse(stock.json) as Stock).counters;
};
const wrong = () => verifyDatabase(join(shop.dataDir, 'laci.db'), { verify: shop.deps.verify }).findings;
const isEmpty = () => vi.waitFor(async () => expect(await waitingIn(shop.core)).toEqual([]), { timeout: 5_000 });

test('[PUSH19] [I2] a run of own rows is acknowledged from the inbox, and counts once it is taken', async () => {
  const rows = sell(20);
  const answer = await receive(rows);
  expect(answer.verdicts).toEqual(rows.map(({ id, hash }) => ({ id, hash, verdict: 'accepted' })));
  expect(answer.head).toEqual(journal.head);
  expect([(await waitingIn(shop.core)).length, await headOf(shop.core), await stockOf(shop.core)]).toEqual([
    1,
    undefined,
    undefined,
  ]);
  expect(wrong()).toEqual([]);
  await settleInbox(shop.core, BRANCH);
  expect([await waitingIn(shop.core), await headOf(shop.core)]).toEqual([[], journal.head]);
  expect(await stockOf(shop.core)).toEqual({ [till.device.deviceId]: { in: 0, out: 20, seq: 20 } });
  expect(shop.core.inbox.length()).toBe(0);
  expect(wrong()).toEqual([]);
});

test('[PUSH19] what one push laid down the next one follows, and each entry is stored as if it had been taken at once', async () => {
  const other = await shop.enrol('till', 'K2');
  const theirs = createTestJournal(other);
  const [first, second] = [sell(10), sell(10)];
  await receive(first);
  await receive(second, { resent: 12 });
  await pushRows(shop.core, other, [theirs.sell(coffee, 5)]);
  expect((await waitingIn(shop.core)).length).toBe(2);
  await settleInbox(shop.core, BRANCH);
  const stored = await shop.core.store.read((tx) => tx.entriesFrom(till.device.deviceId, 1, 99));
  expect(stored.map(({ json, verdict, flags }) => [json, verdict, flags])).toEqual(
    [...first, ...second].map((row, at) => [JSON.stringify(row), 'accepted', at >= 10 && at < 12 ? ['returned'] : []]),
  );
  expect(stored.every(({ courier }) => courier === till.device.deviceId)).toBe(true);
  expect(stored.every(({ signature }) => signature.length > 0)).toBe(true);
});

test('[PUSH19] whatever is not sure to be accepted is taken at once: not signed, no run, not its own, behind a gap, or known', async () => {
  const manager = await shop.enrol('manager', 'K9');
  const rows = sell(30);
  const signed = (part: readonly DeviceEntry[], signatures: object) => ({ ...signedRows(till, part), ...signatures });
  const [head, tail, late] = [rows.slice(0, 10), rows.slice(10, 20), rows.slice(20)];
  const lay = async (by: TestEnrolment, body: object, protocol = 5) => {
    const read = readPush(body);
    return read && layInInbox(shop.core, by.stored, read, protocol);
  };
  expect(await lay(till, signed(head, { signatures: [] }))).toBeNull();
  expect(await lay(till, signed(head, { signatures: signatureOf(manager, head.at(-1)) }))).toBeNull();
  expect(await lay(till, signed(head.slice(0, 3).toReversed(), {}))).toBeNull();
  expect(await lay(till, signed([...head.slice(0, 3), ...head.slice(4)], {}))).toBeNull();
  expect(await lay(manager, signed(head, {}))).toBeNull();
  expect(await lay(till, signed(head, {}), 1)).toBeNull();
  expect(await lay(till, signed(tail, {}))).toBeNull();
  expect(await lay(till, signed(head, {}))).not.toBeNull();
  expect(await lay(till, signed(head, {}))).toBeNull();
  await pushRows(shop.core, till, late);
  // What waits behind a gap may follow something else.
  expect(await lay(till, signed(tail, {}))).toBeNull();
  expect([await waitingIn(shop.core), (await headOf(shop.core))?.seq]).toEqual([[], 10]);
});

test('[PUSH19] [I1] a server that stops with a full inbox takes it at its next start, once', async () => {
  await receive(sell(20));
  await shop.core.store.close();
  const core = await openCore(shop.dataDir, shop.deps);
  expect(core.inbox.length()).toBe(20);
  const stop = startEmptying(core);
  await vi.waitFor(async () => expect(await headOf(core)).toEqual(journal.head), { timeout: 5_000 });
  expect(await stockOf(core)).toEqual({ [till.device.deviceId]: { in: 0, out: 20, seq: 20 } });
  await stop();
  await core.store.close();
});

test('[PUSH19] the inbox empties by itself once nothing comes, also while others sell', async () => {
  const stop = startEmptying(shop.core);
  const other = await shop.enrol('till', 'K2');
  const theirs = createTestJournal(other);
  await receive(sell(20));
  await pushRows(shop.core, other, [theirs.sell(coffee, 1)]);
  await receive(sell(20));
  await isEmpty();
  expect(await headOf(shop.core)).toEqual(journal.head);
  await stop();
});

test('[PUSH19] a server that stops in order takes what waits', async () => {
  const stop = startEmptying(shop.core);
  await receive(sell(20));
  await stop();
  expect([await waitingIn(shop.core), await headOf(shop.core)]).toEqual([[], journal.head]);
});

test('[PUSH20] [PUSH2] what names a device comes after what waits of it: repeated rows, new ones, and rows that another brings', async () => {
  const manager = await shop.enrol('manager', 'K9');
  const rows = sell(10);
  await receive(rows);
  const again = await receive(rows);
  expect(new Set(again.verdicts.map(({ verdict }) => verdict))).toEqual(new Set(['duplicate']));
  await receive(sell(10));
  const live = await pushRows(shop.core, till, sell(1));
  expect([live.verdicts.map(({ verdict }) => verdict), live.head]).toEqual([['accepted'], journal.head]);
  await receive(sell(10));
  const [next] = sell(1);
  const { certificate } = till;
  const handedIn = await pushRows(shop.core, manager, [next], {
    ...signedRows(till, [next]),
    certificates: [certificate],
  });
  expect(handedIn.heads).toEqual({ [till.device.deviceId]: journal.head });
  expect(await stockOf(shop.core)).toEqual({ [till.device.deviceId]: { in: 0, out: 32, seq: 32 } });
});

test('[PUSH20] [PUSH6] a copy of a device that sells on finds what waits of it, and is filed as a fork', async () => {
  const [first] = sell(1);
  await pushRows(shop.core, till, [first]);
  const copy = createTestJournal(till, journal.head);
  await receive(sell(10));
  const forked = await receive([copy.sell(coffee, 100), copy.sell(coffee, 100)]);
  expect(forked.verdicts.map(({ verdict }) => verdict)).toEqual(['forked', 'forked']);
  expect(await headOf(shop.core)).toEqual(journal.head);
  const sums = Object.values((await stockOf(shop.core)) ?? {}).reduce((sum, { out }) => sum + out, 0);
  expect(sums).toBe(211);
});

test('[PUSH20] the head that a device is told ends with what waits; its branch is told up to where it can be pulled', async () => {
  const manager = await shop.enrol('manager', 'K9');
  await receive(sell(10));
  const ask = { checkpoints: {} } as never;
  expect((await readStatus(shop.core, till.stored, ask)).head).toEqual(journal.head);
  const toldOf = async () => (await readStatus(shop.core, manager.stored, ask)).heads?.[till.device.deviceId]?.seq;
  expect(await toldOf()).toBe(0);
  await settleInbox(shop.core, BRANCH);
  expect(await toldOf()).toBe(10);
});

test('[PUSH20] the end of a device, its revocation and reports find all that was acknowledged', async () => {
  const manager = await shop.enrol('manager', 'K9');
  const tills = [till, await shop.enrol('till', 'K2'), await shop.enrol('till', 'K3')];
  for (const each of tills) {
    const own = createTestJournal(each);
    await receive(
      Array.from({ length: 10 }, () => own.sell(coffee, 1)),
      {},
      each,
    );
  }
  const [lost, revoked, open] = tills.map(({ device }) => device.deviceId) as [DeviceId, DeviceId, DeviceId];
  await endDevice(shop.core, manager.stored, lost, 'retired');
  expect((await headOf(shop.core, lost))?.seq).toBe(10);
  await revokeDevice(shop.core, manager.stored, revoked);
  const flags = await shop.core.store.read((tx) => tx.entriesFrom(revoked, 1, 99));
  expect(flags.flatMap((entry) => entry.flags)).toEqual([]);
  expect((await headOf(shop.core, open)) ?? null).toBeNull();
  const span = { from: '2000-01-01', to: '2999-12-31' };
  const report = await readReport(shop.core, manager.stored, { by: 'till', ...span } as never);
  expect(report.ok && report.value.rows.map(({ sales }) => sales)).toEqual([10, 10, 10]);
});

test('[PUSH19] pushes that come together are laid down in one transaction; where it fails each is tried alone, and counted once', async () => {
  const tills = [till, await shop.enrol('till', 'K2'), await shop.enrol('till', 'K3')];
  const { store } = shop.core;
  const write = store.write;
  let [tried, failing] = [0, false];
  store.write = (scopes, work) =>
    write.call(store, scopes, async (tx) => {
      tried += 1;
      const done = await work(tx);
      if (failing && tried === 2) throw new Error('a bug');
      return done;
    }) as never;
  const journals = tills.map((each) => createTestJournal(each));
  const receiveAll = async () => {
    tried = 0;
    const answers = await Promise.all(
      tills.map((each, at) => receive([journals[at]?.sell(coffee, 1), journals[at]?.sell(coffee, 1)], {}, each)),
    );
    return [answers.map(({ head }) => head.seq), tried, shop.core.inbox.length()];
  };
  // The first is alone: nobody came before it.
  expect(await receiveAll()).toEqual([[2, 2, 2], 2, 6]);
  failing = true;
  expect(await receiveAll()).toEqual([[4, 4, 4], 4, 12]);
  store.write = write;
  await settleInbox(shop.core, BRANCH);
  expect(shop.core.inbox.length()).toBe(0);
});

test('[PUSH21] a disk that takes nothing acknowledges nothing, and leaves nothing counted as waiting', async () => {
  const { store } = shop.core;
  const write = store.write;
  store.write = (scopes, work) =>
    write.call(store, scopes, async (tx) => {
      await work(tx);
      throw new StoreFault('full', true, null);
    }) as never;
  await expect(receive(sell(10))).rejects.toThrow('full');
  store.write = write;
  expect([shop.core.inbox.length(), shop.core.inbox.holds(), await waitingIn(shop.core)]).toEqual([0, false, []]);
});

test('[PUSH21] what cannot be taken stays, is logged, and holds up no other device', async () => {
  const other = await shop.enrol('till', 'K2');
  const theirs = createTestJournal(other);
  await receive(sell(10));
  await receive(
    Array.from({ length: 10 }, () => theirs.sell(coffee, 1)),
    {},
    other,
  );
  const logged = vi.spyOn(shop.deps.log, 'error');
  const { verify } = shop.deps;
  Object.assign(shop.deps, {
    verify: (...asked: Parameters<typeof verify>) => {
      if (asked[1].includes(till.device.deviceId)) throw new Error('a bug');
      return verify(...asked);
    },
  });
  const stop = startEmptying(shop.core);
  await vi.waitFor(async () => expect((await headOf(shop.core, other.device.deviceId))?.seq).toBe(10), {
    timeout: 5_000,
  });
  await vi.waitFor(() => expect(logged).toHaveBeenCalled());
  await stop();
  expect((await waitingIn(shop.core)).map(({ deviceId }) => deviceId)).toEqual([till.device.deviceId]);
  Object.assign(shop.deps, { verify });
  await settleInbox(shop.core, BRANCH);
  expect(await headOf(shop.core)).toEqual(journal.head);
});

test('[VERIFY8] [F11] what was changed in the inbox is found, though its checksum was made to fit', async () => {
  await receive(sell(10));
  const change = (sql: string) => {
    const database = new Database(join(shop.dataDir, 'laci.db'));
    database.function('row_sum', { varargs: true }, () => 0);
    database.exec(sql);
    database.close();
  };
  expect(wrong()).toEqual([]);
  change(`UPDATE inbox SET rows = CAST(replace(CAST(rows AS TEXT), 'Kopi', 'Kopy') AS BLOB)`);
  expect(wrong().filter(({ what }) => what.startsWith('does not follow'))).toHaveLength(1);
  change(`UPDATE inbox SET rows = CAST(replace(CAST(rows AS TEXT), 'Kopy', 'Kopi') AS BLOB), last_seq = 11`);
  expect(wrong().filter(({ what }) => what.startsWith('does not follow'))).toHaveLength(1);
  change(`UPDATE inbox SET last_seq = 10, rows = CAST(replace(CAST(rows AS TEXT), 'Kopy', 'Kopi') AS BLOB)`);
  expect(wrong()).toEqual([]);
});
