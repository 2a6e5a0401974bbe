import type { BranchEntry } from '../../schema/protocol/pull.ts';
import type { JournalChange } from '../store/store.ts';

/**
 * An entry as other devices see it, as JSON text: the stored text of what its device wrote is set in as it is, not parsed
 * and written again. What could not be read is not passed on.
 */
export function branchEntryJson(change: JournalChange): string {
  const { id, deviceId, entrySeq, scope, kind, at, hash, receivedAt, verdict, flags } = change;
  const seen = { id, deviceId, seq: entrySeq, branch: scope, kind, at, hash, receivedAt, verdict, flags: [...flags] };
  const text = JSON.stringify(seen satisfies Record<keyof Omit<BranchEntry, 'entry' | 'signature'>, unknown>);
  if (verdict !== 'accepted') return text;
  const signature = change.signature === '' ? '' : `,"signature":${JSON.stringify(change.signature)}`;
  return `${text.slice(0, -1)}${signature},"entry":${change.json}}`;
}
