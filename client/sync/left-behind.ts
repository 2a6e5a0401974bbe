import type { Epoch } from '../../schema/epoch.ts';
import { type DeviceId, entryId, splitEntryId } from '../../schema/ids.ts';
import type { BranchEntry } from '../../schema/protocol/pull.ts';
import type { StatusAnswer } from '../../schema/protocol/status.ts';
import type { Result } from '../../schema/result.ts';
import type { Random } from '../device/device-deps.ts';
import type { Journal, OwnEntry } from '../store/journal.ts';
import type { Shelf } from '../store/shelf.ts';
import { type HandInDeps, handIn } from './hand-in.ts';
import type { NetFault } from './http.ts';
import type { IdleTask } from './idle-work.ts';

export interface LeftBehindDeps extends Pick<HandInDeps, 'http' | 'rowsMax' | 'findings' | 'onHandedIn' | 'onFault'> {
  readonly journal: Pick<Journal, 'strangers'>;
  readonly shelf: Pick<Shelf<OwnEntry>, 'find'>;
  readonly random: Pick<Random, 'number'>;
  readonly epoch: () => Epoch;
  readonly certificateOf: (device: DeviceId) => string | undefined;
  readonly askStatus: () => Promise<Result<StatusAnswer, NetFault>>;
  readonly every: () => number;
}

/**
 * A device whose vault was lost is enrolled anew on its old disk: what the one before it wrote lies there still, perhaps unsent. It is handed
 * in like any other device's, as its signatures and its certificate prove it, and stays on the disk.
 */
export function leftBehindTask(deps: LeftBehindDeps): IdleTask {
  return {
    name: 'Handing in what an earlier device left here',
    every: deps.every,
    run: async (mayGoOn) => {
      const strangers = deps.journal.strangers();
      if (strangers.length === 0) return true;
      const answer = await deps.askStatus();
      if (!answer.ok || !mayGoOn()) return false;
      const others = () => strangers.map((deviceId) => ({ deviceId, certificate: deps.certificateOf(deviceId) }));
      const read = (device: DeviceId, above: number, limit: number) => readOf(deps.shelf, device, above, limit);
      // Where the server files it under another id it is pulled from there; this copy of it stays.
      const onMoved = async () => undefined;
      const ended = await handIn({ ...deps, others, read, mayGoOn, onMoved }, answer.value);
      return ended !== 'interrupted' && ended.done;
    },
  };
}

/** Entries of a device above a seq, as if they had been pulled. */
async function readOf(
  shelf: LeftBehindDeps['shelf'],
  device: DeviceId,
  above: number,
  limit: number,
): Promise<readonly BranchEntry[]> {
  const rows = await shelf.find({ where: { id: { $gte: entryId(device, above + 1) } }, sort: ['id'], limit });
  return rows
    .filter(({ id }) => splitEntryId(id).deviceId === device)
    .map(({ signature, ...entry }) => {
      const { seq } = splitEntryId(entry.id);
      return { id: entry.id, deviceId: device, seq, hash: entry.hash, entry, signature } as unknown as BranchEntry;
    });
}
