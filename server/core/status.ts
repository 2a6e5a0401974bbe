import { EMPTY_HEAD } from '../../schema/chain.ts';
import type { Scope } from '../../schema/ids.ts';
import { knownCollections } from '../../schema/protocol/known-collections.ts';
import type { StatusAnswer, StatusRequest } from '../../schema/protocol/status.ts';
import { PROTOCOL_VERSION } from '../../schema/protocol/version.ts';
import type { PulledCollection } from '../../schema/roles.ts';
import type { ReadTx, StoredDevice } from '../store/store.ts';
import { readableScopes, startOf } from './checkpoint.ts';
import type { Core } from './core.ts';
import { countKnown } from './count-known.ts';
import { epochOf } from './epoch.ts';
import { windowOf, windowStart } from './journal-window.ts';
import { lackingOf } from './lacking.ts';
import { noticeRollback } from './rollback.ts';
import { toldHead } from './told-head.ts';

/**
 * How far a device is behind: per collection all documents it may hold, and those after its checkpoint. Collections that its
 * `protocol` does not know are not named.
 */
export async function readStatus(
  core: Core,
  device: StoredDevice,
  request: StatusRequest,
  protocol = PROTOCOL_VERSION,
): Promise<StatusAnswer> {
  await noticeRollback(core, device, Object.values(request.checkpoints));
  return core.store.read(async (tx) => {
    const scopes: Record<Scope, number> = {};
    for (const scope of readableScopes(device)) scopes[scope] = (await tx.place(scope)).seq;
    const collections = {} as StatusAnswer['collections'];
    for (const name of knownCollections(protocol))
      collections[name] = await countCollection(core, tx, { device, request, name, protocol });
    const head = await toldHead(tx, device.deviceId);
    const [epoch, serverTime, backedUp] = [await epochOf(tx), core.deps.now(), backedUpTo(core, device)];
    const branch = request.onlyLag ? {} : await readBranch(tx, device);
    return { epoch, serverTime, head, ...branch, backedUp, scopes, collections };
  });
}

/** Up to where others may pull each device of the branch, and what is lacking below that. */
async function readBranch(
  tx: ReadTx,
  { branch }: StoredDevice,
): Promise<Required<Pick<StatusAnswer, 'heads' | 'lacking'>>> {
  const heads: StatusAnswer['heads'] = {};
  const lacking: StatusAnswer['lacking'] = {};
  for (const { deviceId } of await tx.devicesOfBranch(branch)) {
    // What of it waits in the inbox nobody can pull: it would look as if it were missing there.
    heads[deviceId] = (await tx.head(deviceId)) ?? EMPTY_HEAD;
    const stretches = await lackingOf(tx, deviceId);
    if (stretches.length > 0) lacking[deviceId] = [...stretches];
  }
  return { heads, lacking };
}

/** The last own entry that is in the newest backup; 0 when there is none. */
function backedUpTo(core: Core, { deviceId }: StoredDevice): number {
  return core.ledger.lastBackup()?.heads[deviceId]?.seq ?? 0;
}

interface Counted {
  readonly device: StoredDevice;
  readonly request: StatusRequest;
  readonly name: PulledCollection;
  readonly protocol: number;
}

async function countCollection(core: Core, tx: ReadTx, counted: Counted): Promise<{ total: number; lag: number }> {
  const { device, request, name } = counted;
  let [total, lag] = [0, 0];
  const days = windowOf(device.role, request.windowDays);
  for (const scope of readableScopes(device)) {
    const reached = await startOf(core, tx, request.checkpoints[name], scope);
    const first = name === 'branchJournal' ? await windowStart(core, tx, scope, days) : 0;
    if (!request.onlyLag) total += await countAfter(tx, counted, scope, first);
    lag += await countAfter(tx, counted, scope, reached > 0 ? reached : first);
  }
  return { total, lag };
}

function countAfter(tx: ReadTx, { device, name, protocol }: Counted, scope: Scope, after: number): Promise<number> {
  if (name === 'branchJournal') return tx.countJournal(scope, after, device.deviceId);
  return countKnown(tx, protocol, name, { scope, after });
}
