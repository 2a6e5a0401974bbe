import { expect, test } from 'vitest';
import { EMPTY_HEAD, sealEntry } from '../../schema/chain.ts';
import type { BodyOf, DeviceEntry, DeviceEntryKind, Head } from '../../schema/entry/entry.ts';
import type { BranchId, DeviceId, EntryId, PersonId, ProductId } from '../../schema/ids.ts';
import { quantity } from '../../schema/quantity.ts';
import { must } from '../../schema/result.ts';
import { shareOf } from '../../schema/stock/share.ts';
import type { OwnEntry } from '../store/journal.ts';
import { createStockBook } from '../store/stock-book.ts';
import { createManualTimers } from '../sync/manual-timers.ts';
import { createLive } from './live.ts';
import { createShareKeeper, type ShareKeeperDeps } from './share-keeper.ts';
import { createTillShares } from './till-shares.ts';

const TICKET = 'ticket' as ProductId;
const owner = { deviceId: 'd'.repeat(16) as DeviceId, branch: 'utama' as BranchId };
const ALLOTMENT = `${'s'.repeat(16)}:0000000001` as EntryId;
/** Far more than a till gives back, and few enough to end the test. */
const ENOUGH = 20;

/** A revoked till that holds a share; `counts` says whether the server counts what it writes under its own id. */
function openTill(counts: (entry: DeviceEntry) => boolean) {
  const journal: OwnEntry[] = [];
  const stockBook = createStockBook(owner);
  const catalogue = { version: createLive(0), limited: () => new Set([TICKET]) };
  const timers = createManualTimers();
  const write = <Kind extends DeviceEntryKind>(kind: Kind, body: BodyOf<Kind>) => {
    const head: Head = journal.at(-1) ?? EMPTY_HEAD;
    const draft = { ...owner, person: 'budi' as PersonId, at: 1, kind, body };
    const entry = sealEntry(draft as Parameters<typeof sealEntry>[0], head) as OwnEntry;
    journal.push(entry);
    stockBook.addOwn(entry);
    return entry;
  };
  const record = async <Kind extends DeviceEntryKind>(kind: Kind, body: BodyOf<Kind>) => {
    const entry = write(kind, body);
    // The server's verdict comes a moment later.
    if (!counts(entry) && journal.length < ENOUGH) setImmediate(() => stockBook.quarantine([entry.id]));
    return { ok: true, value: entry };
  };
  const index = { after: (seq: number) => journal.filter((entry) => entry.seq > seq) };
  const status = createLive({ revoked: true, connection: 'offline', waitingEntries: 0 });
  const deps = {
    ...{ catalogue, stockBook, timers, record, clock: timers.now },
    shares: createTillShares({ deviceId: owner.deviceId, catalogue, stockBook }),
    company: { person: createLive(null) },
    journal: { index, read: async (from: number, to: number) => journal.slice(from - 1, to), catchUp: async () => {} },
    http: { request: () => Promise.reject(new Error('Nobody asks.')) },
    board: { status },
    active: createLive(true),
  };
  return { deps: deps as unknown as ShareKeeperDeps, journal, stockBook, write };
}

const take = (units: number) => ({ allotment: ALLOTMENT, productId: TICKET, quantity: quantity(units) });
const settle = () => new Promise((resolve) => setImmediate(resolve));

async function settled(): Promise<void> {
  for (let turn = 0; turn < ENOUGH * 4; turn += 1) await settle();
}

function returned(journal: readonly OwnEntry[]): number[] {
  return journal.flatMap((entry) => (entry.kind === 'allotment-returned' ? [entry.body.quantity as number] : []));
}

test('[ALT9] a revoked copy whose returns count nowhere writes one, not one after the other', async () => {
  const till = openTill(() => false);
  till.write('allotment-received', take(3));
  const keeper = createShareKeeper(till.deps);
  await settled();
  keeper.stop();
  expect(till.stockBook.onHand(shareOf(TICKET, owner.deviceId))).toBe(3);
  expect(returned(till.journal)).toEqual([3]);
});

test('[ALT9] [ALT8] what counts nowhere goes with the next return, once the till was given more', async () => {
  const till = openTill(() => true);
  till.write('allotment-received', take(3));
  const keeper = createShareKeeper(till.deps);
  await settled();
  // The server counts it under a fork's id, so that it is there again; then another share arrives.
  till.stockBook.quarantine([must(till.journal.at(-1), 'a return').id]);
  till.write('allotment-received', take(2));
  await settled();
  keeper.stop();
  expect(returned(till.journal)).toEqual([3, 5]);
});
