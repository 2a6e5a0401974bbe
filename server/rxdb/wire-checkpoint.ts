import type { Checkpoint } from '../../schema/protocol/checkpoint.ts';
import { parseCheckpoint } from '../core/checkpoint.ts';

/** A place in a collection as stock RxDB clients keep it. They only ever hand it back. */
export interface WireCheckpoint {
  /** Our whole checkpoint. The client sets it into a URL as it is, so it holds nothing that would need escaping. */
  readonly id: string;
  /** Grows with every change that the device may read, through all epochs. For people who look at it: nothing reads it here. */
  readonly lwt: number;
}

/** Changes that fit into one epoch's part of `lwt`; 8,191 epochs fit above it into the safe integers. */
const CHANGES_PER_EPOCH = 2 ** 40;

export function toWireCheckpoint(checkpoint: Checkpoint): WireCheckpoint {
  const seqs = Object.values(checkpoint.scopes).map(({ seq }) => seq);
  return {
    id: Buffer.from(JSON.stringify(checkpoint)).toString('base64url'),
    lwt: checkpoint.epoch.n * CHANGES_PER_EPOCH + seqs.reduce((sum, seq) => sum + seq, 0),
  };
}

/** The checkpoint inside a wire checkpoint's `id`. What is none counts as the beginning. */
export function fromWireId(id: unknown): Checkpoint | undefined {
  return typeof id === 'string' ? parseCheckpoint(Buffer.from(id, 'base64url').toString()) : undefined;
}
