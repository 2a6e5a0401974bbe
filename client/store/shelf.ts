import type { Cancel } from '../device/device-deps.ts';
import type { Layers } from './log/stored-docs.ts';

/** What to read: exact values or bounds of indexed fields, in the order of `sort`. */
export interface ShelfQuery {
  readonly where?: Readonly<Record<string, ShelfCondition>>;
  readonly sort?: readonly string[];
  readonly limit?: number;
}
export type ShelfCondition =
  | string
  | number
  | boolean
  | { readonly $gt?: number | string; readonly $gte?: number | string };

/**
 * One collection as the store uses it: documents in, documents out, nothing of RxDB showing. Reads go to the disk, never
 * to a cache, because another tab may have written. Everything resolves after the storage's own write.
 */
export interface Shelf<Doc extends object> {
  /**
   * Writes a new document. False, and nothing written, when its key is on disk already. `prove` is asked while the disk is at work on it and
   * before that may end: where it throws nothing is written, and this rejects with it. Rejects when the disk fails.
   */
  insert(doc: Doc, prove?: () => void): Promise<boolean>;
  /** Writes new documents in one go. Rejects when the disk fails, or a key is on it already; what was written then stays. */
  insertAll(docs: readonly Doc[]): Promise<void>;
  /** Writes a document whole, whether it was there or not. */
  replace(doc: Doc): Promise<void>;
  /** Writes documents whole in one go, whether they were there or not. Rejects when the disk fails, and then none of them is written. */
  replaceAll(docs: readonly Doc[]): Promise<void>;
  /** Those of the ids that are there, in no particular order. */
  byIds(ids: readonly string[]): Promise<Doc[]>;
  find(query: ShelfQuery): Promise<Doc[]>;
  count(): Promise<number>;
  /**
   * All documents in pages, in no particular order, where the storage has them in memory: no query, and no index for it. One that was written again may
   * come twice, the last as it is.
   */
  readonly inMemory?: (size: number) => Iterable<readonly Doc[]> | null;
  /** The same without reading any of them, behind a start that found pages with an index; null at any other time. */
  readonly layers?: () => Layers<Doc> | null;
  /** Takes documents off the disk, as if they had never been there: no tombstone stays. Ids that are not there are passed over. */
  remove(ids: readonly string[]): Promise<void>;
  /** Hears of every write of this process, after it. */
  onWritten(act: (docs: readonly Doc[]) => void): Cancel;
  /** Hears of the ids of every removal of this process, after it. */
  onRemoved(act: (ids: readonly string[]) => void): Cancel;
}
