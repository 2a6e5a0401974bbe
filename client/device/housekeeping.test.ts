import { beforeEach, describe, expect, test } from 'vitest';
import { findChainFault, sealEntry } from '../../schema/chain.ts';
import type { BodyOf, DeviceEntry } from '../../schema/entry/entry.ts';
import type { Epoch } from '../../schema/epoch.ts';
import { makeDeviceEntries } from '../../schema/fixtures/make-entries.ts';
import type { BranchId, DeviceId, PersonId, ShiftId, TillCode } from '../../schema/ids.ts';
import type { Money } from '../../schema/money.ts';
import type { DeviceIdentity } from '../../schema/protocol/enrol.ts';
import type { BranchEntry } from '../../schema/protocol/pull.ts';
import type { StatusAnswer } from '../../schema/protocol/status.ts';
import { must } from '../../schema/result.ts';
import { emptyStock, type Stock } from '../../schema/stock/counter.ts';
import { stockEffects } from '../../schema/stock/effect.ts';
import { createFindings, type Finding, type Findings } from '../store/findings.ts';
import { createJournal, type Journal, type OwnEntry } from '../store/journal.ts';
import { createTailKeeper } from '../store/journal-tail.ts';
import { createMemoryShelf } from '../store/memory-shelf.ts';
import { createMemoryVault } from '../store/memory-vault.ts';
import type { Shelf } from '../store/shelf.ts';
import type { Acknowledged, Vault } from '../store/vault.ts';
import { createManualTimers } from '../sync/manual-timers.ts';
import type { Timers } from './device-deps.ts';
import { housekeepingTask, PURGE_ENTRIES_MIN } from './housekeeping.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const OLD = PURGE_ENTRIES_MIN + 30;
const EPOCH = { n: 1, id: 'a' } as unknown as Epoch;
const identity: DeviceIdentity = {
  deviceId: 'd'.repeat(16) as DeviceId,
  branch: 'utama' as BranchId,
  role: 'till',
  till: 'K1' as TillCode,
  generation: 1,
};
const budi = 'budi' as PersonId;
const example = must(
  makeDeviceEntries().find((entry) => entry.kind === 'sale'),
  'a sale',
) as Extract<DeviceEntry, { kind: 'sale' }>;
const zReport = must(
  makeDeviceEntries().find((entry) => entry.kind === 'shift-close'),
  'a Z report',
) as Extract<DeviceEntry, { kind: 'shift-close' }>;
/** Nothing waits: time is the server's to say. */
const atOnce: Timers = {
  after: (_ms, act) => {
    queueMicrotask(act);
    return () => undefined;
  },
};

let docs: Map<string, OwnEntry>;
let vault: Vault;
let findings: Findings;
let stock: Shelf<Stock>;
let branchJournal: Shelf<BranchEntry>;
let acknowledged: Acknowledged;
let status: StatusAnswer | null;
let person: PersonId | undefined;
let selling: () => boolean;
let windowDays: number | null;

beforeEach(async () => {
  docs = new Map();
  vault = createMemoryVault();
  findings = createFindings(createMemoryShelf<Finding>('id'), () => 1);
  stock = createMemoryShelf<Stock>('id');
  branchJournal = createMemoryShelf<BranchEntry>('id');
  person = budi;
  selling = () => false;
  windowDays = 30;
});

async function openJournal(): Promise<Journal> {
  const journal = createJournal({
    shelf: createMemoryShelf<OwnEntry>('id', { docs }),
    signer: { sign: async () => 'A'.repeat(86) },
    owner: identity,
    findings,
    tail: createTailKeeper(vault),
    timers: createManualTimers(),
    clock: () => 1,
    onEntry: () => undefined,
    onSuperseded: () => undefined,
  });
  await journal.load();
  return journal;
}

let carts = 0;
const sell = (journal: Journal) => {
  carts += 1;
  const cartId = `cart-${String(carts).padStart(8, '0')}`;
  return journal.append(
    'sale',
    budi,
    (receiptNo) => ({ ...example.body, cartId, receiptNo, receipt: `K1-1-${receiptNo}` }) as BodyOf<'sale'>,
  );
};

/** A device that sold `OLD` times 40 days ago, acknowledged, backed up and counted. */
async function oldDevice(): Promise<{ journal: Journal; housekeeping: { run(): Promise<boolean> } }> {
  const journal = await openJournal();
  for (let sale = 0; sale < OLD; sale += 1) await sell(journal);
  const head = journal.index.head();
  acknowledged = { epoch: EPOCH, head };
  await vault.put('acknowledged', acknowledged);
  await vault.put('acknowledgedDays', [{ epoch: EPOCH, at: 60 * DAY_MS, seq: head.seq }]);
  status = { epoch: EPOCH, serverTime: 100 * DAY_MS, backedUp: head.seq, head } as never as StatusAnswer;
  await cover(head.seq);
  const task = housekeepingTask({
    timers: atOnce,
    identity,
    journal,
    shelves: { stock, branchJournal },
    findings,
    vault,
    acknowledged: () => acknowledged,
    person: () => person,
    askStatus: async () => status,
    windowDays: () => windowDays,
  });
  return { journal, housekeeping: { run: () => task.run(() => !selling()) } };
}

/** The counters of what was sold, as a pull brought them. */
async function cover(seq: number, epoch = EPOCH.n): Promise<void> {
  const [first] = docs.values();
  for (const { productId } of stockEffects(must(first, 'an entry'))) {
    const counters = { [identity.deviceId]: { in: 0, out: 1, seq } };
    await stock.replace({ ...emptyStock(identity.branch, productId, epoch), counters });
  }
}

const seqs = () => [...docs.values()].map(({ seq }) => seq).sort((left, right) => left - right);

describe('own entries', () => {
  test('[LIFE2] old ones go behind a snapshot, and the device goes on as if they were there', async () => {
    const { journal, housekeeping } = await oldDevice();
    const total = journal.index.perpetualTotal();
    await housekeeping.run();
    expect(seqs()).toEqual([OLD + 1]);
    expect(docs.values().next().value).toMatchObject({
      kind: 'snapshot',
      person: budi,
      body: { upTo: { seq: OLD }, receiptNo: OLD, perpetualTotal: total },
    });
    vault = createMemoryVault();
    const again = await openJournal();
    const next = await sell(again);
    expect([next.seq, next.body.receiptNo]).toEqual([OLD + 2, OLD + 1]);
    expect(
      findChainFault([...docs.values()], { seq: OLD, hash: must([...docs.values()][0], 'a row').prev }),
    ).toBeNull();
  });

  const openShift = (journal: Journal) =>
    journal.append('shift-open', budi, () => ({ shift: 's-1' as ShiftId, float: 0 as Money }));
  const closeShift = (journal: Journal, zNo: number) =>
    journal.append('shift-close', budi, () => ({ ...zReport.body, shift: 's-1' as ShiftId, zNo }));

  /** A sale and a Z report before the old sales. */
  const closedOnce = async () => {
    const journal = await openJournal();
    await sell(journal);
    await closeShift(journal, 1);
  };

  test('[SHF10] what the Z report of an open shift will need stays, and goes once it is written', async () => {
    await closedOnce();
    const { journal, housekeeping } = await oldDevice();
    await openShift(journal);
    await housekeeping.run();
    expect(seqs()).toHaveLength(OLD + 3);
    await closeShift(journal, 2);
    await housekeeping.run();
    // The snapshot came behind the Z report that is still there.
    expect(seqs()).toEqual([OLD + 3, OLD + 4, OLD + 5]);
    expect((await openJournal()).index.shift()).toEqual({ open: null, zNo: 2, coveredTo: OLD + 4 });
  });

  test('[SHF10] the number of the last Z report outlives it, in the snapshot', async () => {
    await closedOnce();
    const { housekeeping } = await oldDevice();
    await housekeeping.run();
    vault = createMemoryVault();
    expect((await openJournal()).index.shift()).toMatchObject({ open: null, zNo: 1 });
  });

  const changes: readonly (readonly [string, () => void | Promise<void>])[] = [
    [
      'the server does not say what is backed up',
      () => {
        const { backedUp: _unknown, ...rest } = must(status, 'a status');
        status = rest;
      },
    ],
    [
      'the server cannot be asked',
      () => {
        status = null;
      },
    ],
    ['no counter covers them', () => cover(3)],
    ['the counters are of another epoch', () => cover(OLD, EPOCH.n + 1)],
    ['the stock has not come', async () => stock.remove((await stock.find({})).map(({ id }) => id))],
    [
      'they were acknowledged yesterday',
      () => vault.put('acknowledgedDays', [{ epoch: EPOCH, at: 99 * DAY_MS, seq: OLD }]),
    ],
    [
      'nobody is there to be named by a snapshot',
      () => {
        person = undefined;
      },
    ],
    [
      'somebody sells',
      () => {
        selling = () => true;
      },
    ],
  ];
  test.each(changes)('[LIFE2] they stay when %s', async (_name, change) => {
    const { housekeeping } = await oldDevice();
    await change();
    await housekeeping.run();
    expect(seqs()).toEqual(Array.from({ length: OLD }, (_, index) => index + 1));
  });

  test('[LIFE2] what no counter covers yet stays with all behind it; quarantined ones are not waited for', async () => {
    const { journal, housekeeping } = await oldDevice();
    await cover(OLD - 5);
    const [quarantined] = await journal.read(OLD - 4, OLD - 4);
    await findings.report('quarantined', must(quarantined, 'an entry').id, {});
    await housekeeping.run();
    expect(seqs()).toEqual([OLD - 3, OLD - 2, OLD - 1, OLD, OLD + 1]);
  });

  test.each([OLD * 10, 3, undefined])(
    '[LIFE2] [F10] a damaged row that calls itself number %s lets go of nothing that was not acknowledged',
    { timeout: 20_000 },
    async (claimed) => {
      const { journal, housekeeping } = await oldDevice();
      const id = must(journal.index.row(OLD - 7), 'a row').id;
      docs.set(id, { ...must(docs.get(id), 'an entry'), seq: claimed } as never);
      const late = await sell(journal);
      const opened = await openJournal();
      let asked = 0;
      selling = () => {
        asked += 1;
        return asked > 1_000;
      };
      await housekeeping.run();
      expect(asked).toBeLessThan(1_000);
      expect(docs.get(late.id)).toEqual(late);
      expect(docs.has(id)).toBe(false);
      expect(opened.index.head().seq).toBe(OLD + 1);
    },
  );

  test('[LIFE3] [SYNC7] no snapshot is written when somebody begins to sell, or this tab ends, just before it', async () => {
    const { housekeeping } = await oldDevice();
    let walked = 0;
    const find = stock.byIds;
    stock.byIds = (ids) => {
      walked += 1;
      return find(ids);
    };
    selling = () => walked * 50 >= OLD;
    expect(await housekeeping.run()).toBe(false);
    expect(docs.size).toBe(OLD);
  });

  test('[LIFE3] work stops when somebody begins to sell, and is gone on with later', async () => {
    const { housekeeping } = await oldDevice();
    let pieces = 0;
    selling = () => {
      pieces += 1;
      return pieces > 8;
    };
    expect(await housekeeping.run()).toBe(false);
    const left = docs.size;
    expect(left).toBeGreaterThan(1);
    expect(left).toBeLessThan(OLD + 1);
    expect(findChainFault([...docs.values()], headBefore([...docs.values()][0]))).toBeNull();
  });
});

const headBefore = (entry: OwnEntry | undefined) => entry && { seq: entry.seq - 1, hash: entry.prev };

describe('entries of other devices', () => {
  const arrived = (seq: number, day: number) => {
    const deviceId = 'e'.repeat(16) as DeviceId;
    const sealed = sealEntry({ ...example, deviceId }, { seq: seq - 1, hash: example.prev });
    return {
      ...sealed,
      receivedAt: day * DAY_MS,
      verdict: 'accepted',
      flags: [],
      entry: sealed,
    } as never as BranchEntry;
  };

  test('[LIFE3] those before the window go, and with no window all stay', async () => {
    const { housekeeping } = await oldDevice();
    for (let seq = 1; seq <= 100; seq += 1) await branchJournal.insert(arrived(seq, seq));
    windowDays = null;
    await housekeeping.run();
    expect(await branchJournal.count()).toBe(100);
    windowDays = 30;
    await housekeeping.run();
    expect((await branchJournal.find({ sort: ['receivedAt'] }))[0]?.receivedAt).toBe(70 * DAY_MS);
    expect(await branchJournal.byIds([arrived(69, 69).id])).toEqual([]);
  });
});
