import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findChainFault } from '../../schema/chain.ts';
import { serverEntryShape } from '../../schema/entry/entry.ts';
import { branchScope, type EntryId, type ProductId } from '../../schema/ids.ts';
import { branchEntryShape } from '../../schema/protocol/pull.ts';
import type { JournalPush } from '../../schema/protocol/push.ts';
import { entrySigningText, serverJournalId } from '../../schema/signature.ts';
import { readShop, type ShopReader } from '../testing/read-shop.ts';
import { createTestJournal, type TestJournal } from '../testing/test-device.ts';
import { pushRows } from '../testing/test-push.ts';
import { OTHER_BRANCH, openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';
import { verifyDatabase } from '../verify/verify-database.ts';
import { closeGap, GAPS_AT_ONCE_MAX } from './close-gap.ts';
import { completeUpgrade } from './complete-upgrade.ts';
import { createCode } from './enrol-code.ts';
import { pull } from './pull.ts';
import { pushJournal } from './push-journal.ts';
import { retireDevice } from './retire-device.ts';
import { SERVER_TILL } from './server-device.ts';

let shop: TestShop;
let till: TestEnrolment;
let journal: TestJournal;
let coffee: ProductId;
let tea: ProductId;
let reader: ShopReader;

beforeEach(async () => {
  shop = await openTestShop();
  till = await shop.enrol();
  journal = createTestJournal(till);
  [coffee, tea] = [await shop.addProduct('coffee'), await shop.addProduct('tea')];
  reader = readShop(shop.core);
});
afterEach(() => shop.close());

const push = (rows: readonly unknown[], more?: Partial<JournalPush>) => pushRows(shop.core, till, rows, more);
const verdictsOf = async (...args: Parameters<typeof push>) =>
  (await push(...args)).verdicts.map(({ verdict }) => verdict);
const own = () => till.device.deviceId;
const kinds = async () => (await reader.serverEntries()).map(({ kind }) => kind);
const stored = (id: EntryId) => shop.core.store.read((tx) => tx.entry(id));

describe('gaps', () => {
  test('[F30] what the device no longer holds closes by an entry of the server, and what stands behind it counts', async () => {
    const [one, , , four, five] = Array.from({ length: 5 }, () => journal.sell(coffee, 1));
    expect((await push([one, four, five])).head.seq).toBe(1);
    const { head } = await push([four], { oldestHeld: 4 });
    expect(head).toEqual(journal.head);
    expect(await reader.counter(own(), coffee)).toEqual({ in: 0, out: 3, seq: 5 });
    expect(await reader.serverEntries()).toMatchObject([
      { kind: 'gap-closed', body: { deviceId: own(), from: 2, to: 3 }, person: 'server' },
    ]);
    await push([five], { oldestHeld: 4 });
    expect(await kinds()).toEqual(['gap-closed']);
  });

  test('[F30] only gaps below the oldest entry held close, and only before an entry that is here', async () => {
    const [, two, , four, , six] = Array.from({ length: 6 }, () => journal.sell(coffee, 1));
    await push([two, four, six]);
    expect((await push([four], { oldestHeld: 4 })).head).toEqual({ seq: 4, hash: four?.hash });
    expect((await push([four], { oldestHeld: 9 })).head.seq).toBe(6);
    expect((await push([four], { oldestHeld: 99 })).head.seq).toBe(6);
    expect(await kinds()).toEqual(['gap-closed', 'gap-closed', 'gap-closed']);
  });

  test('[F30] a person closes the gaps of a lost device', async () => {
    const [one, , three] = [journal.sell(coffee, 1), journal.sell(coffee, 1), journal.sell(coffee, 4)];
    await push([one, three]);
    expect(await closeGap(shop.core, own(), 1, 'too early')).toBe(0);
    expect(await closeGap(shop.core, own(), 99, 'the till was stolen')).toBe(1);
    expect(await closeGap(shop.core, own(), 99, 'again')).toBe(0);
    expect(await reader.onHand(coffee)).toBe(-5);
    expect(await reader.serverEntries()).toMatchObject([{ body: { from: 2, to: 2, reason: 'the till was stolen' } }]);
  });

  test('[F30] [F18] of the many gaps that a device makes each push closes some, and a person all', async () => {
    const rows = Array.from({ length: 4 * GAPS_AT_ONCE_MAX }, () => journal.sell(coffee, 1));
    const [first, second] = [rows.filter((_, index) => index % 2 === 1), GAPS_AT_ONCE_MAX * 2];
    await push(first.slice(0, 100));
    expect((await push(first.slice(0, 1), { oldestHeld: 9_999 })).head.seq).toBe(second);
    expect((await push(first.slice(0, 1), { oldestHeld: 9_999 })).head.seq).toBe(2 * second);
    const other = await shop.enrol('till', 'K2');
    const gapped = createTestJournal(other);
    const theirs = Array.from({ length: 3 * GAPS_AT_ONCE_MAX }, () => gapped.sell(coffee, 1));
    await pushRows(
      shop.core,
      other,
      theirs.filter((_, index) => index % 2 === 1),
    );
    expect(await closeGap(shop.core, other.device.deviceId, 9_999, 'lost')).toBe(1.5 * GAPS_AT_ONCE_MAX);
  });

  test('[F30] a gap may be at the very start, and a store with closed gaps is whole', async () => {
    const [, two, , four] = Array.from({ length: 4 }, () => journal.sell(coffee, 1));
    await push([two, four], { oldestHeld: 4 });
    expect(await reader.serverEntries()).toMatchObject([{ body: { from: 1, to: 1 } }, { body: { from: 3, to: 3 } }]);
    expect(await reader.onHand(coffee)).toBe(-2);
    const options = { verify: shop.deps.verify, shopKey: shop.core.shopKey.publicKey };
    expect(verifyDatabase(join(shop.dataDir, 'laci.db'), options).findings).toEqual([]);
  });

  test('[F30] what arrives late keeps its place, counts through the server’s journal, once', async () => {
    const [one, two, three, four] = Array.from({ length: 4 }, () => journal.sell(coffee, 1));
    await push([one, four], { oldestHeld: 4 });
    expect(await verdictsOf([three, two])).toEqual(['accepted', 'accepted']);
    expect(await verdictsOf([two, three])).toEqual(['duplicate', 'duplicate']);
    expect((await stored(two?.id as EntryId))?.flags).toEqual(['late']);
    expect(await kinds()).toEqual(['gap-closed', 'release', 'release']);
    expect(await reader.counter(own(), coffee)).toEqual({ in: 0, out: 2, seq: 4 });
    expect(await reader.onHand(coffee)).toBe(-4);
  });

  test('[I4] the author of a late entry does not count it beside its release', async () => {
    const [one, two, three] = [journal.sell(coffee, 1), journal.sell(tea, 5), journal.sell(coffee, 1)];
    await push([one, three], { oldestHeld: 3 });
    await push([two]);
    expect(await reader.onHand(tea)).toBe(-5);
    // Own entries above the own counter's seq are added to the sum: none may be.
    expect((await reader.counter(own(), tea))?.seq).toBeGreaterThanOrEqual(two.seq);
  });

  test('[F14] late entries that are not what their neighbours say are another history', async () => {
    const one = journal.sell(coffee, 1);
    const copy = createTestJournal(till, journal.head);
    const [, three] = [journal.sell(coffee, 1), journal.sell(coffee, 1)];
    await push([one, three], { oldestHeld: 3 });
    expect(await verdictsOf([copy.sell(coffee, 10)])).toEqual(['forked']);
    expect(await reader.onHand(coffee)).toBe(-12);
  });
});

describe('releases', () => {
  test('[F30] a chain stub is quarantined in its place, and its body released when it comes', async () => {
    const [one, two, three] = [journal.receive(coffee, 10), journal.sell(coffee, 3), journal.sell(coffee, 1)];
    const { id, prev, hash } = two;
    const { verdicts, head } = await push([one, { id, prev, hash, stub: true, bytes: 2_000_000 }, three]);
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(['accepted', 'quarantined', 'accepted']);
    expect(verdicts[1]?.reason).toContain('stub');
    expect(head).toEqual(journal.head);
    expect(await reader.onHand(coffee)).toBe(9);
    expect(await verdictsOf([two])).toEqual(['quarantined']);
    expect(await verdictsOf([two, one])).toEqual(['quarantined', 'duplicate']);
    expect(await kinds()).toEqual(['release']);
    expect(await reader.onHand(coffee)).toBe(6);
    expect(await reader.counter(own(), coffee)).toEqual({ in: 10, out: 1, seq: 3 });
  });

  test('[ENT15] what a later version can read is released at its start, once', async () => {
    const one = journal.sell(coffee, 3);
    await push([one]);
    // As an earlier version would have left an entry of a kind that it did not know.
    const two = journal.sell(coffee, 4);
    const unread = { kind: 'unreadable', verdict: 'quarantined', reason: 'kind: invalid', flags: [] } as const;
    await shop.core.store.write(['utama' as never], async (tx) => {
      const before = await tx.entry(one.id);
      if (!before) throw new Error('there is no entry');
      const { seq: _seq, ...rest } = before;
      const { id, seq: entrySeq, prev, hash } = two;
      await tx.insertEntry({ ...rest, ...unread, id, entrySeq, prev, hash, json: JSON.stringify(two) });
      await tx.setHead(own(), { seq: 2, hash });
    });
    await push([{ ...journal.sell(coffee, 1), kind: 'gift' }]);
    await completeUpgrade(shop.core);
    await completeUpgrade(shop.core);
    expect(await reader.serverEntries()).toMatchObject([{ kind: 'release', body: { target: two.id, readable: two } }]);
    expect(await reader.onHand(coffee)).toBe(-7);
  });

  test('[ENT15] a release of an earlier epoch that is handed in again, and a second one, count once', async () => {
    const [one, two] = [journal.sell(coffee, 1), journal.sell(coffee, 2)];
    await push([one, { id: two.id, prev: two.prev, hash: two.hash, stub: true, bytes: 9 }]);
    await push([two]);
    const server = await shop.core.store.read((tx) => tx.device(serverJournalId('utama', shop.core.epoch.id)));
    const [release] = await reader.entriesOf(server?.deviceId as never);
    const again = await openTestShop();
    await again.addProduct('coffee');
    // The other shop is this one, restored to before everything: the same keys know the same devices.
    const core = Object.create(again.core, { shopKey: { value: shop.core.shopKey } }) as typeof again.core;
    const courier = await again.enrol('till', 'K5');
    const signatures = [release, ...(await reader.entriesOf(own()))].flatMap((entry) =>
      entry ? [{ id: entry.id, hash: entry.hash, signature: entry.signature }] : [],
    );
    const handIn = (entries: unknown[]) =>
      pushJournal(core, courier.stored, {
        entries,
        signatures,
        certificates: [server?.certificate ?? '', till.certificate],
      });
    const theirs = readShop(core);
    const released = JSON.parse(release?.json ?? '') as unknown;
    expect((await handIn([released])).verdicts[0]).toMatchObject({ verdict: 'accepted' });
    expect(await theirs.onHand(coffee)).toBe(-2);
    expect((await handIn([one, two, released])).verdicts.map(({ verdict }) => verdict)).toEqual([
      'accepted',
      'accepted',
      'duplicate',
    ]);
    expect(await theirs.onHand(coffee)).toBe(-3);
    await again.close();
  });
});

describe('the journal itself', () => {
  const makeSome = async () => {
    const [one, two, three] = Array.from({ length: 3 }, () => journal.sell(coffee, 1));
    await push([one, three], { oldestHeld: 3 });
    await push([two]);
  };

  test('[ENT15] is chained and signed by a key that the shop key certified, and served like any other', async () => {
    await makeSome();
    const page = await pull(shop.core, till.stored, { collection: 'branchJournal', checkpoint: undefined, limit: 9 });
    const seen = page.documents.map((text) => branchEntryShape.parse(JSON.parse(text)));
    const entries = seen.map(({ entry }) => serverEntryShape.parse(entry));
    expect(entries.map(({ kind, person }) => [kind, person])).toEqual([
      ['gap-closed', 'server'],
      ['release', 'server'],
    ]);
    expect(findChainFault(seen.map(({ entry }) => entry as never))).toBeNull();
    const deviceId = serverJournalId('utama', shop.core.epoch.id);
    const doc = await reader.deviceDoc(deviceId);
    const certified = shop.core.shopKey.readCertificate(String(doc?.certificate));
    expect(certified?.identity).toMatchObject({ deviceId, till: SERVER_TILL, generation: shop.core.epoch.n });
    for (const { id, hash, signature = '' } of seen) {
      const isSigned = certified && shop.core.deps.verify(certified.publicKey, entrySigningText(id, hash), signature);
      expect(isSigned).toBe(true);
    }
  });

  test('[I9] each branch has its own', async () => {
    await makeSome();
    const there = await shop.enrol('till', 'K9', OTHER_BRANCH);
    const page = await pull(shop.core, there.stored, { collection: 'branchJournal', checkpoint: undefined, limit: 9 });
    expect(page.documents).toEqual([]);
    expect(serverJournalId(OTHER_BRANCH, shop.core.epoch.id)).not.toBe(serverJournalId('utama', shop.core.epoch.id));
  });

  test('[ENT13] no device is ever enrolled under its till code, or writes its kinds', async () => {
    const code = await createCode(shop.core, { branch: till.device.branch, role: 'manager', till: SERVER_TILL });
    expect(code).toEqual({ ok: false, error: 'till-taken' });
    const forged = journal.write('retired' as never, { deviceId: own(), reason: 'no' } as never);
    expect(await verdictsOf([forged])).toEqual(['quarantined']);
  });

  test('[PUSH4] when a push cannot be stored, no entry of the server is', async () => {
    const [one, , three] = Array.from({ length: 3 }, () => journal.sell(coffee, 1));
    const core = Object.create(shop.core, {
      serverKey: {
        value: {
          ...shop.core.serverKey,
          sign: () => {
            throw new Error('the key is gone');
          },
        },
      },
    }) as typeof shop.core;
    await expect(pushRows(core, till, [one, three], { oldestHeld: 3 })).rejects.toThrow('the key is gone');
    expect(await reader.entriesOf(own())).toEqual([]);
    expect(await kinds()).toEqual([]);
  });
});

describe('retiring', () => {
  test('[STK6] moves the counters into the base without changing a sum, and what comes late counts there, once', async () => {
    await push([journal.receive(coffee, 10), journal.sell(coffee, 3), journal.sell(tea, 1)]);
    expect(await retireDevice(shop.core, own(), 'broken')).toBe(true);
    expect(await reader.stock(coffee)).toMatchObject({ n: 2, base: { in: 10, out: 3 } });
    expect([await reader.onHand(coffee), await reader.onHand(tea)]).toEqual([7, -1]);
    expect(await reader.deviceDoc(own())).toMatchObject({ active: false });
    const late = journal.sell(coffee, 2);
    expect(await verdictsOf([late])).toEqual(['accepted']);
    expect(await verdictsOf([late])).toEqual(['duplicate']);
    expect((await stored(late.id))?.flags).toEqual(['late']);
    expect(await reader.stock(coffee)).toMatchObject({ n: 3, base: { in: 10, out: 5 } });
  });

  test('[ENT15] is done once, and not to the server’s own journal or to nobody', async () => {
    await push([journal.receive(coffee, 10)]);
    const server = serverJournalId('utama', shop.core.epoch.id);
    const results = [];
    for (const id of [own(), own(), server, '0'.repeat(16)]) {
      results.push(await retireDevice(shop.core, id as never, 'x'));
    }
    expect(results).toEqual([true, false, false, false]);
    expect(await kinds()).toEqual(['retired']);
    expect(await reader.stock(coffee)).toMatchObject({ n: 2, base: { in: 10, out: 0 } });
  });
});

test('[F27] documents of devices from before get their certificate, and nothing else changes', async () => {
  const scope = branchScope(till.device.branch);
  const doc = await reader.deviceDoc(own());
  const { certificate, ...before } = doc ?? {};
  const json = JSON.stringify(before);
  await shop.core.store.write([scope], (tx) => tx.putDocument('company', { id: `device:${own()}`, scope, json }));
  const place = () => shop.core.store.read((tx) => tx.place(scope));
  await completeUpgrade(shop.core);
  expect(await reader.deviceDoc(own())).toMatchObject({ ...before, rev: expect.anything(), certificate });
  const done = await place();
  await completeUpgrade(shop.core);
  expect(await place()).toEqual(done);
});
