import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DeviceEntry } from '../../schema/entry/entry.ts';
import type { ProductId } from '../../schema/ids.ts';
import type { JournalPush } from '../../schema/protocol/push.ts';
import { openShopKey } from '../keys/shop-key.ts';
import { readShop, type ShopReader } from '../testing/read-shop.ts';
import { createTestJournal, type TestJournal } from '../testing/test-device.ts';
import { pushRows, signedRows } from '../testing/test-push.ts';
import { makeTestKey, OTHER_BRANCH, openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';
import { pushJournal } from './push-journal.ts';

let shop: TestShop;
let courier: TestEnrolment;
let author: TestEnrolment;
let journal: TestJournal;
let coffee: ProductId;
let reader: ShopReader;

beforeEach(async () => {
  shop = await openTestShop();
  [courier, author] = [await shop.enrol(), await shop.enrol('till', 'K2')];
  journal = createTestJournal(author);
  coffee = await shop.addProduct('coffee');
  reader = readShop(shop.core);
});
afterEach(() => shop.close());

const handIn = (rows: readonly unknown[], more: Partial<JournalPush> = {}, of = author) =>
  pushJournal(shop.core, courier.stored, { ...signedRows(of, rows), ...more });
const verdictsOf = async (...args: Parameters<typeof handIn>) =>
  (await handIn(...args)).verdicts.map(({ verdict }) => verdict);
const aside = () => shop.core.store.read((tx) => tx.setAsideCount(courier.device.deviceId));

/** A device that the shop key certified and that this server does not know: it was enrolled after the backup. */
async function lostDevice(branch = author.device.branch, certify = shop.core.shopKey.certify) {
  const key = makeTestKey();
  const identity = {
    ...author.device,
    branch,
    deviceId: 'zzzz0000zzzz0000' as typeof author.device.deviceId,
    generation: 7,
  };
  const certificate = await certify(identity, key.publicKey, 1_000);
  return { device: identity, certificate, sign: key.sign } as unknown as TestEnrolment;
}

describe('rows of another device of the branch', () => {
  test('[PUSH5] count by their author’s signature; the courier is only recorded, and both heads are answered', async () => {
    const rows = [journal.receive(coffee, 10), journal.sell(coffee, 3)];
    const own = createTestJournal(courier).receive(coffee, 1);
    const mixed = signedRows(courier, [own]);
    const theirs = signedRows(author, rows);
    const answer = await pushJournal(shop.core, courier.stored, {
      entries: [...theirs.entries, ...mixed.entries],
      signatures: [...(theirs.signatures ?? []), ...(mixed.signatures ?? [])],
    });
    expect(answer.verdicts.map(({ verdict }) => verdict)).toEqual(Array(3).fill('accepted'));
    expect(answer.head).toEqual({ seq: 1, hash: own.hash });
    expect(answer.heads).toEqual({ [author.device.deviceId]: journal.head });
    expect(await reader.onHand(coffee)).toBe(8);
    const [stored] = await reader.entriesOf(author.device.deviceId);
    expect(stored).toMatchObject({ courier: courier.device.deviceId, flags: ['returned'] });
  });

  test('[PUSH2] handed in by one and sent by the author, an entry counts once', async () => {
    const row = journal.receive(coffee, 10);
    expect(await verdictsOf([row])).toEqual(['accepted']);
    expect((await pushRows(shop.core, author, [row])).verdicts[0]?.verdict).toBe('duplicate');
    expect(await verdictsOf([row])).toEqual(['duplicate']);
    expect(await reader.onHand(coffee)).toBe(10);
  });

  test('[PUSH5] without their author’s signature they are refused, also under protocol 1', async () => {
    const row = journal.receive(coffee, 10);
    expect(await verdictsOf([row], { signatures: [] })).toEqual(['refused']);
    expect(await verdictsOf([row], {}, courier)).toEqual(['refused']);
    const { verdicts } = await pushJournal(shop.core, courier.stored, { entries: [row] }, 1);
    expect(verdicts[0]?.verdict).toBe('refused');
    expect(await reader.entriesOf(author.device.deviceId)).toEqual([]);
  });

  test('[F18] a changed copy does not take the place of what its device wrote', async () => {
    const row = journal.receive(coffee, 10);
    const bent = { ...row, at: row.at + 1 };
    const stub = { id: row.id, prev: row.prev, hash: row.hash, stub: true, bytes: 5 };
    expect(await verdictsOf([bent])).toEqual(['refused']);
    expect(await verdictsOf([stub])).toEqual(['refused']);
    expect((await pushRows(shop.core, author, [row])).verdicts[0]?.verdict).toBe('accepted');
  });

  test('[F30] what cannot be read but is what its hash says is quarantined in its place', async () => {
    const strange = journal.write('gift' as never, {} as never);
    const answer = await handIn([strange, journal.receive(coffee, 1)]);
    expect(answer.verdicts.map(({ verdict }) => verdict)).toEqual(['quarantined', 'accepted']);
    expect(answer.heads).toEqual({ [author.device.deviceId]: journal.head });
  });
});

describe('rows of a device that the server lost', () => {
  test('[F27] its certificate proves who it is: it is written down again, without a credential', async () => {
    const lost = await lostDevice();
    const row = createTestJournal(lost).receive(coffee, 4);
    expect(await verdictsOf([row], {}, lost)).toEqual(['refused']);
    expect(await verdictsOf([row], { certificates: [author.certificate, lost.certificate] }, lost)).toEqual([
      'accepted',
    ]);
    const stored = await shop.core.store.read((tx) => tx.device(lost.device.deviceId));
    expect(stored).toMatchObject({
      ...lost.device,
      certificate: lost.certificate,
      credentialHash: null,
      enrolledAt: 1_000,
    });
    const doc = await reader.deviceDoc(lost.device.deviceId);
    expect(doc).toMatchObject({ certificate: lost.certificate, active: false, heardAt: null });
    expect(await reader.onHand(coffee)).toBe(4);
  });

  test('[RCP3] no device enrolled later gets a generation of the lost one', async () => {
    const lost = await lostDevice();
    const certificates = [lost.certificate];
    await handIn([createTestJournal(lost).receive(coffee, 4)], { certificates }, lost);
    expect((await shop.enrol('till', lost.device.till)).device.generation).toBe(8);
  });

  test('[F18] a revoked device still hands in, and what it wrote or brings is flagged', async () => {
    const lost = await lostDevice();
    for (const { deviceId } of [lost.device, author.device]) {
      shop.core.ledger.append({ kind: 'revoked', deviceId, at: 77 });
    }
    const row = createTestJournal(lost).receive(coffee, 4);
    expect(await verdictsOf([row], { certificates: [lost.certificate] }, lost)).toEqual(['accepted']);
    expect(await reader.deviceDoc(lost.device.deviceId)).toMatchObject({ revokedAt: 77, active: false });
    const own = createTestJournal(courier).receive(coffee, 1);
    await pushJournal(shop.core, author.stored, signedRows(courier, [own]));
    const flags = [lost, courier].map(async ({ device }) => (await reader.entriesOf(device.deviceId))[0]?.flags);
    expect(await Promise.all(flags)).toEqual([
      ['returned', 'revoked'],
      ['returned', 'revoked'],
    ]);
  });

  test('[F18] a certificate by another key, or for another device, proves nothing', async () => {
    const foreign = await openShopKey(`${shop.dataDir}/foreign-key.json`);
    const lost = await lostDevice(author.device.branch, foreign.certify);
    const row = createTestJournal(lost).receive(coffee, 4);
    const certificates = [lost.certificate, courier.certificate, 'x.y.z', ''];
    expect(await verdictsOf([row], { certificates }, lost)).toEqual(['refused']);
    expect(await shop.core.store.read((tx) => tx.device(lost.device.deviceId))).toBeUndefined();
  });
});

describe('rows of another branch', () => {
  test('[I9] are refused alike, whether that device and entry exist or not', async () => {
    const there = await shop.enrol('till', 'K9', OTHER_BRANCH);
    const theirs = createTestJournal(there).write('receive', { reference: 'CANARY', lines: [] as never });
    const stored = createTestJournal(there).receive(coffee, 1);
    await pushRows(shop.core, there, [stored]);
    const lost = await lostDevice(OTHER_BRANCH);
    const unknown = createTestJournal(lost).receive(coffee, 1) as DeviceEntry;
    const answers = [
      await handIn([theirs], {}, there),
      await handIn([stored], { certificates: [there.certificate] }, there),
      await handIn([unknown], { certificates: [lost.certificate] }, lost),
      await handIn([unknown], {}, lost),
    ];
    const reasons = new Set(answers.map(({ verdicts }) => `${verdicts[0]?.verdict} ${verdicts[0]?.reason}`));
    expect(reasons.size).toBe(1);
    expect(answers.map(({ heads }) => heads)).toEqual([{}, {}, {}, {}]);
    expect(JSON.stringify(answers)).not.toMatch(/CANARY|cabang/);
    expect(await aside()).toBe(3);
    const [entry] = await readShop(shop.core, OTHER_BRANCH).entriesOf(there.device.deviceId);
    expect(entry?.courier).toBe(there.device.deviceId);
  });
});
