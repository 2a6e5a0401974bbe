import type { DeviceEntry } from '../../schema/entry/entry.ts';
import type { ExceptionKey } from '../../schema/exception.ts';
import { entryId } from '../../schema/ids.ts';
import type { BranchEntry } from '../../schema/protocol/pull.ts';
import { type BranchJournal, receiptOf } from '../store/branch-journal.ts';
import type { CompanyBook } from '../store/company-book.ts';
import type { ExceptionBook } from '../store/exception-book.ts';
import type { NumberGap } from '../store/number-gaps.ts';

/** Entries of a device that are missing by number, and the receipts before and behind them, where there are any nearby. */
export interface MissingNumbers extends Pick<NumberGap, 'from' | 'to'> {
  readonly after: string | undefined;
  readonly before: string | undefined;
}

export interface MissingNumbersDeps {
  readonly exceptionBook: Pick<ExceptionBook, 'gaps'>;
  readonly branchJournal: Pick<BranchJournal, 'after' | 'find'>;
  readonly company: Pick<CompanyBook, 'devices'>;
  /** From when on all that arrived is kept here, by the server's time. */
  readonly heldSince: () => number;
}

/** Entries looked at on each side for the receipt that stands nearest. */
const NEARBY = 20;

interface GapKey extends ExceptionKey {
  readonly gap: NumberGap;
}

/** Under what missing numbers are settled. What left the window of this device, or lies before a copy begins, is not missing. */
export function gapKeys({ exceptionBook, company, heldSince }: MissingNumbersDeps): readonly GapKey[] {
  const since = heldSince();
  // Whose first entry would be here: a copy begins where its device was copied.
  const whole = new Set(
    company.devices.get().flatMap(({ device, forkOf, enrolledAt }) => (!forkOf && enrolledAt >= since ? [device] : [])),
  );
  return exceptionBook
    .gaps()
    .filter(({ deviceId, beforeAt }) => (beforeAt === null ? whole.has(deviceId) : beforeAt >= since))
    .map((gap) => ({ id: entryId(gap.deviceId, gap.from), flag: `gap:${gap.from}-${gap.to}`, gap }));
}

/** What is missing, each with the entry behind it. */
export async function readMissing(
  deps: MissingNumbersDeps,
): Promise<readonly (ExceptionKey & { readonly gap: MissingNumbers; readonly behind: BranchEntry })[]> {
  const read: (ExceptionKey & { gap: MissingNumbers; behind: BranchEntry })[] = [];
  for (const { id, flag, gap } of gapKeys(deps)) {
    const behind = await deps.branchJournal.find(entryId(gap.deviceId, gap.to + 1));
    if (behind) read.push({ id, flag, behind, gap: { ...gap, ...(await receiptsAround(deps.branchJournal, gap)) } });
  }
  return read;
}

async function receiptsAround(
  journal: Pick<BranchJournal, 'after'>,
  { deviceId, from, to }: NumberGap,
): Promise<Pick<MissingNumbers, 'after' | 'before'>> {
  const receipts = (rows: readonly BranchEntry[]) =>
    rows.flatMap(({ entry }) => receiptOf(entry as DeviceEntry | undefined) ?? []);
  const earlier = await journal.after(deviceId, Math.max(0, from - 1 - NEARBY), NEARBY);
  const later = await journal.after(deviceId, to, NEARBY);
  return { after: receipts(earlier.filter(({ seq }) => seq < from)).at(-1), before: receipts(later)[0] };
}
