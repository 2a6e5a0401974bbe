import type { DraftDoc, DraftVerdict } from '../../schema/draft.ts';
import type { Epoch } from '../../schema/epoch.ts';
import { DRAFT_ENDED_KEPT_MS } from '../../schema/limits.ts';
import type { Revision } from '../../schema/revision.ts';
import type { OwnDraftChange } from './own-draft-change.ts';

/** Chunks of a draft after which the device that pushed last writes it whole: a fifth of the bytes, and pages stay small. */
export const DRAFT_CHUNKS_BEFORE_WHOLE = 16;

/**
 * True for an own change that the server took, and of whose draft it served nothing, or only what was there before, in a round of pulls that
 * began later: it was set back unnoticed. Not for an old one: its draft may have ended so long ago that it is served no more.
 */
export function isMissed(
  { verdict, at }: OwnDraftChange,
  served: DraftDoc | undefined,
  epoch: Epoch,
  now: number,
): boolean {
  const isTaken = verdict !== null && verdict.verdict !== 'refused' && verdict.epoch.id === epoch.id;
  const isServed =
    served !== undefined && (served.rev.epoch !== epoch.n || !verdict?.rev || !isBefore(served.rev, verdict.rev));
  return isTaken && !isServed && Math.abs(now - at) < DRAFT_ENDED_KEPT_MS;
}

/** True while no verdict of any history names it. */
export function isWaitingChange({ verdict }: OwnDraftChange): boolean {
  return verdict === null;
}

/** An own change with what the server said of it in a history. */
export function withVerdict(row: OwnDraftChange, said: DraftVerdict, epoch: Epoch): OwnDraftChange {
  const { changeId: _changeId, ...verdict } = said;
  return { ...row, verdict: { ...verdict, epoch } };
}

/**
 * True for a change that the server took and does not hold any more, by a draft that it served later: it goes again. A verdict of an
 * older history says nothing in this one.
 */
export function isLost(row: OwnDraftChange, served: DraftDoc | undefined, epoch: Epoch): boolean {
  const { verdict } = row;
  if (verdict === null || verdict.verdict === 'refused') return false;
  if (verdict.epoch.id !== epoch.id) return true;
  if (verdict.rev === undefined || served === undefined || served.rev.epoch !== epoch.n) return false;
  return !isBefore(served.rev, verdict.rev);
}

function isBefore(left: Revision, right: Revision): boolean {
  return left.epoch < right.epoch || (left.epoch === right.epoch && left.n < right.n);
}

/** True for a draft that ended so long ago that nobody here has to hear of it any more. */
export function isOver({ ending }: DraftDoc, now: number): boolean {
  return ending !== undefined && now - ending.at > DRAFT_ENDED_KEPT_MS;
}

/** True when this device, which pushed last, may put one document in the place of all changes: it has seen them all. */
export function mayWriteWhole(draft: DraftDoc | undefined, own: readonly OwnDraftChange[], device: string): boolean {
  if (!draft || draft.ending || draft.changes.length < DRAFT_CHUNKS_BEFORE_WHOLE) return false;
  return draft.changes.at(-1)?.by === device && !own.some(isWaitingChange);
}
