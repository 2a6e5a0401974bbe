import type { EntryId } from '../../schema/ids.ts';
import type { Journal } from '../store/journal.ts';
import type { JournalRow } from '../store/journal-index.ts';
import { type Signer, signEntry } from '../store/signer.ts';
import { endsRun, type PushRow, rowsThatFit, stubRow, wholeRow } from './push-body.ts';

/**
 * The first of some own rows that fit into one body: whole, or as stubs where no request can carry them, and signed where the
 * server asks for it.
 */
export async function readBatch(
  { journal, signer }: { readonly journal: Pick<Journal, 'read'>; readonly signer: Signer },
  stubs: ReadonlySet<EntryId>,
  rows: readonly JournalRow[],
): Promise<readonly PushRow[]> {
  const wanted = new Set<string>(rows.map(({ id }) => id));
  const entries = (await Promise.all(runsOf(rows).map(([from, to]) => journal.read(from, to)))).flat();
  const whole = entries.filter(({ id }) => wanted.has(id)).map(wholeRow);
  const batch = rowsThatFit(whole.map((row) => (stubs.has(row.id) ? stubRow(row) : row)));
  return Promise.all(batch.map((row, index) => (endsRun(batch, index) ? withSignature(signer, row) : row)));
}

/** Rows that follow each other, as first and last seq. */
function runsOf(rows: readonly JournalRow[]): [number, number][] {
  const runs: [number, number][] = [];
  for (const { seq } of rows) {
    const last = runs.at(-1);
    if (last && last[1] === seq - 1) last[1] = seq;
    else runs.push([seq, seq]);
  }
  return runs;
}

/** Written under protocol 1, or when the browser refused the key: signed now, beside what is on disk. */
async function withSignature(signer: Signer, row: PushRow): Promise<PushRow> {
  if (row.signature !== undefined) return row;
  return { ...row, signature: await signEntry(signer, row).catch(() => undefined) };
}
