import type { StatusAnswer } from '../../schema/protocol/status.ts';
import type { Result } from '../../schema/result.ts';
import { verifyJournal } from '../store/verify-journal.ts';
import { findMissingEntries } from './branch-check.ts';
import type { EngineDeps } from './engine.ts';
import type { NetFault } from './http.ts';
import type { IdleTask } from './idle-work.ts';
import type { LevelCheck } from './level-check.ts';
import type { PullRounds } from './pull-rounds.ts';
import { windowDays } from './settings.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

export interface IdleTasksDeps
  extends Pick<EngineDeps, 'journal' | 'branchJournal' | 'findings' | 'memory' | 'settings' | 'enrolment'> {
  readonly askStatus: () => Promise<Result<StatusAnswer, NetFault>>;
  readonly levelCheck: Pick<LevelCheck, 'repair'>;
  readonly rounds: Pick<PullRounds, 'markBehind'>;
  readonly askPull: () => void;
}

/** What a device does while nobody sells: compares with the server every hour or so, and reads its own journal through at night. */
export function idleTasks(deps: IdleTasksDeps): readonly IdleTask[] {
  const checkBranch = createBranchRepair(deps);
  const compare = async (mayGoOn: () => boolean): Promise<boolean> => {
    const { done } = await deps.levelCheck.repair(mayGoOn);
    return done && mayGoOn() && (await checkBranch(mayGoOn));
  };
  return [
    { name: 'Comparing with the server', every: () => deps.settings().digestIntervalMs, run: compare },
    {
      name: 'The nightly check',
      every: 'nightly',
      run: async (mayGoOn) => (await verifyJournal(deps.journal, deps.findings, mayGoOn)) && compare(mayGoOn),
    },
  ];
}

/**
 * Pulls the branch journal anew where entries are missing; once for the same ones, because a closed gap stays one. Those that are missing
 * for the first time may be on their way: they are looked for once more.
 */
function createBranchRepair(deps: IdleTasksDeps): IdleTask['run'] {
  const known = new Set<string>();
  let suspected: ReadonlySet<string> = new Set();
  return async (mayGoOn) => {
    const answer = await deps.askStatus();
    if (!answer.ok || !mayGoOn()) return false;
    const ownDevice = deps.enrolment.device.deviceId;
    const days = windowDays(deps.settings(), deps.enrolment.device.role);
    const since = answer.value.serverTime - days * DAY_MS;
    const missing = await findMissingEntries({ ...deps, ownDevice, since }, answer.value.heads ?? {});
    const unknown = missing.filter((id) => !known.has(id));
    const fresh = unknown.filter((id) => suspected.has(id));
    suspected = new Set(unknown);
    for (const id of fresh) known.add(id);
    if (fresh.length === 0) {
      if (unknown.length > 0) deps.askPull();
      return unknown.length === 0;
    }
    await deps.findings.report('digest', `branchJournal:${fresh[0]}`, {
      collection: 'branchJournal',
      missing: fresh.slice(0, 20),
    });
    await deps.memory.startOver(['branchJournal']);
    deps.rounds.markBehind();
    deps.askPull();
    return true;
  };
}
