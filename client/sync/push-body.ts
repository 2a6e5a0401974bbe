import type { z } from 'zod';
import type { DeviceEntry } from '../../schema/entry/entry.ts';
import type { EntryId, Hash } from '../../schema/ids.ts';
import { BODY_BYTES_MAX } from '../../schema/limits.ts';
import { utf8Length } from '../../schema/payload-gate.ts';
import type { EntryStub, journalPushShape } from '../../schema/protocol/push.ts';
import type { EntrySignature } from '../../schema/signature.ts';

/** An entry on its way: what its author wrote, whole or as a stub, and the author's signature where there is one. */
export interface PushRow {
  readonly id: EntryId;
  readonly prev: Hash;
  readonly hash: Hash;
  readonly row: object;
  readonly signature: string | undefined;
}

/** What stands around the rows of a push. */
export type PushFrame = Omit<z.infer<typeof journalPushShape>, 'entries' | 'signatures'>;

/** Room in a body for what stands around the rows, certificates apart. */
const BODY_BYTES_SPARE = 4 * 1024;
/** A signature beside its row, in bytes. */
const SIGNATURE_BYTES = 256;

/** An entry as it travels: whole. The signature stands beside it, never inside: what its hash covers is what travels. */
export function wholeRow({ signature, ...entry }: DeviceEntry & { readonly signature?: string | undefined }): PushRow {
  const { id, prev, hash } = entry;
  return { id, prev, hash, row: entry, signature };
}

/** An entry too large to travel: its place in the chain, signed like the entry. */
export function stubRow({ id, prev, hash, row, signature }: PushRow): PushRow {
  const stub: EntryStub = { id, prev, hash, stub: true, bytes: utf8Length(JSON.stringify(row)) };
  return { id, prev, hash, row: stub, signature };
}

/** The first rows that fit into one body; at least one. */
export function rowsThatFit(rows: readonly PushRow[]): readonly PushRow[] {
  let bytes = BODY_BYTES_SPARE;
  const over = rows.findIndex(({ row }) => {
    bytes += utf8Length(JSON.stringify(row)) + SIGNATURE_BYTES;
    return bytes > BODY_BYTES_MAX;
  });
  return over === -1 ? rows : rows.slice(0, Math.max(1, over));
}

/** True where no row follows that is chained to this one: the server asks for a signature here. */
export function endsRun(rows: readonly PushRow[], index: number): boolean {
  return rows[index + 1]?.prev !== rows[index]?.hash;
}

export function pushBody(rows: readonly PushRow[], frame: PushFrame): z.infer<typeof journalPushShape> {
  const signatures = rows.flatMap(({ id, hash, signature }): EntrySignature[] =>
    signature === undefined ? [] : [{ id, hash, signature }],
  );
  return { entries: rows.map(({ row }) => row), signatures, ...frame };
}
