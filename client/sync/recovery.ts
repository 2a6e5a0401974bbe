import type { Epoch } from '../../schema/epoch.ts';
import { sameEpoch } from '../../schema/epoch.ts';
import type { BranchEntry } from '../../schema/protocol/pull.ts';
import type { StatusAnswer } from '../../schema/protocol/status.ts';
import type { Result } from '../../schema/result.ts';
import type { Random } from '../device/device-deps.ts';
import type { BranchJournal } from '../store/branch-journal.ts';
import type { Shelf } from '../store/shelf.ts';
import type { Tried } from './errand.ts';
import { type HandInDeps, handIn, type ToldHeads } from './hand-in.ts';
import type { NetFault } from './http.ts';
import type { LevelCheck } from './level-check.ts';
import type { PushRow } from './push-body.ts';

export interface RecoveryDeps extends Omit<HandInDeps, 'onMoved' | 'read'> {
  readonly random: Random;
  readonly isRecovered: () => boolean;
  readonly keepRecovered: () => Promise<void>;
  /** True when all but the branch journal was pulled to its end in the present epoch. */
  readonly isPulled: () => boolean;
  readonly askStatus: () => Promise<Result<StatusAnswer, NetFault>>;
  readonly branchJournal: Pick<BranchJournal, 'after'>;
  readonly branchShelf: Pick<Shelf<BranchEntry>, 'find' | 'remove'>;
  readonly levelCheck: Pick<LevelCheck, 'sweep'>;
  readonly followEpoch: () => Promise<boolean>;
  /** Takes what the server says of own entries. True when its history is a new one. */
  readonly follow: (answer: StatusAnswer) => Promise<boolean>;
}

/** Devices of a branch that saw the same restore do not hand in the same entries in the same moment. */
const SPREAD_MS = 5_000;

/** What a device does for others and at last for itself when the server began a new history. */
export interface Recovery {
  run(): Promise<Tried>;
}

/**
 * After own entries are through and all but the branch journal is pulled: hands in what the server lacks of others, then lets go
 * of what the new history does not have; the branch journal is pulled last. Nothing of it is lost by a crash: until all is done, it
 * begins again.
 */
export function createRecovery(deps: RecoveryDeps): Recovery {
  let spreadFor: Epoch | null = null;
  return {
    run: async () => {
      // Own entries and the pull come first, and ask again when they are through.
      if (deps.isRecovered() || !deps.isPulled() || !deps.mayGoOn()) return { done: true };
      const epoch = deps.epoch();
      if (!sameEpoch(spreadFor, epoch)) {
        spreadFor = epoch;
        return { done: false, notBeforeMs: Math.ceil(deps.random.number() * SPREAD_MS) };
      }
      const answer = await deps.askStatus();
      if (!answer.ok) return failed(deps, answer.error);
      const isNew = await deps.follow(answer.value);
      if (!sameEpoch(answer.value.epoch, epoch)) return { done: isNew };
      if (!deps.mayGoOn()) return { done: true };
      return recover(deps, answer.value);
    },
  };
}

async function recover(deps: RecoveryDeps, told: ToldHeads): Promise<Tried> {
  const { branchJournal } = deps;
  const onMoved: HandInDeps['onMoved'] = (held) => forgetRow(deps, held);
  // A server of version 1 names no heads, and takes no entries of others.
  const ended =
    told.heads === undefined
      ? ({ done: true } as const)
      : await handIn({ ...deps, onMoved, read: branchJournal.after }, told);
  if (ended === 'interrupted') {
    // By own entries, which ask again when they are through; or by a history that began meanwhile.
    if (deps.mayGoOn()) await deps.followEpoch();
    return { done: true };
  }
  if (!ended.done) return ended;
  const swept = await deps.levelCheck.sweep(deps.mayGoOn);
  if (swept.done) await deps.keepRecovered();
  return swept;
}

/** The server has it under another id, from where it is pulled: at this one it is of no history. */
async function forgetRow({ branchShelf }: RecoveryDeps, { id, hash }: Pick<PushRow, 'id' | 'hash'>): Promise<void> {
  const held = await branchShelf.find({ where: { id } });
  await branchShelf.remove(held.flatMap((entry) => (entry.hash === hash ? [entry.id] : [])));
}

function failed({ onFault }: RecoveryDeps, fault: NetFault): Tried {
  onFault(fault);
  return { done: false, notBeforeMs: (fault.kind === 'refused' && fault.retryAfterMs) || 0 };
}
