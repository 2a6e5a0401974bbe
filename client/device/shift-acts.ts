import { entryId, type ShiftId } from '../../schema/ids.ts';
import type { DeviceIdentity } from '../../schema/protocol/enrol.ts';
import { fail, ok, type Result } from '../../schema/result.ts';
import { type ShiftReport, shiftReport } from '../../schema/shift-report.ts';
import type { BranchJournal } from '../store/branch-journal.ts';
import type { CompanyBook } from '../store/company-book.ts';
import type { EntryOf, Journal, OwnEntry } from '../store/journal.ts';
import type { SellFault } from './device.ts';
import { createLive, type Live } from './live.ts';
import type { DrawerMove, OpenShift, ShiftCount, Shifts, ZReport } from './shifts.ts';
import { type WriteDeps, writeEntry } from './write-entry.ts';

export interface ShiftDeps extends WriteDeps {
  readonly identity: DeviceIdentity;
  readonly journal: Journal;
  readonly branchJournal: Pick<BranchJournal, 'closings'>;
  readonly company: CompanyBook;
  /** A new number after each own entry. */
  readonly version: Live<number>;
}

/** Entries that may come between the reading of a shift's and the writing of its Z report, one after the other. */
const CLOSE_TRIES_MAX = 20;

export function createShifts(deps: ShiftDeps): Shifts {
  const { index } = deps.journal;
  const current = createLive<OpenShift | null>(index.shift().open);
  deps.version.subscribe(() => {
    const { open } = index.shift();
    if (open?.shift !== current.get()?.shift) current.set(open);
  });
  return {
    current,
    open: (float) => openShift(deps, float),
    cashIn: (move) => moveCash(deps, 'cash-in', move),
    cashOut: (move) => moveCash(deps, 'cash-out', move),
    report: async () => {
      const { open } = index.shift();
      return open && reportOf(deps, open, await readUncovered(deps));
    },
    close: (count) => closeShift(deps, count),
    reports: async (limit) => {
      const all = [...(await ownReports(deps, limit)), ...otherReports(deps, limit)];
      return all
        .sort(({ entry: left }, { entry: right }) => right.at - left.at || right.seq - left.seq)
        .slice(0, limit);
    },
  };
}

/** Named after its own entry, so that no two shifts anywhere have one name. */
async function openShift(deps: ShiftDeps, float: OpenShift['float']): Promise<Result<ShiftId, SellFault>> {
  const { index } = deps.journal;
  if (index.shift().open) return fail({ code: 'shift-open' });
  const body = () => {
    // Asked again in the append's own turn: a second press opens no second shift.
    if (index.shift().open) throw new Error('A shift was opened meanwhile.');
    return { shift: `${deps.identity.deviceId}-${index.head().seq + 1}` as ShiftId, float };
  };
  const opened = await writeEntry(deps, 'shift-open', body);
  if (opened.ok) return ok(opened.value.body.shift);
  return index.shift().open ? fail({ code: 'shift-open' }) : opened;
}

async function moveCash(deps: ShiftDeps, kind: 'cash-in' | 'cash-out', { amount, reason, approval }: DrawerMove) {
  const { index } = deps.journal;
  const written = await writeEntry(deps, kind, () => ({
    ...inShift(index.shift().open),
    amount,
    reason,
    ...(approval ? { approval } : {}),
  }));
  return written.ok ? ok(written.value.id) : written;
}

/** What an entry says of the shift it is written in. */
export function inShift(open: OpenShift | null): { readonly shift?: ShiftId } {
  return open ? { shift: open.shift } : {};
}

/** Own entries behind the last Z report that are here and whole. */
async function readUncovered({ journal }: ShiftDeps): Promise<readonly OwnEntry[]> {
  const { index } = journal;
  const entries = await journal.read(index.next(index.shift().coveredTo)?.seq ?? 1, index.head().seq);
  return entries.filter(({ seq }) => index.row(seq)?.damaged !== true);
}

function reportOf({ journal }: ShiftDeps, open: OpenShift, entries: readonly OwnEntry[]): ShiftReport {
  return shiftReport(entries, open, journal.index.perpetualTotal());
}

/**
 * Counts again where something was written between the reading and the append: then the report would not cover what stands before it. With the
 * sum of a drawer beyond all bounds nothing can be said, and nothing is written.
 */
async function closeShift(deps: ShiftDeps, count: ShiftCount): Promise<Result<ZReport, SellFault>> {
  const { index } = deps.journal;
  for (let tries = 0; tries < CLOSE_TRIES_MAX; tries += 1) {
    const { open } = index.shift();
    if (open === null) return fail({ code: 'no-shift' });
    const entries = await readUncovered(deps);
    const { seq } = index.head();
    let isStale = false;
    const body = () => {
      isStale = index.head().seq !== seq || index.shift().open?.shift !== open.shift;
      if (isStale) throw new Error('The journal went on meanwhile.');
      return { ...reportOf(deps, open, entries), ...withoutUndefined(count), zNo: index.shift().zNo + 1 };
    };
    const closed = await writeEntry(deps, 'shift-close', body).catch(() => fail<SellFault>({ code: 'not-written' }));
    if (closed.ok) return ok(ownReport(deps, closed.value));
    if (!isStale) return closed;
  }
  return fail({ code: 'not-written' });
}

function withoutUndefined({ countedCash, pieces, note, approval }: ShiftCount) {
  return {
    countedCash,
    ...(pieces ? { pieces } : {}),
    ...(note ? { note } : {}),
    ...(approval ? { approval } : {}),
  };
}

async function ownReports(deps: ShiftDeps, limit: number): Promise<ZReport[]> {
  const { journal, identity } = deps;
  const rows = journal.index.after(0).filter(({ kind, damaged }) => kind === 'shift-close' && damaged !== true);
  const entries = await journal.readEach(rows.slice(-limit).map(({ seq }) => entryId(identity.deviceId, seq)));
  return entries.filter((entry) => entry.kind === 'shift-close').map((entry) => ownReport(deps, entry));
}

function ownReport({ identity }: ShiftDeps, entry: EntryOf<'shift-close'>): ZReport {
  return { entry, till: identity.till, flags: [] };
}

function otherReports({ branchJournal, company }: ShiftDeps, limit: number): ZReport[] {
  const tills = new Map(company.devices.get().map((doc) => [doc.device, doc.till]));
  return branchJournal.closings(limit).map(({ entry, deviceId, flags }) => ({
    entry: entry as unknown as EntryOf<'shift-close'>,
    till: tills.get(deviceId),
    flags,
  }));
}
