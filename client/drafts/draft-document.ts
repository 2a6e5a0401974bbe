import type { Counter, Doc, ImmutableString } from '@automerge/automerge/slim';
import type { AutomergeApi } from './draft-chunk.ts';
import {
  DRAFT_FIELD_LENGTH_MAX,
  DRAFT_FIELDS_MAX,
  DRAFT_ROWS_MAX,
  type DraftContent,
  type DraftOp,
  type DraftRow,
  type RowMark,
} from './draft-content.ts';

/** Values are JSON texts: one value each, whole, so that two that were set apart never mix into a third. */
type Fields = Record<string, ImmutableString>;
interface Row {
  amount: Counter;
  order: number;
  fields: Fields;
  /**
   * `changed K1#…` or `removed K1#…`, written by every change of the row: what stands here beside each other was done apart. A row is
   * gone only while everybody who touched it last removed it. What follows the # differs each time, or nothing would be written.
   */
  touched: ImmutableString;
}
/** A draft as Automerge keeps it. */
export interface DraftDocument {
  rows: Record<string, Row>;
  fields: Fields;
}

const CHANGED = 'changed ';
const REMOVED = 'removed ';

/** Who does something, and what tells this time from every other. */
export interface Touch {
  readonly by: string;
  readonly stamp: string;
}

/** Does what is wished to the document, inside a change. What names a row that is not there does nothing. */
export function applyOps(
  automerge: AutomergeApi,
  draft: DraftDocument,
  ops: readonly DraftOp[],
  { by, stamp }: Touch,
): void {
  const text = (value: string) => new automerge.ImmutableString(value);
  const touched = (what: string) => text(`${what}${by}#${stamp}`);
  const json = (value: unknown) => text(JSON.stringify(value ?? null));
  for (const wish of ops) {
    if (wish.op === 'set') {
      draft.fields[wish.field] = json(wish.value);
      continue;
    }
    if (wish.op === 'add') {
      const fields = Object.fromEntries(Object.entries(wish.fields).map(([name, value]) => [name, json(value)]));
      const { key, order, amount } = wish;
      draft.rows[key] = { amount: new automerge.Counter(amount), order, fields, touched: touched(CHANGED) };
      continue;
    }
    const row = draft.rows[wish.key];
    if (!row) continue;
    if (wish.op === 'amount') row.amount.increment(wish.by);
    if (wish.op === 'field') row.fields[wish.field] = json(wish.value);
    row.touched = touched(wish.op === 'remove' ? REMOVED : CHANGED);
  }
}

/** What a document says. Throws where it says more than a draft may; a row that cannot be read is left out. */
export function readDocument(automerge: AutomergeApi, doc: Doc<DraftDocument>): DraftContent {
  const keys = Object.keys(doc.rows);
  if (keys.length > DRAFT_ROWS_MAX) throw new Error('A draft of too many rows.');
  const rows = keys.flatMap((key) => readRow(automerge, key, doc.rows[key] as Doc<Row>) ?? []);
  return { fields: readFields(doc.fields), rows: rows.sort(inOrder) };
}

function readRow(automerge: AutomergeApi, key: string, row: Doc<Row>): DraftRow | null {
  const amount = Number(row.amount);
  if (!Number.isSafeInteger(amount) || !Number.isFinite(row.order)) return null;
  const touches = Object.values(automerge.getConflicts(row, 'touched') ?? { only: row.touched }).map(String);
  if (touches.every((touch) => touch.startsWith(REMOVED))) return null;
  const mark = markOf(touches);
  const by = touches.map((touch) => touch.slice(CHANGED.length).replace(/#.*$/, '')).sort();
  return { key, order: row.order, amount, fields: readFields(row.fields), mark, by };
}

function markOf(touches: readonly string[]): RowMark | null {
  if (touches.length < 2) return null;
  return touches.some((touch) => touch.startsWith(REMOVED)) ? 'removed-apart' : 'changed-apart';
}

function readFields(fields: Doc<Fields>): Record<string, unknown> {
  const entries = Object.entries(fields);
  if (entries.length > DRAFT_FIELDS_MAX) throw new Error('Too many fields.');
  return Object.fromEntries(
    entries.map(([name, value]) => {
      const text = String(value);
      if (text.length > DRAFT_FIELD_LENGTH_MAX) throw new Error('A field too long.');
      return [name, JSON.parse(text)];
    }),
  );
}

/** Rows stand as they were added; of two that were added apart, the same one first everywhere. */
function inOrder(left: DraftRow, right: DraftRow): number {
  return left.order - right.order || (left.key < right.key ? -1 : 1);
}
