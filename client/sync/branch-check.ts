import type { DeviceId } from '../../schema/ids.ts';
import type { StatusAnswer } from '../../schema/protocol/status.ts';
import type { BranchJournal } from '../store/branch-journal.ts';

export interface BranchCheckDeps {
  readonly ownDevice: DeviceId;
  readonly branchJournal: Pick<BranchJournal, 'after'>;
  /** Server time from which on entries are here for certain; older ones come only where their verdict changed, and go again. */
  readonly since: number;
}

/** Entries below a device's head that are looked at. Older ones were looked at on earlier days. */
const LOOKED_AT = 500;

/**
 * The devices of which entries are missing here: below the server's head, and behind the oldest one held. What lies before that
 * one is outside this device's window.
 */
export async function findMissingEntries(
  { ownDevice, branchJournal, since }: BranchCheckDeps,
  heads: NonNullable<StatusAnswer['heads']>,
): Promise<readonly string[]> {
  const missing: string[] = [];
  for (const [device, { seq: head }] of Object.entries(heads)) {
    if (device === ownDevice) continue;
    const held = await branchJournal.after(device as DeviceId, Math.max(0, head - LOOKED_AT), LOOKED_AT);
    const seqs = new Set(held.map(({ seq }) => seq));
    const oldest = held.find(({ receivedAt }) => receivedAt >= since)?.seq ?? head + 1;
    for (let seq = oldest; seq <= head; seq += 1) if (!seqs.has(seq)) missing.push(`${device}:${seq}`);
  }
  return missing;
}
