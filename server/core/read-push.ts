import { readDeviceEntry } from '../../schema/entry/entry.ts';
import { type JournalPush, journalPushShape } from '../../schema/protocol/push.ts';
import { type EntrySignature, entrySignatureShape } from '../../schema/signature.ts';
import { type PlacedRow, placeRow } from './judge-row.ts';
import { type OwnRun, ownRunOf } from './own-run.ts';

/** A push of which every row was read: it has its place, passed the gate, is what its schema says and what its own hash says. */
export interface ReadPush {
  /** What came beside the rows. */
  readonly beside: Omit<JournalPush, 'entries'>;
  /** The rows as they are stored, in UTF-8, one to a line. */
  readonly rows: Uint8Array;
  readonly count: number;
  /** Where they are one stretch of their device's chain. */
  readonly run: OwnRun | null;
}

/**
 * Reads the body of a push as far as nobody need know who sends it. Null where anything is odd about it or one of its rows: then the rules
 * look at it themselves, row by row.
 */
export function readPush(body: unknown): ReadPush | null {
  const push = readBeside(body);
  if (!push) return null;
  const rows: PlacedRow[] = [];
  for (const entry of push.entries) {
    const placed = placeRow(entry);
    if (!placed.ok || !placed.value.holds || placed.value.text === null || !readDeviceEntry(entry).ok) return null;
    rows.push(placed.value);
  }
  const lines = rows.map(({ text }) => text).join('\n');
  return {
    beside: push.beside,
    rows: new TextEncoder().encode(lines),
    count: rows.length,
    run: ownRunOf(rows),
  };
}

/** The rows of a push as they came, and what came beside them. Null where anything is odd about that. */
export function readBeside(body: unknown): { readonly entries: unknown[]; readonly beside: ReadPush['beside'] } | null {
  const push = journalPushShape.safeParse(body);
  if (!push.success) return null;
  const { entries, signatures: claimed, ...rest } = push.data;
  const signatures = claimed && readAll(claimed);
  return signatures === null ? null : { entries, beside: { ...rest, ...(signatures ? { signatures } : {}) } };
}

/** Signatures and nothing else, whatever came with them: it lies in the inbox until the push is taken. Null where one is none. */
function readAll(claimed: readonly unknown[]): EntrySignature[] | null {
  const signatures = claimed.map((one) => entrySignatureShape.safeParse(one).data);
  return signatures.every((one) => one !== undefined) ? signatures : null;
}

/** Rows that were read before, as the rules take them: of a push, or of what waits in the inbox. */
export function placedRows(rows: Uint8Array): PlacedRow[] {
  return linesOf(rows).map((text) => {
    const row = JSON.parse(text) as PlacedRow['place'] & Pick<PlacedRow, 'deviceId' | 'seq'>;
    const { id, prev, hash, deviceId, seq } = row;
    return { row, place: { id, prev, hash }, deviceId, seq, gateFault: null, text, holds: true, isRead: true };
  });
}

/** The texts of rows that were read before. */
export function linesOf(rows: Uint8Array): string[] {
  return new TextDecoder().decode(rows).split('\n');
}
