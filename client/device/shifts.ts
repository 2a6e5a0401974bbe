import type { BodyOf } from '../../schema/entry/entry.ts';
import type { EntryId, ShiftId, TillCode } from '../../schema/ids.ts';
import type { Money } from '../../schema/money.ts';
import type { Result } from '../../schema/result.ts';
import type { ShiftReport } from '../../schema/shift-report.ts';
import type { EntryOf } from '../store/journal.ts';
import type { OpenShift } from '../store/shift-state.ts';
import type { SellFault } from './device.ts';
import type { Live } from './live.ts';

export type { OpenShift, ShiftReport };

/** What a cashier counted in the drawer. */
export type ShiftCount = Pick<BodyOf<'shift-close'>, 'countedCash' | 'pieces' | 'note' | 'approval'>;

/** Money put into the drawer or taken out, and why. */
export type DrawerMove = Pick<BodyOf<'cash-out'>, 'amount' | 'reason' | 'approval'>;

/** A Z report of any till. */
export interface ZReport {
  readonly entry: EntryOf<'shift-close'>;
  readonly till: TillCode | undefined;
  readonly flags: readonly string[];
}

/** The shifts of this device. Nothing here waits for the server, and nothing but its own disk can hold back a close. */
export interface Shifts {
  readonly current: Live<OpenShift | null>;
  open(float: Money): Promise<Result<ShiftId, SellFault>>;
  cashIn(move: DrawerMove): Promise<Result<EntryId, SellFault>>;
  cashOut(move: DrawerMove): Promise<Result<EntryId, SellFault>>;
  /** The X report of the open shift: changes nothing. Null when none is open. */
  report(): Promise<ShiftReport | null>;
  /** Writes the Z report. What should have been in the drawer is in it, and nowhere before. */
  close(count: ShiftCount): Promise<Result<ZReport, SellFault>>;
  /** Z reports, newest first: this device's own and, as far as pulled, those of the branch's other tills. */
  reports(limit: number): Promise<readonly ZReport[]>;
}
