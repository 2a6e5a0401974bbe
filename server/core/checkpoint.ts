import type { Epoch } from '../../schema/epoch.ts';
import { sameEpoch } from '../../schema/epoch.ts';
import { branchScope, COMPANY_SCOPE, type Scope } from '../../schema/ids.ts';
import { type Checkpoint, checkpointShape, type Position } from '../../schema/protocol/checkpoint.ts';
import type { ReadTx, StoredDevice } from '../store/store.ts';
import type { Core } from './core.ts';
import { epochOf } from './epoch.ts';

/**
 * The grant under which a device reads the company and its home branch: for as long as the device exists. Reading other
 * branches will bring grants of their own.
 */
const HOME_GRANT = 'home';

/** The scopes a device may read. Only its credential decides them (I9). */
export function readableScopes(device: StoredDevice): readonly Scope[] {
  return [COMPANY_SCOPE, branchScope(device.branch)];
}

/** Reads a checkpoint from a URL. What is none counts as the beginning. */
export function parseCheckpoint(text: unknown): Checkpoint | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    return checkpointShape.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/**
 * From where a scope is to be read on: the checkpoint's seq, where this server made it, in this epoch, and still has the
 * commit it names; otherwise 0. A device that starts over gets what it has again, which costs time and nothing else.
 */
export async function startOf(
  core: Core,
  tx: ReadTx,
  checkpoint: Checkpoint | undefined,
  scope: Scope,
): Promise<number> {
  const position = checkpoint?.scopes[scope];
  if (!checkpoint || !position || position.seq === 0) return 0;
  if (!sameEpoch(checkpoint.epoch, await epochOf(tx)) || position.grant !== HOME_GRANT) return 0;
  if (!core.positions.verify(checkpoint.epoch, scope, position)) return 0;
  return (await tx.tagAt(scope, position.seq)) === position.tag ? position.seq : 0;
}

/** A checkpoint from one position per scope, all of them of `epoch`. */
export function makeCheckpoint(epoch: Epoch, positions: ReadonlyMap<Scope, Position>): Checkpoint {
  const scopes = [...positions].map(([scope, position]) => [scope, { ...position, grant: HOME_GRANT }]);
  return { epoch, scopes: Object.fromEntries(scopes) };
}

/** The position right behind change `seq`. */
export async function positionAt(core: Core, tx: ReadTx, scope: Scope, seq: number): Promise<Position> {
  const tag = seq === 0 ? '' : await tx.tagAt(scope, seq);
  if (tag === undefined) throw new Error(`Invariant broken: no commit made change ${seq} of ${scope}.`);
  return core.positions.sign(await epochOf(tx), scope, { seq, tag });
}
