import { sameEpoch } from '../../schema/epoch.ts';
import type { Scope } from '../../schema/ids.ts';
import type { Checkpoint, Position } from '../../schema/protocol/checkpoint.ts';
import type { ReadTx, StoredDevice } from '../store/store.ts';
import { readableScopes } from './checkpoint.ts';
import type { Core } from './core.ts';
import { epochOf } from './epoch.ts';
import type { EpochNeed } from './epoch-keeper.ts';

/**
 * Looks, before anything is answered, whether what a device has pulled is still part of this history; where it is not, the
 * database was rolled back, and one new epoch begins. Only what this server itself signed counts: a device cannot invent it.
 */
export async function noticeRollback(
  core: Core,
  device: StoredDevice,
  checkpoints: readonly (Checkpoint | undefined)[],
): Promise<void> {
  const given = checkpoints.filter((checkpoint) => checkpoint !== undefined);
  if (given.length === 0) return;
  const findNeed = () => core.store.read((tx) => findFirstNeed(core, tx, device, given));
  if (await findNeed()) await core.epochs.beginIf(findNeed);
}

async function findFirstNeed(
  core: Core,
  tx: ReadTx,
  device: StoredDevice,
  checkpoints: readonly Checkpoint[],
): Promise<EpochNeed | null> {
  for (const checkpoint of checkpoints) {
    for (const [scope, position] of signedPositions(core, device, checkpoint)) {
      const need = await findNeed(core, tx, { checkpoint, scope, position });
      if (need) return need;
    }
  }
  return null;
}

/** The positions of a checkpoint that this server made, whenever it did. */
function signedPositions(core: Core, device: StoredDevice, checkpoint: Checkpoint): [Scope, Position][] {
  return readableScopes(device).flatMap((scope) => {
    const position = checkpoint.scopes[scope];
    return position && core.positions.verify(checkpoint.epoch, scope, position) ? [[scope, position]] : [];
  });
}

interface Seen {
  readonly checkpoint: Checkpoint;
  readonly scope: Scope;
  readonly position: Position;
}

async function findNeed(core: Core, tx: ReadTx, { checkpoint, scope, position }: Seen): Promise<EpochNeed | null> {
  const { epoch } = checkpoint;
  if (!sameEpoch(epoch, await epochOf(tx))) {
    const isKnown = core.ledger.knowsEpoch(epoch) || (await tx.epochs()).some((known) => sameEpoch(known, epoch));
    return isKnown ? null : { cause: 'unknown-epoch', after: [epoch] };
  }
  if (position.seq === 0 || (await tx.tagAt(scope, position.seq)) === position.tag) return null;
  return { cause: 'rolled-back', after: [] };
}
