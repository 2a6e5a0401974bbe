import type { DeviceEntry } from '../../schema/entry/entry.ts';
import type { ShiftId } from '../../schema/ids.ts';
import type { Money } from '../../schema/money.ts';

/** The shift that is open at this device. */
export interface OpenShift {
  readonly shift: ShiftId;
  /** Device clock. */
  readonly openedAt: number;
  readonly float: Money;
}

/** What the journal says of shifts, up to its last entry. */
export interface ShiftState {
  readonly open: OpenShift | null;
  /** The number of the last Z report; 0 before the first. */
  readonly zNo: number;
  /** The seq of the last Z report: what stands behind it is covered by none. */
  readonly coveredTo: number;
}

export const NO_SHIFT: ShiftState = { open: null, zNo: 0, coveredTo: 0 };

/** Behind one more entry. A Z number above the entry's own seq was never given: the disk changed it. */
export function shiftAfter(state: ShiftState, entry: DeviceEntry): ShiftState {
  const counted = (no = 0) => (no <= entry.seq ? Math.max(state.zNo, no) : state.zNo);
  switch (entry.kind) {
    case 'shift-open': {
      const { shift, float } = entry.body;
      return { ...state, open: { shift, float, openedAt: entry.at } };
    }
    case 'shift-close':
      return { open: null, zNo: counted(entry.body.zNo), coveredTo: entry.seq };
    case 'snapshot':
      return { ...state, zNo: counted(entry.body.zNo) };
    default:
      return state;
  }
}
