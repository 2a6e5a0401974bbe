import type { Head } from '../../../schema/entry/entry.ts';
import type { Epoch } from '../../../schema/epoch.ts';
import type { DeviceId, EntryId, ProductId, Scope } from '../../../schema/ids.ts';
import type { Contribution } from '../../../schema/report/contributions.ts';
import type {
  CommitPlace,
  DocumentCollection,
  InboxPush,
  JournalChange,
  SetAside,
  StoredCode,
  StoredDevice,
  StoredDocument,
  StoredEdit,
  StoredEntry,
  StoredRecord,
} from '../store.ts';

/** What can change about a stored entry: everything else of it is for good. */
export type EntryState = Pick<JournalChange, 'seq' | 'verdict' | 'reason' | 'flags'>;

export interface DocumentRow extends StoredDocument {
  readonly collection: DocumentCollection;
  readonly previousSeq: number;
  readonly movedBy: DeviceId | null;
}

/** What one number of a scope's history stands for, and the tag of the commit that gave it. */
export interface CommitRow {
  readonly tag: string;
  readonly change: { readonly kind: 'document' | 'entry'; readonly key: string };
}

/** A daily sum with the branch it belongs to. */
export type ScopedSum = Contribution & { readonly scope: Scope };

/** Every table by name, with what its rows hold. Keys are text; {@link keyOf} makes those of two parts. */
export interface Tables {
  readonly meta: string;
  readonly epoch: Epoch & { readonly begunAt: number };
  /** By scope: where its history ends. */
  readonly place: CommitPlace;
  /** By scope and commit sequence. */
  readonly commit_tag: CommitRow;
  readonly document: DocumentRow;
  /** By scope and barcode; null where no product carries it any more. */
  readonly barcode: ProductId | null;
  readonly product_barcodes: readonly string[];
  readonly entry: Omit<StoredEntry, 'verdict' | 'reason' | 'flags'>;
  readonly entry_state: EntryState;
  /** By device: the places of its chain that are taken, in order. */
  readonly chain: readonly number[];
  readonly sold_cart: readonly EntryId[];
  readonly head: Head;
  readonly set_aside: SetAside;
  readonly aside_count: number;
  /** By scope: entries of which no kind could be read, by id. */
  readonly unreadable: readonly EntryId[];
  /** By target: the entry of a server journal that settled it. */
  readonly settled_target: EntryId;
  readonly device: StoredDevice;
  readonly credential: DeviceId;
  /** By branch and till code, oldest generation first. */
  readonly till: readonly DeviceId[];
  readonly branch: readonly DeviceId[];
  /** By the device from whose journal they diverged. */
  readonly forks: readonly DeviceId[];
  readonly code: StoredCode;
  /** By kind and id; null once it was dropped. */
  readonly record: StoredRecord | null;
  /** By arrival; null once it was taken. */
  readonly inbox: InboxPush | null;
  /** By scope, dimension, day and key; null once they are counted anew. */
  readonly daily_sum: ScopedSum | null;
  readonly edit: StoredEdit;
}
export type TableName = keyof Tables;

/** The tables of which no row ever changes (I13). */
export const INSERT_ONLY: ReadonlySet<TableName> = new Set(['epoch', 'commit_tag', 'entry', 'edit', 'settled_target']);

export type Rows = { readonly [Name in TableName]: Map<string, Tables[Name]> };

/** One row written. */
export interface Put {
  readonly table: TableName;
  readonly key: string;
  readonly value: Tables[TableName];
}

const NAMES: readonly TableName[] = [
  'meta',
  'epoch',
  'place',
  'commit_tag',
  'document',
  'barcode',
  'product_barcodes',
  'entry',
  'entry_state',
  'chain',
  'sold_cart',
  'head',
  'set_aside',
  'aside_count',
  'unreadable',
  'settled_target',
  'device',
  'credential',
  'till',
  'branch',
  'forks',
  'code',
  'record',
  'inbox',
  'daily_sum',
  'edit',
];

/** Tables without rows. */
export function emptyRows(): Rows {
  return Object.fromEntries(NAMES.map((name) => [name, new Map()])) as unknown as Rows;
}

/** The same rows in tables of their own; rows themselves are never changed in place. */
export function cloneRows(rows: Rows): Rows {
  return Object.fromEntries(
    NAMES.map((name) => [name, new Map(rows[name] as Map<string, unknown>)]),
  ) as unknown as Rows;
}

export function applyPuts(rows: Rows, puts: Iterable<Put>): void {
  for (const { table, key, value } of puts) (rows[table] as Map<string, Tables[TableName]>).set(key, value);
}

export function keyOf(first: string | Scope, second: string | number): string {
  return `${first} ${second}`;
}

const commitKeys = new Map<Scope, string[]>();

/** The key of a number of a scope's history. Made once: whoever follows a history asks for all of them again and again. */
export function commitKey(scope: Scope, seq: number): string {
  const keys = commitKeys.get(scope) ?? [];
  if (keys.length === 0) commitKeys.set(scope, keys);
  for (let next = keys.length; next <= seq; next += 1) keys.push(keyOf(scope, next));
  return keys[seq] as string;
}
