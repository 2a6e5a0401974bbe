import { beforeEach, describe, expect, test } from 'vitest';
import { findChainFault } from '../../schema/chain.ts';
import type { BodyOf, DeviceEntry } from '../../schema/entry/entry.ts';
import { makeDeviceEntries } from '../../schema/fixtures/make-entries.ts';
import { type BranchId, type DeviceId, entryId, type PersonId } from '../../schema/ids.ts';
import { must } from '../../schema/result.ts';
import { createManualTimers } from '../sync/manual-timers.ts';
import { createFindings, type Finding, type Findings } from './findings.ts';
import { createJournal, type Journal, type OwnEntry } from './journal.ts';
import { createTailKeeper } from './journal-tail.ts';
import { createMemoryShelf } from './memory-shelf.ts';
import { createMemoryVault } from './memory-vault.ts';
import { oldestHeld } from './oldest-held.ts';
import type { Shelf } from './shelf.ts';
import type { Vault } from './vault.ts';

const owner = { deviceId: 'd'.repeat(16) as DeviceId, branch: 'utama' as BranchId };
const budi = 'budi' as PersonId;
const example = must(
  makeDeviceEntries().find((entry) => entry.kind === 'sale'),
  'a sale',
) as Extract<DeviceEntry, { kind: 'sale' }>;
const { due } = example.body.totals;

let docs: Map<string, OwnEntry>;
let shelf: Shelf<OwnEntry>;
let vault: Vault;
let findings: Findings;
let heard: number[];

beforeEach(() => {
  docs = new Map();
  vault = createMemoryVault();
  findings = createFindings(createMemoryShelf<Finding>('id'), () => 1);
});

/** The device starts: its journal is read from what is on disk now. */
async function start(): Promise<Journal> {
  shelf = createMemoryShelf<OwnEntry>('id', { docs });
  heard = [];
  const journal = openOn(shelf);
  await journal.load();
  return journal;
}

function openOn(on: Shelf<OwnEntry>, makeRoom = async () => false): Journal {
  return createJournal({
    shelf: on,
    signer: { sign: async () => 'A'.repeat(86) },
    owner,
    findings,
    tail: createTailKeeper(vault),
    timers: createManualTimers(),
    clock: () => 1,
    onEntry: ({ seq }) => heard.push(seq),
    onSuperseded: () => undefined,
    makeRoom,
  });
}

let carts = 0;
function nextCart(): string {
  carts += 1;
  return `cart-${String(carts).padStart(8, '0')}`;
}
function sell(journal: Journal, cartId = nextCart()) {
  const body = (receiptNo: number) =>
    ({ ...example.body, cartId, receiptNo, receipt: `K1-1-${receiptNo}` }) as BodyOf<'sale'>;
  return journal.append('sale', budi, body);
}

async function sellMany(count: number): Promise<DeviceEntry[]> {
  const journal = await start();
  const sold: DeviceEntry[] = [];
  for (let sale = 0; sale < count; sale += 1) sold.push(await sell(journal));
  return sold;
}

const idOf = (seq: number) => entryId(owner.deviceId, seq);
const chainFindings = async () => (await findings.about('chain')).map(({ detail }) => [detail.seq, detail.fault]);

describe('the journal is lost and the vault kept', () => {
  test.each([
    ['its last row', 1],
    ['its last three rows', 3],
    ['all of it', 6],
  ])('[F10] [DISK3] %s: the chain goes on behind what was written, and no number comes twice', async (_name, lost) => {
    const sold = await sellMany(6);
    for (let seq = 6; seq > 6 - lost; seq -= 1) docs.delete(idOf(seq));
    const journal = await start();
    const next = await sell(journal);
    expect([next.seq, next.body.receiptNo, next.prev]).toEqual([7, 7, sold[5]?.hash]);
    expect([journal.index.wholeFrom(), journal.index.perpetualTotal()]).toEqual([7, 7 * due]);
    expect(heard).toEqual([...Array.from({ length: 6 - lost }, (_, index) => index + 1), 7]);
    expect(await findings.about('chain')).toMatchObject([
      { about: idOf(7), detail: { fault: 'gap', from: 7 - lost, to: 6 } },
    ]);
    await start();
    expect(await chainFindings()).toEqual([[7, 'gap']]);
  });

  test('[F10] what the server lacks before the hole is given up, and not before all that is held has been sent', async () => {
    await sellMany(8);
    for (const seq of [4, 8]) docs.delete(idOf(seq));
    const journal = await start();
    expect([0, 3, 6, 7].map((sent) => oldestHeld(journal.index, sent))).toEqual([1, 1, 1, 9]);
    await sell(journal);
    expect([6, 7, 9].map((sent) => oldestHeld(journal.index, sent))).toEqual([1, 9, 9]);
    docs.clear();
    expect(oldestHeld((await start()).index, 0)).toBe(10);
  });

  test('[F10] a device that kept no tail yet goes on behind what the server acknowledged, and leaves numbers out', async () => {
    const sold = await sellMany(4);
    const old = createMemoryVault();
    const head = { seq: 3, hash: must(sold[2], 'an entry').hash };
    await old.put('acknowledged', { epoch: { n: 1, id: 'e' } as never, head });
    vault = old;
    for (const seq of [2, 3, 4]) docs.delete(idOf(seq));
    const next = await sell(await start());
    expect([next.seq, next.prev]).toEqual([4, head.hash]);
    expect(next.body.receiptNo).toBe(4);
  });

  test('[F10] [TAB1] what another tab writes while this one opens is no damage', async () => {
    const other = await start();
    await sell(other);
    const { find } = shelf;
    const late = { ...shelf };
    late.find = async (query) => {
      const rows = await find(query);
      await sell(other);
      return rows;
    };
    const journal = openOn(late);
    await journal.load();
    expect(await chainFindings()).toEqual([]);
    await journal.catchUp();
    expect(journal.index.head().seq).toBe(2);
  });

  test('[F10] a vault that is behind the journal takes nothing back', async () => {
    await sellMany(2);
    const before = must(await vault.get('tail'), 'a tail');
    await sellMany(1);
    await vault.put('tail', before);
    const next = await sell(await start());
    expect([next.seq, next.body.receiptNo]).toEqual([4, 4]);
    expect(await chainFindings()).toEqual([]);
  });
});

describe('the tail is kept behind the sale', () => {
  test('[I11] [DISK3] a sale does not wait for the vault, and an end does', async () => {
    const journal = await start();
    const waiting: (() => void)[] = [];
    const { put } = vault;
    const kept: number[] = [];
    vault.put = async (key, value) => {
      await new Promise<void>((resolve) => waiting.push(resolve));
      kept.push((value as { head: { seq: number } }).head.seq);
      await put(key, value);
    };
    for (const seq of [1, 2, 3]) expect((await sell(journal)).seq).toBe(seq);
    expect(kept).toEqual([]);
    let ended = false;
    const end = journal.stop().then(() => {
      ended = true;
    });
    for (let turn = 0; turn < 5; turn += 1) {
      expect(ended && kept.at(-1) !== 3).toBe(false);
      waiting.shift()?.();
      await new Promise(setImmediate);
    }
    await end;
    // What was overtaken while the vault was writing is not written at all.
    expect(kept).toEqual([1, 3]);
    expect((await vault.get('tail'))?.head.seq).toBe(3);
  });

  test('[DISK3] [F29] a tab that slept takes back nothing of what another one kept', async () => {
    const slept = await start();
    await sell(slept);
    const other = openOn(shelf);
    await other.load();
    for (let sale = 0; sale < 3; sale += 1) await sell(other);
    await other.stop();
    await createTailKeeper(vault).keep(slept.index.tail());
    expect((await vault.get('tail'))?.head.seq).toBe(4);
  });
});

describe('rows are damaged', () => {
  const damage = (seq: number, change: (entry: OwnEntry) => object) =>
    docs.set(idOf(seq), change(must(docs.get(idOf(seq)), 'an entry')) as OwnEntry);

  test('[F10] an altered sale moves nothing, and a copy of it is kept', async () => {
    await sellMany(3);
    damage(2, (entry) => ({ ...entry, body: { ...example.body, receiptNo: 900, receipt: 'K1-1-900' } }));
    const journal = await start();
    expect(heard).toEqual([1, 3]);
    expect([journal.index.receiptNo(), journal.index.row(2)?.seq]).toEqual([3, 2]);
    expect(await findings.about('chain')).toMatchObject([{ detail: { seq: 2, fault: 'hash', row: { id: idOf(2) } } }]);
  });

  test.each<[string, (entry: OwnEntry) => object]>([
    ['its seq is another', (entry) => ({ ...entry, seq: 77 })],
    ['its hash is no hash', (entry) => ({ ...entry, hash: 'x' })],
    ['only its id is left', ({ id }) => ({ id })],
    ['its body is gone', ({ body: _lost, ...entry }) => entry],
    ['its lines are gone', (entry) => ({ ...entry, body: { ...entry.body, lines: undefined } })],
  ])('[F10] %s: the row keeps its place, is told once, and the till sells behind it', async (_name, change) => {
    const sold = await sellMany(3);
    damage(2, change);
    const journal = await start();
    expect(await chainFindings()).toHaveLength(1);
    expect(await chainFindings()).toMatchObject([[2, expect.stringMatching(/unreadable|hash/)]]);
    const next = await sell(journal);
    expect([next.seq, next.body.receiptNo, next.prev]).toEqual([4, 4, sold[2]?.hash]);
  });

  test('[F10] of a damaged last row the vault knows the true hash, so that the chain goes on from it', async () => {
    const sold = await sellMany(2);
    damage(2, ({ id }) => ({ id }));
    const next = await sell(await start());
    expect([next.seq, next.prev, next.body.receiptNo]).toEqual([3, sold[1]?.hash, 3]);
  });

  test('[F10] several damaged rows are each told, with a missing one between them', async () => {
    await sellMany(6);
    damage(2, (entry) => ({ ...entry, at: 5 }));
    docs.delete(idOf(4));
    damage(6, (entry) => ({ ...entry, at: 5 }));
    await start();
    expect((await chainFindings()).sort()).toEqual([
      [2, 'hash'],
      [5, 'gap'],
      [6, 'hash'],
    ]);
  });
});

describe('a write fails', () => {
  test('[DISK4] nothing half written stays, and the next sale gets the place', async () => {
    const journal = await start();
    await sell(journal);
    const { insert } = shelf;
    shelf.insert = () => Promise.reject(new Error('QuotaExceededError'));
    await expect(sell(journal)).rejects.toThrow('QuotaExceededError');
    shelf.insert = insert;
    const next = await sell(journal);
    expect([next.seq, next.body.receiptNo, docs.size]).toEqual([2, 2, 2]);
  });

  test('[DISK4] [I14] a disk that says it failed but wrote has the sale once', async () => {
    const journal = await start();
    const { insert } = shelf;
    shelf.insert = async (doc) => {
      await insert(doc);
      throw new Error('The answer was lost.');
    };
    const sold = await sell(journal);
    shelf.insert = insert;
    const next = await sell(journal);
    expect([sold.seq, next.seq, heard]).toEqual([1, 2, [1, 2]]);
    expect(findChainFault([...docs.values()])).toBeNull();
  });

  test('[DISK4] [I14] nor twice when the held room was given up for it and that answer was lost too', async () => {
    await start();
    const { insert } = shelf;
    let tries = 0;
    shelf.insert = async (doc) => {
      tries += 1;
      if (tries === 2) await insert(doc);
      throw new Error('QuotaExceededError');
    };
    const journal = openOn(shelf, async () => true);
    await journal.load();
    const sold = await sell(journal);
    expect([sold.seq, tries, [...docs.keys()]]).toEqual([1, 2, [sold.id]]);
  });

  test('[DISK4] [I14] a sale that a failing disk hid is found, and not written a second time when it is paid again', async () => {
    const journal = await start();
    const { insert, byIds } = shelf;
    shelf.insert = async (doc) => {
      await insert(doc);
      throw new Error('The connection is closing.');
    };
    shelf.byIds = () => Promise.reject(new Error('The connection is closing.'));
    const cartId = 'cart-hidden-00001';
    await expect(sell(journal, cartId)).rejects.toThrow('closing');
    Object.assign(shelf, { insert, byIds });
    const again = await sell(journal, cartId);
    expect([again.seq, docs.size, heard]).toEqual([1, 1, [1]]);
    expect((await sell(journal)).seq).toBe(2);
  });

  test('[DISK4] a vault that fails does not undo a sale', async () => {
    const journal = await start();
    vault.put = () => Promise.reject(new Error('no vault'));
    expect((await sell(journal)).seq).toBe(1);
  });
});

describe('old entries are purged', () => {
  test('[LIFE1] numbers, sums and the chain go on from the snapshot, and the rest of the journal stays whole', async () => {
    await sellMany(5);
    const journal = await start();
    const { index } = journal;
    const body = { upTo: index.head(), receiptNo: index.receiptNo(), perpetualTotal: index.perpetualTotal() };
    await journal.append('snapshot', budi, () => body);
    expect(await journal.purge(5, 3)).toBe(3);
    expect(await journal.purge(5, 3)).toBe(2);
    expect(await journal.purge(5, 3)).toBe(0);
    vault = createMemoryVault();
    const after = await start();
    const next = await sell(after);
    expect([next.seq, next.body.receiptNo, after.index.perpetualTotal()]).toEqual([7, 6, 6 * due]);
    expect([after.index.wholeFrom(), after.index.after(0)[0]?.seq]).toEqual([6, 6]);
    expect(await chainFindings()).toEqual([]);
  });
});

test('[F9] [F10] [I11] a disk too full to take the finding of a hole holds nothing back', async () => {
  await sellMany(4);
  docs.delete(idOf(2));
  findings = {
    ...findings,
    report: async () => {
      throw new Error('QuotaExceededError');
    },
  };
  const unheard: unknown[] = [];
  const hear = (error: unknown) => void unheard.push(error);
  process.on('unhandledRejection', hear);
  const journal = await start();
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', hear);
  expect([unheard, heard, journal.index.head().seq]).toEqual([[], [1, 3, 4], 4]);
});
