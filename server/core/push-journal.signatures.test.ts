import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DeviceEntry } from '../../schema/entry/entry.ts';
import type { ProductId } from '../../schema/ids.ts';
import type { JournalPush } from '../../schema/protocol/push.ts';
import { readShop, type ShopReader } from '../testing/read-shop.ts';
import { createTestJournal, type TestJournal } from '../testing/test-device.ts';
import { pushRows, signatureOf, signedRows } from '../testing/test-push.ts';
import { openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';
import type { Core } from './core.ts';
import { pull } from './pull.ts';
import { pushJournal } from './push-journal.ts';

let shop: TestShop;
let till: TestEnrolment;
let journal: TestJournal;
let coffee: ProductId;
let reader: ShopReader;

beforeEach(async () => {
  shop = await openTestShop();
  till = await shop.enrol();
  journal = createTestJournal(till);
  coffee = await shop.addProduct('coffee');
  reader = readShop(shop.core);
});
afterEach(() => shop.close());

const push = (request: JournalPush, protocol?: number) => pushJournal(shop.core, till.stored, request, protocol);
const verdictsOf = async (request: JournalPush, protocol?: number) =>
  (await push(request, protocol)).verdicts.map(({ verdict }) => verdict);
const flagsOf = async () => (await reader.entriesOf(till.device.deviceId)).map(({ flags }) => flags);
const sales = (count: number) => Array.from({ length: count }, () => journal.sell(coffee, 1));
const signedBy = (device: TestEnrolment, rows: readonly unknown[]) => rows.flatMap((row) => signatureOf(device, row));

/** A core that counts the signatures it checks. */
function countingCore(): { readonly core: Core; checked(): number } {
  let checks = 0;
  const verify: Core['deps']['verify'] = (...args) => {
    checks += 1;
    return shop.core.deps.verify(...args);
  };
  const core = Object.create(shop.core, { deps: { value: { ...shop.core.deps, verify } } }) as Core;
  return { core, checked: () => checks };
}

describe('a signature proves a run', () => {
  test('[ENT16] one signature is checked per run, however many rows it has', async () => {
    const { core, checked } = countingCore();
    const { verdicts } = await pushRows(core, till, sales(200));
    expect(new Set(verdicts.map(({ verdict }) => verdict))).toEqual(new Set(['accepted']));
    expect(checked()).toBe(1);
  });

  test('[ENT16] what is not chained is a run of its own', async () => {
    const { core, checked } = countingCore();
    const [one, two, , four, five] = sales(5);
    await pushRows(core, till, [five, two, one, four]);
    expect(checked()).toBe(2);
  });

  test('[ENT16] a signature covers what came before it, and nothing behind it', async () => {
    const rows = sales(4);
    const answer = await push({ entries: rows, signatures: signedBy(till, [rows[1]]) });
    expect(answer.verdicts.map(({ verdict }) => verdict)).toEqual(['accepted', 'accepted', 'refused', 'refused']);
    expect(answer.head).toEqual({ seq: 2, hash: rows[1]?.hash });
    expect(await flagsOf()).toEqual([[], []]);
    expect(await verdictsOf(signedRows(till, rows))).toEqual(['duplicate', 'duplicate', 'accepted', 'accepted']);
  });

  test('[ENT16] an entry of protocol 1 is covered by a later signature', async () => {
    const rows = sales(3);
    expect(await verdictsOf({ entries: rows, signatures: signedBy(till, [rows[2]]) }, 1)).toEqual(
      Array(3).fill('accepted'),
    );
    expect(await flagsOf()).toEqual([[], [], []]);
  });

  test('[ENT16] each row keeps its own signature, and others get it', async () => {
    const rows = sales(2);
    const signed = signedRows(till, rows);
    await push({ ...signed, signatures: signed.signatures?.slice(1) });
    const other = await shop.enrol('till', 'K2');
    const page = await pull(shop.core, other.stored, { collection: 'branchJournal', checkpoint: undefined, limit: 9 });
    const [first, second] = page.documents.map((text) => JSON.parse(text) as { signature?: string });
    expect(first).not.toHaveProperty('signature');
    expect(second).toMatchObject(signed.signatures?.[1] as object);
  });
});

describe('without one', () => {
  test('[PUSH5] own rows of protocol 2 that nothing proves are refused, kept aside, and take no place', async () => {
    const rows = sales(2);
    const answer = await push({ entries: rows });
    expect(answer.verdicts).toEqual(
      rows.map(({ id, hash }) => ({ id, hash, verdict: 'refused', reason: expect.stringContaining('signature') })),
    );
    expect(answer.head.seq).toBe(0);
    expect(await reader.entriesOf(till.device.deviceId)).toEqual([]);
    expect(await shop.core.store.read((tx) => tx.setAsideCount(till.device.deviceId))).toBe(2);
  });

  test('[PUSH7] for own rows of protocol 1 the credential speaks; they are flagged, and answered as version 1 was', async () => {
    const answer = await push({ entries: sales(2) }, 1);
    expect(answer.verdicts.map(({ verdict }) => verdict)).toEqual(['accepted', 'accepted']);
    expect(answer).not.toHaveProperty('heads');
    expect(await flagsOf()).toEqual([['unsigned'], ['unsigned']]);
    expect(await reader.onHand(coffee)).toBe(-2);
  });

  test.each([
    ['of another key', (other: TestEnrolment, row: DeviceEntry) => signatureOf(other, row)],
    [
      'of another entry',
      (_other: TestEnrolment, row: DeviceEntry, next: DeviceEntry) =>
        signatureOf(till, next).map(({ signature }) => ({ id: row.id, hash: row.hash, signature })),
    ],
    ['that is none', (_other: TestEnrolment, row: DeviceEntry) => [{ id: row.id, hash: row.hash, signature: 'x' }]],
    ['in no shape', () => [null, 5, { id: {} }, []]],
  ])('[F18] a signature %s proves nothing', async (_what, forge) => {
    const [row, next] = sales(2) as [DeviceEntry, DeviceEntry];
    const signatures = forge(await shop.enrol('till', 'K2'), row, next);
    expect(await verdictsOf({ entries: [row], signatures })).toEqual(['refused']);
  });

  test('[F18] a signed row whose content was changed vouches for no other', async () => {
    const [one, two] = sales(2) as [DeviceEntry, DeviceEntry];
    const forged = { ...one, person: 'thief', hash: 'f'.repeat(64) };
    const stub = { id: two.id, prev: forged.hash, hash: two.hash, stub: true, bytes: 9 };
    for (const bent of [{ ...two, prev: forged.hash }, stub]) {
      expect(await verdictsOf({ entries: [forged, bent], signatures: signedBy(till, [two]) })).toContain('refused');
    }
    expect(await verdictsOf(signedRows(till, [one]))).toEqual(['accepted']);
  });
});
