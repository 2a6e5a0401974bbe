import { canonicalJson } from '../../schema/canonical-json.ts';
import type { Edit } from '../../schema/edit.ts';
import { productFieldsShape } from '../../schema/product.ts';

/** A document as an RxDB client sends it: nothing but the id is known of it yet. */
export type WireDocument = { readonly id: string; readonly [field: string]: unknown };

/** One row of a push: what the client wants, and what it took for the server's state before. */
export interface PushRow {
  readonly newDocumentState: WireDocument;
  readonly assumedMasterState: Readonly<Record<string, unknown>> | null;
}

/**
 * The rows of a push; null when it holds anything else. A row without an id could never be answered for, and the
 * client would take the silence for a yes, so such a push is refused whole.
 */
export function readPushRows(body: unknown): readonly PushRow[] | null {
  if (!Array.isArray(body)) return null;
  const rows = body.map(readRow);
  return rows.every((row) => row !== null) ? rows : null;
}

function readRow(row: unknown): PushRow | null {
  const { newDocumentState: next, assumedMasterState: assumed = null } = isRecord(row) ? row : {};
  if (!isRecord(next) || typeof next.id !== 'string' || next.id === '') return null;
  return assumed === null || isRecord(assumed)
    ? { newDocumentState: next as WireDocument, assumedMasterState: assumed }
    : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The product fields that a row changes: their new values, and the former ones as the client knew them. */
export function changedFields({
  newDocumentState: next,
  assumedMasterState: assumed,
}: PushRow): Pick<Edit, 'patch' | 'base'> {
  const patch: Edit['patch'] = {};
  const base: Edit['base'] = {};
  for (const field of Object.keys(productFieldsShape.shape)) {
    if (!Object.hasOwn(next, field)) continue;
    const isKnown = assumed !== null && Object.hasOwn(assumed, field);
    if (isKnown && canonicalJson(assumed[field]) === canonicalJson(next[field])) continue;
    patch[field] = next[field] as Edit['patch'][string];
    if (isKnown) base[field] = assumed[field] as Edit['patch'][string];
  }
  return { patch, base };
}

/** Whether a client that holds `next` holds what the server has. The revision is the server's own and follows by itself. */
export function isSameContent(stored: object, next: object): boolean {
  return canonicalJson(contentOf(stored)) === canonicalJson(contentOf(next));
}

function contentOf(document: object): object {
  return Object.fromEntries(Object.entries(document).filter(([field]) => field !== 'rev' && !field.startsWith('_')));
}
