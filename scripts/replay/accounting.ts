import type { Part, PlannedInvoice } from './plan.ts';
import type { Oddity, SalesFile } from './sales-file.ts';

/** Where every line of a sales file went. */
export interface Accounting {
  readonly lines: number;
  readonly byPart: Readonly<Record<Part, number>>;
  readonly skipped: readonly Oddity[];
  readonly changed: readonly Oddity[];
  readonly entries: Readonly<Record<Part, number>>;
}

/** Counts where the lines went. Throws when a line is nowhere or in two places. */
export function accountForLines(file: SalesFile, plan: readonly PlannedInvoice[]): Accounting {
  const byPart = { sale: 0, refund: 0, adjust: 0, correction: 0 };
  const entries = { ...byPart };
  for (const entry of plan.flatMap((invoice) => invoice.entries)) {
    byPart[entry.part] += entry.rows;
    entries[entry.part] += 1;
  }
  const planned = byPart.sale + byPart.refund + byPart.adjust + byPart.correction;
  if (planned !== file.rows.length) throw new Error(`${file.rows.length} lines were read, but ${planned} planned.`);
  const lines = file.rows.length + file.skipped.length;
  return { lines, byPart, skipped: file.skipped, changed: file.changed, entries };
}
