import type { Checkpoint } from '../../schema/protocol/checkpoint.ts';
import type { PulledDoc } from './pulled-doc.ts';

/** A checkpoint as it lies on disk: the server's, and the sweep it belongs to. All keys always, because RxDB merges them. */
export interface StoredCheckpoint extends Checkpoint {
  readonly sweep: number;
}

export interface Page {
  readonly documents: readonly PulledDoc[];
  readonly checkpoint: StoredCheckpoint | null;
}

/** Asked for the next page behind `checkpoint`. A page shorter than `limit` is the last of its round. Never rejects. */
export type PageHandler = (checkpoint: StoredCheckpoint | null, limit: number) => Promise<Page>;

export interface WholePage {
  readonly documents: readonly PulledDoc[];
  /** The server's answer, where it says just these documents. */
  readonly answer?: Uint8Array | undefined;
}

/** The way for pages of a pull that fetches a whole collection: nothing is compared that cannot differ. */
export interface Filling {
  /** Writes a page with its checkpoint. True when the page is on disk. Used by one at a time, and not beside `resync` and `emit`. */
  write(page: WholePage, checkpoint: StoredCheckpoint): Promise<boolean>;
}

/** One collection's pull, as the puller drives it: RxDB's replication, or a model of it. */
export interface Replication {
  /**
   * Begins; resolves with the checkpoint on disk. No page is asked for before the first `resync`. `onWriteFailed` hears of a failed
   * write at once: what is written after it would walk over it.
   */
  start(handler: PageHandler, onWriteFailed: () => void): Promise<StoredCheckpoint | null>;
  /** Has `handler` asked for pages until one is short. False when the disk failed so that none will be. */
  resync(): Promise<boolean>;
  /** Writes documents that came without being asked for, and then their checkpoint. */
  emit(documents: readonly PulledDoc[], checkpoint: StoredCheckpoint): void;
  /** There, once it has begun, where the storage can take whole pages of a first pull past the queue. */
  readonly filling?: Filling | undefined;
  /** Documents of the first page of such a pull; known before it begins where {@link filling} will be there. */
  readonly fillRows?: number | undefined;
  /** Resolves when all that was handed over is on disk. False when a write failed since the last time. */
  settled(): Promise<boolean>;
  stop(): Promise<void>;
}
