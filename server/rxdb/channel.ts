import type { Scope } from '../../schema/ids.ts';
import type { Checkpoint, Position } from '../../schema/protocol/checkpoint.ts';
import type { PulledCollection } from '../../schema/roles.ts';
import { makeCheckpoint, readableScopes } from '../core/checkpoint.ts';
import type { Core } from '../core/core.ts';
import { epochOf } from '../core/epoch.ts';
import { pull } from '../core/pull.ts';
import type { StoredDevice } from '../store/store.ts';
import { createWakeLoop } from '../wake-loop.ts';
import { EVENT_DOCUMENTS_MAX } from './limits.ts';
import { pageText } from './wire-text.ts';

/** Devices that read the same documents of a collection: each change is read and written as text once for all of them. */
export interface Channel {
  readonly scopes: readonly Scope[];
  /** Reads what is new. Calls while it reads make it read once more. */
  wake(): void;
}

/** What tells channels apart: collection and branch, and for entries the device, since nobody is served its own. */
export function channelKey(device: StoredDevice, collection: PulledCollection): string {
  return JSON.stringify([collection, device.branch, collection === 'branchJournal' ? device.deviceId : '']);
}

/** Where everything that the device may read ends now. */
export function readEnd(core: Core, device: StoredDevice): Promise<Checkpoint> {
  return core.store.read(async (tx) => {
    const epoch = await epochOf(tx);
    const ends = new Map<Scope, Position>();
    for (const scope of readableScopes(device))
      ends.set(scope, core.positions.sign(epoch, scope, await tx.place(scope)));
    return makeCheckpoint(epoch, ends);
  });
}

/** Follows a collection from `start` on, as `device` and those like it may read it, by the very pages that they would pull. */
export function createChannel(
  core: Core,
  device: StoredDevice,
  { collection, start }: { readonly collection: PulledCollection; readonly start: Checkpoint },
  send: (page: string) => void,
): Channel {
  let checkpoint = start;
  const readOnce = async (): Promise<boolean> => {
    const page = await pull(core, device, { collection, checkpoint, limit: EVENT_DOCUMENTS_MAX });
    checkpoint = page.checkpoint;
    if (page.documents.length > 0) send(pageText(collection, page));
    return page.more;
  };
  // The next wake-up tries again from the same place.
  const wake = createWakeLoop(readOnce, (error) =>
    core.deps.log.warn({ err: error, collection }, 'changes for RxDB clients could not be read'),
  );
  return { scopes: readableScopes(device), wake };
}
