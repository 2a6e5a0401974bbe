import { readDeviceEntry } from '../../schema/entry/entry.ts';
import { type JournalPush, journalPushShape } from '../../schema/protocol/push.ts';
import { type PlacedRow, placeRow } from '../core/judge-row.ts';

/** A push of which every row was read: it has its place, passed the gate, is what its schema says and what its own hash says. */
export interface ReadPush {
  /** What came beside the rows. */
  readonly beside: Omit<JournalPush, 'entries'>;
  /** The rows as they are stored. */
  readonly texts: readonly string[];
}

/**
 * Reads the bytes of a push as far as nobody need know who sends it. Null where anything is odd about it or one of its rows: then the rules
 * look at it themselves, row by row.
 */
export function readPush(bytes: Uint8Array): ReadPush | null {
  const push = journalPushShape.safeParse(parse(bytes));
  if (!push.success) return null;
  const { entries, ...beside } = push.data;
  const texts: string[] = [];
  for (const entry of entries) {
    const placed = placeRow(entry);
    if (!placed.ok || !placed.value.holds || placed.value.text === null || !readDeviceEntry(entry).ok) return null;
    texts.push(placed.value.text);
  }
  return { beside, texts };
}

/** The JSON of a body in UTF-8; undefined where it is none. */
function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

/** The rows of a push that was read, as the rules take them. */
export function rowsOf({ texts }: ReadPush): PlacedRow[] {
  return texts.map((text) => {
    const row = JSON.parse(text) as PlacedRow['place'] & Pick<PlacedRow, 'deviceId' | 'seq'>;
    const { id, prev, hash, deviceId, seq } = row;
    return { row, place: { id, prev, hash }, deviceId, seq, gateFault: null, text, holds: true, isRead: true };
  });
}
