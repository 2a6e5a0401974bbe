import { expect, test } from 'vitest';
import { EMPTY_HEAD, findChainFault, sealEntry } from '../../schema/chain.ts';
import type { BodyOf, DeviceEntry } from '../../schema/entry/entry.ts';
import { makeDeviceEntries } from '../../schema/fixtures/make-entries.ts';
import type { BranchId, CartId, DeviceId, PersonId } from '../../schema/ids.ts';
import { createManualTimers } from '../sync/manual-timers.ts';
import { CHECKED_AT_START } from './chain-check.ts';
import { createFindings, type Finding } from './findings.ts';
import { createJournal, DoneElsewhere } from './journal.ts';
import { createTailKeeper } from './journal-tail.ts';
import { createMemoryShelf } from './memory-shelf.ts';
import { createMemoryVault } from './memory-vault.ts';

const owner = { deviceId: 'd'.repeat(16) as DeviceId, branch: 'utama' as BranchId };
const budi = 'budi' as PersonId;
const example = makeDeviceEntries().find((entry) => entry.kind === 'sale') as Extract<DeviceEntry, { kind: 'sale' }>;
const saleBody = (cart: string) => (receiptNo: number) =>
  ({ ...example.body, cartId: cart, receiptNo, receipt: `K1-1-${receiptNo}` }) as BodyOf<'sale'>;
const goods = { reason: 'found', lines: [{ productId: 'p', delta: 1 }] } as unknown as BodyOf<'adjust'>;

/** A device's disk, and tabs that open the journal on it. The clock is whatever the test says. */
function createDisk() {
  const shelf = createMemoryShelf<DeviceEntry>('id');
  const findings = createFindings(createMemoryShelf<Finding>('id'), () => 1);
  const vault = createMemoryVault();
  const time = { now: 1_000 };
  const timers = createManualTimers();
  let [refused, full] = [false, false];
  const insert: typeof shelf.insert = (entry, prove) =>
    full ? Promise.reject(new Error('full')) : shelf.insert(entry, prove);
  const fill = (is: boolean) => {
    full = is;
  };
  const refuseKey = () => {
    refused = true;
  };
  const signed: string[] = [];
  const open = async (more: Partial<Parameters<typeof createJournal>[0]> = {}) => {
    const heard: number[] = [];
    let superseded = 0;
    const journal = createJournal({
      shelf: { ...shelf, insert },
      signer: {
        sign: (text) => {
          signed.push(text);
          return refused ? Promise.reject(new Error('no key')) : Promise.resolve(`signed ${text}`);
        },
      },
      owner,
      findings,
      tail: createTailKeeper(vault),
      timers,
      clock: () => time.now,
      onEntry: ({ seq }) => heard.push(seq),
      onSuperseded: () => {
        superseded += 1;
      },
      ...more,
    });
    await journal.load();
    return { ...journal, heard, superseded: () => superseded };
  };
  return { shelf, findings, vault, time, timers, signed, refuseKey, fill, open };
}

test('[I5] receipt numbers count on without gaps after a restart, other entries between them', async () => {
  const disk = createDisk();
  const before = await disk.open();
  await before.append('sale', budi, saleBody('cart-aaaa'));
  await before.append('adjust', budi, () => goods);
  await before.append('sale', budi, saleBody('cart-bbbb'));
  const after = await disk.open();
  const third = await after.append('sale', budi, saleBody('cart-cccc'));
  expect([third.seq, third.body.receiptNo]).toEqual([4, 3]);
  expect(after.heard).toEqual([1, 2, 3, 4]);
});

test('[I6] the chain holds over restarts, and over a clock that runs backwards', async () => {
  const disk = createDisk();
  for (const now of [5_000, 0, -1, 4_102_444_800_000, 3]) {
    disk.time.now = now;
    await (await disk.open()).append('adjust', budi, () => goods);
  }
  const entries = await disk.shelf.find({ sort: ['id'] });
  expect(entries.map(({ seq, at }) => [seq, at])).toEqual([
    [1, 5_000],
    [2, 0],
    [3, -1],
    [4, 4_102_444_800_000],
    [5, 3],
  ]);
  expect(findChainFault(entries)).toBeNull();
});

test('[I5] appends at the same moment take their places one after the other', async () => {
  const journal = await createDisk().open();
  const sales = await Promise.all(
    ['aaaa', 'bbbb', 'cccc'].map((id) => journal.append('sale', budi, saleBody(`cart-${id}`))),
  );
  expect(sales.map(({ seq, body }) => [seq, body.receiptNo])).toEqual([
    [1, 1],
    [2, 2],
    [3, 3],
  ]);
});

test('[TILL5] [I5] when another tab wrote first, the same sale is appended at the next seq with the next number', async () => {
  const disk = createDisk();
  const frozen = await disk.open();
  const other = await disk.open();
  await frozen.append('sale', budi, saleBody('cart-aaaa'));
  await other.append('sale', budi, saleBody('cart-bbbb'));
  await other.append('sale', budi, saleBody('cart-cccc'));
  const late = await frozen.append('sale', budi, saleBody('cart-dddd'));
  expect([late.seq, late.body.receiptNo, late.body.cartId]).toEqual([4, 4, 'cart-dddd']);
  expect([frozen.superseded(), other.superseded()]).toEqual([1, 1]);
  expect(frozen.heard).toEqual([1, 2, 3, 4]);
  const entries = await disk.shelf.find({ sort: ['id'] });
  expect(entries.map((entry) => entry.kind === 'sale' && entry.body.receiptNo)).toEqual([1, 2, 3, 4]);
  expect(findChainFault(entries)).toBeNull();
});

test('[I14] [F29] a cart that another tab sold meanwhile is not sold again; its sale is known here then', async () => {
  const disk = createDisk();
  const frozen = await disk.open();
  const other = await disk.open();
  await other.append('sale', budi, saleBody('cart-aaaa'));
  const again = frozen.append('sale', budi, saleBody('cart-aaaa'), {
    isDone: () => frozen.index.isSold('cart-aaaa' as CartId),
  });
  await expect(again).rejects.toThrow(DoneElsewhere);
  expect(await disk.shelf.find({})).toHaveLength(1);
  const another = await frozen.append('sale', budi, saleBody('cart-bbbb'), {
    isDone: () => frozen.index.isSold('cart-bbbb' as CartId),
  });
  expect([another.seq, another.body.receiptNo]).toEqual([2, 2]);
});

test('[I14] [DISK4] a cart whose sale the disk refused, and that another tab sold meanwhile, is not sold again', async () => {
  const disk = createDisk();
  const frozen = await disk.open();
  const isDone = () => frozen.index.isSold('cart-aaaa' as CartId);
  disk.fill(true);
  await expect(frozen.append('sale', budi, saleBody('cart-aaaa'), { isDone })).rejects.toThrow('full');
  disk.fill(false);
  disk.time.now = 2_000;
  const other = await disk.open();
  await other.append('sale', budi, saleBody('cart-aaaa'));
  await expect(frozen.append('sale', budi, saleBody('cart-aaaa'), { isDone })).rejects.toThrow(DoneElsewhere);
  expect(await disk.shelf.find({})).toHaveLength(1);
});

test('[TILL26] an entry is proven once it is signed and before it is there; one that is refused takes no place, and no other is proven for it', async () => {
  const disk = createDisk();
  const [journal, other] = [await disk.open(), await disk.open()];
  const asked: [number, number][] = [];
  const prove = ({ seq }: DeviceEntry) => void asked.push([seq, disk.signed.length]);
  const refuse = () => {
    throw new Error('unreadable');
  };
  await expect(journal.append('sale', budi, saleBody('cart-aaaa'), { prove: refuse })).rejects.toThrow('unreadable');
  expect([disk.signed.length, await disk.shelf.count(), journal.index.head().seq]).toEqual([1, 0, 0]);
  await journal.append('sale', budi, saleBody('cart-bbbb'), { prove });
  // Behind what another tab wrote the same wish is only sealed anew: it was paid.
  await other.append('sale', budi, saleBody('cart-cccc'), { prove });
  expect(asked).toEqual([
    [1, 2],
    [1, 3],
  ]);
  expect(
    (await disk.shelf.find({ sort: ['id'] })).map(({ seq, body }) => [seq, (body as BodyOf<'sale'>).receiptNo]),
  ).toEqual([
    [1, 1],
    [2, 2],
  ]);
});

test('[TILL26] [DISK4] what is refused is tried no further, and what the disk refused is proven with the write that takes it', async () => {
  const disk = createDisk();
  let rooms = 0;
  const journal = await disk.open({
    makeRoom: async () => {
      rooms += 1;
      disk.fill(false);
      return true;
    },
  });
  const refuse = () => {
    throw new Error('unreadable');
  };
  await expect(journal.append('sale', budi, saleBody('cart-aaaa'), { prove: refuse })).rejects.toThrow('unreadable');
  expect(rooms).toBe(0);
  disk.fill(true);
  await expect(journal.append('sale', budi, saleBody('cart-aaaa'), { prove: refuse })).rejects.toThrow('unreadable');
  expect([rooms, await disk.shelf.count()]).toEqual([1, 0]);
  disk.fill(true);
  const asked: number[] = [];
  const prove = () => void asked.push(1);
  expect(await journal.append('sale', budi, saleBody('cart-aaaa'), { prove })).toMatchObject({ seq: 1 });
  expect([rooms, asked.length, await disk.shelf.count()]).toEqual([2, 1, 1]);
});

test('[I1] what another tab appended is taken in without an own append', async () => {
  const disk = createDisk();
  const [one, other] = [await disk.open(), await disk.open()];
  await one.append('adjust', budi, () => goods);
  await other.catchUp();
  await other.catchUp();
  expect(other.heard).toEqual([1]);
});

test('[I14] which carts are sold is known after a restart', async () => {
  const disk = createDisk();
  await (await disk.open()).append('sale', budi, saleBody('cart-aaaa'));
  const { index } = await disk.open();
  expect([index.isSold('cart-aaaa' as never), index.isSold('cart-bbbb' as never)]).toEqual([true, false]);
});

test('[I6] a changed byte is found at start and told; the till sells on behind its last entry', async () => {
  const disk = createDisk();
  const journal = await disk.open();
  const first = await journal.append('adjust', budi, () => goods);
  await journal.append('adjust', budi, () => goods);
  await disk.shelf.replace({ ...first, at: first.at + 1 });
  const after = await disk.open();
  expect(await disk.findings.about('chain')).toMatchObject([{ about: first.id, detail: { seq: 1, fault: 'hash' } }]);
  expect((await after.append('adjust', budi, () => goods)).seq).toBe(3);
});

test('[F10] an entry that the disk damaged beyond reading is told, and the till opens and sells behind it', async () => {
  const disk = createDisk();
  const journal = await disk.open();
  const first = await journal.append('sale', budi, saleBody('cart-aaaa'));
  const { body: _lost, ...rest } = await journal.append('sale', budi, saleBody('cart-bbbb'));
  await disk.shelf.replace(rest as unknown as DeviceEntry);
  const after = await disk.open();
  expect(await disk.findings.about('chain')).toMatchObject([{ about: rest.id, detail: { seq: 2 } }]);
  const next = await after.append('sale', budi, saleBody('cart-cccc'));
  expect([after.index.row(1)?.id, next.seq, next.prev]).toEqual([first.id, 3, rest.hash]);
});

test('[I6] old entries are checked while the till sells, and a changed one is found too', async () => {
  const disk = createDisk();
  const journal = await disk.open();
  const entries = [];
  for (let made = 0; made < CHECKED_AT_START + 120; made += 1)
    entries.push(await journal.append('adjust', budi, () => goods));
  const old = entries[60] as DeviceEntry;
  await disk.shelf.replace({ ...old, at: old.at + 1 });
  await disk.open();
  expect(await disk.findings.about('chain')).toEqual([]);
  disk.timers.pass(1);
  await expect.poll(() => disk.findings.about('chain')).toMatchObject([{ about: old.id, detail: { fault: 'hash' } }]);
  expect(disk.timers.waiting()).toBe(0);
});

test('[I6] older entries may have been pruned: numbers and chain go on from those that are left', async () => {
  const disk = createDisk();
  const head = { seq: 41, hash: EMPTY_HEAD.hash };
  const body = { upTo: head, receiptNo: 17, perpetualTotal: 0 } as unknown as BodyOf<'snapshot'>;
  const snapshot = sealEntry({ ...owner, person: budi, at: 1, kind: 'snapshot', body }, head);
  await disk.shelf.insert(snapshot);
  const journal = await disk.open();
  const sale = await journal.append('sale', budi, saleBody('cart-aaaa'));
  expect([sale.seq, sale.body.receiptNo, sale.prev]).toEqual([43, 18, snapshot.hash]);
  expect(journal.index.row(42)?.id).toBe(snapshot.id);
  expect(journal.index.row(41)).toBeUndefined();
  expect(journal.index.after(42).map(({ seq }) => seq)).toEqual([43]);
  expect(journal.index.after(41, 1).map(({ seq }) => seq)).toEqual([42]);
  expect(await disk.findings.about('chain')).toEqual([]);
});

test('[TILL3] when the disk refuses, nothing is written and the number is not used', async () => {
  const disk = createDisk();
  const journal = await disk.open();
  const insert = disk.shelf.insert;
  disk.shelf.insert = () => Promise.reject(new Error('QuotaExceededError'));
  await expect(journal.append('sale', budi, saleBody('cart-aaaa'))).rejects.toThrow('QuotaExceededError');
  disk.shelf.insert = insert;
  expect(journal.index.isSold('cart-aaaa' as never)).toBe(false);
  const sale = await journal.append('sale', budi, saleBody('cart-aaaa'));
  expect([sale.seq, sale.body.receiptNo]).toEqual([1, 1]);
});

test('[ENT16] an entry is signed before it is on disk, and written all the same where the key is refused', async () => {
  const disk = createDisk();
  const tab = await disk.open();
  const signed = await tab.append('adjust', budi, () => goods);
  expect((await disk.shelf.byIds([signed.id]))[0]).toMatchObject({
    signature: `signed laci-entry\n${signed.id}\n${signed.hash}`,
  });
  disk.refuseKey();
  const unsigned = await tab.append('adjust', budi, () => goods);
  expect((await disk.shelf.byIds([unsigned.id]))[0]).toEqual(unsigned);
});
