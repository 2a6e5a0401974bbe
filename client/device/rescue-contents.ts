import type { DeviceEntry } from '../../schema/entry/entry.ts';
import type { TillCode } from '../../schema/ids.ts';
import { addMoney, type Money, subtractMoney } from '../../schema/money.ts';
import type { RescueRow } from '../../schema/rescue-file.ts';
import type { Rescue } from '../../schema/rescue-text.ts';
import { receiptOf } from '../store/branch-journal.ts';

/** What a rescue file holds, for a person to recognise before anything is sent. */
export interface RescueContents {
  readonly till: TillCode;
  /** Entries that can be handed in. */
  readonly entries: number;
  /** Sales and refunds among them, and sales less refunds. */
  readonly receipts: number;
  readonly sum: Money;
  readonly firstReceipt: string | undefined;
  readonly lastReceipt: string | undefined;
  /** Clock of that device at its first and last entry; null where the file has none. */
  readonly span: { readonly from: number; readonly to: number } | null;
  readonly madeAt: number;
  /** Held carts with changes that the server may not have. */
  readonly carts: number;
  /** Entries that were altered, or that nobody can read: they are left out. */
  readonly altered: number;
}

/** Reads the figures of a file from the entries in it, not from anything it says of itself. */
export function rescueContents(
  { device, madeAt, entries, drafts = [] }: Rescue,
  rows: readonly RescueRow[],
): RescueContents {
  const receipts = rows.filter(({ kind }: Partial<DeviceEntry>) => kind === 'sale' || kind === 'refund');
  const numbers = receipts.map((row) => receiptOf(row as unknown as DeviceEntry));
  const times = rows.flatMap(({ at }: Partial<DeviceEntry>) => (Number.isSafeInteger(at) ? [at as number] : []));
  return {
    till: device.till,
    entries: rows.length,
    receipts: receipts.length,
    sum: receipts.reduce(addReceipt, 0 as Money),
    firstReceipt: numbers[0],
    lastReceipt: numbers.at(-1),
    span: times.length === 0 ? null : { from: times.reduce(lesser), to: times.reduce(greater) },
    madeAt,
    carts: drafts.filter(({ kind }) => kind === 'cart').length,
    altered: entries.length - rows.length,
  };
}

function addReceipt(sum: Money, row: RescueRow): Money {
  const { kind, body } = row as unknown as { kind: string; body?: { totals?: { due?: unknown } } };
  const due = body?.totals?.due;
  if (!Number.isSafeInteger(due) || !Number.isSafeInteger(sum + (due as number))) return sum;
  return kind === 'sale' ? addMoney(sum, due as Money) : subtractMoney(sum, due as Money);
}

function lesser(one: number, other: number): number {
  return Math.min(one, other);
}

function greater(one: number, other: number): number {
  return Math.max(one, other);
}
