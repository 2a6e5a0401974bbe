import type { Cancel } from '../device/device-deps.ts';
import type { LogInside } from './log/log-collection.ts';
import type { StoredDoc } from './log/log-record.ts';
import type { OwnDoc } from './log/stored-docs.ts';
import type { RowInside } from './rows/row-collection.ts';
import type { ShelfQuery } from './shelf.ts';

/** A document to write, and what its writer believes to be there. */
export interface WriteRow {
  readonly document: StoredDoc;
  readonly previous?: StoredDoc | undefined;
}

/** A row that was not written: what is there is not what its writer believed. */
export interface WriteError {
  readonly isError: true;
  readonly status: typeof CONFLICT;
  readonly documentId: string;
  readonly writeRow: WriteRow;
  readonly documentInDb: StoredDoc;
  readonly context: string;
}

/** How RxDB says that what is there is not what the writer knew. */
export const CONFLICT = 409;

/** How far a reader of changes came. */
export interface Reached {
  readonly id: string;
  readonly lwt: number;
}

/** What one write did. Without events it says only how far the collection is. */
export interface Change {
  readonly id: string;
  readonly events: readonly ChangedDoc[];
  readonly checkpoint: Reached;
  readonly context: string;
}

export interface ChangedDoc {
  readonly documentId: string;
  readonly operation: 'INSERT' | 'UPDATE' | 'DELETE';
  readonly documentData: StoredDoc;
  readonly previousDocumentData: StoredDoc | null | undefined;
}

/** What of a schema says how a collection lies on the disk. */
export interface StoredSchema {
  readonly version: number;
  readonly primaryKey: string | { readonly key: string };
  /** As RxDB completes them: `_deleted` first, the key last. */
  readonly indexes?: readonly (string | readonly string[])[];
}

export interface StoredPlace {
  readonly databaseName: string;
  readonly collectionName: string;
  readonly schema: StoredSchema;
}

/**
 * A collection on the disk, open: all that RxDB asks of a storage, in RxDB's own form and without any of RxDB's program, so that a first
 * screen need not wait for it. RxDB works on the same one when it comes (`rx-storage.ts`).
 */
export interface StoredCollection {
  readonly place: StoredPlace;
  /** The field that is its documents' key. */
  readonly key: string;
  /** Writes rows; those whose `previous` is not what is there are conflicts (409), and not written. Rejects when the disk fails, and writes nothing. */
  write(rows: readonly WriteRow[], context: string): Promise<{ error: WriteError[] }>;
  /** Those of the ids that are there, in no particular order. */
  byIds(ids: readonly string[], withDeleted: boolean): Promise<StoredDoc[]>;
  /** Documents that are not deleted, without RxDB's fields. Rejects a query that no index of its serves. */
  find(query: ShelfQuery): Promise<OwnDoc[]>;
  /** How many are not deleted. */
  count(): Promise<number>;
  /** What was written behind a checkpoint, in the order of its writing, tombstones too. */
  changedSince(limit: number, checkpoint: Reached | undefined): Promise<ChangedSince>;
  /** Hears of each write of this tab, behind it, and of what other tabs wrote where that is taken in. */
  onChange(act: (change: Change) => void): Cancel;
  /** Takes tombstones off the disk that were written at `until` or before, in milliseconds. */
  cleanup(until: number): Promise<void>;
  /** Takes tombstones of these keys off the disk: one that was written anew meanwhile stays. */
  forget(ids: readonly string[]): Promise<void>;
  /** Takes everything off the disk, and closes. */
  remove(): Promise<void>;
  close(): Promise<void>;
}

export interface ChangedSince {
  readonly documents: StoredDoc[];
  readonly checkpoint: Reached;
}

/** One that may be of a log or of rows. */
export type InsideCollection = StoredCollection & { readonly inside: Partial<LogInside & RowInside> };

/** Where collections are kept. */
export interface Storage<Collection extends StoredCollection = StoredCollection> {
  readonly name: string;
  open(place: StoredPlace): Promise<Collection>;
}

export function keyOf({ primaryKey }: Pick<StoredSchema, 'primaryKey'>): string {
  return typeof primaryKey === 'string' ? primaryKey : primaryKey.key;
}

/** Who listens to a collection. */
export interface Changes {
  readonly listen: StoredCollection['onChange'];
  tell(change: Change): void;
}

export function createChanges(): Changes {
  const listeners = new Set<(change: Change) => void>();
  return {
    listen: (act) => {
      listeners.add(act);
      return () => void listeners.delete(act);
    },
    tell: (change) => {
      for (const act of [...listeners]) act(change);
    },
  };
}
