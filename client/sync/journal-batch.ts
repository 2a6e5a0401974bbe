import { EMPTY_HEAD, hashHolds } from '../../schema/chain.ts';
import { entryPlaceShape } from '../../schema/entry/entry.ts';
import { type EntryId, splitEntryId } from '../../schema/ids.ts';
import type { Journal, OwnEntry } from '../store/journal.ts';
import type { JournalRow } from '../store/journal-index.ts';
import { type Signer, signEntry } from '../store/signer.ts';
import { endsRun, type PushRow, rowsThatFit, stubRow, wholeRow } from './push-body.ts';

/**
 * The first of some own rows that fit into one body: whole, or as stubs where no request can carry them, and signed where the
 * server asks for it.
 */
export async function readBatch(
  { journal, signer }: { readonly journal: Pick<Journal, 'index' | 'read'>; readonly signer: Signer },
  stubs: ReadonlySet<EntryId>,
  rows: readonly JournalRow[],
): Promise<readonly PushRow[]> {
  const wanted = new Set<string>(rows.map(({ id }) => id));
  const entries = (await Promise.all(runsOf(rows).map(([from, to]) => journal.read(from, to)))).flat();
  const whole = entries.filter(({ id }) => wanted.has(id)).map((entry) => soundRow(journal.index, entry));
  const batch = rowsThatFit(whole.map((row) => (stubs.has(row.id) ? stubRow(row) : row)));
  return Promise.all(batch.map((row, index) => (mustBeSigned(batch, index) ? withSignature(signer, row) : row)));
}

/**
 * An entry as it travels, or, where the disk damaged its very place in the chain, that place as its neighbours know it: the server
 * would refuse the row, and everything behind it would wait for it.
 */
function soundRow(index: Pick<Journal['index'], 'row'>, entry: OwnEntry): PushRow {
  const { id } = entry;
  const { seq } = splitEntryId(id);
  const hash = index.row(seq)?.hash ?? entry.hash;
  const place = entryPlaceShape.safeParse(entry);
  if (place.success && entry.hash === hash) return wholeRow(entry);
  const prev = index.row(seq - 1)?.hash ?? (place.success ? entry.prev : EMPTY_HEAD.hash);
  return stubRow({ id, prev, hash, row: entry, signature: undefined });
}

/** At the end of a run, and before a row that is not what its hash says: such a one vouches for none before it. */
function mustBeSigned(rows: readonly PushRow[], index: number): boolean {
  const [own, next] = [rows[index], rows[index + 1]];
  if (own?.signature !== undefined) return false;
  return next === undefined || endsRun(rows, index) || !hashHolds({ ...next.row, hash: next.hash });
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
  return { ...row, signature: await signEntry(signer, row).catch(() => undefined) };
}
