import { DIGESTED_COLLECTIONS } from '../../schema/protocol/digest.ts';
import type { AskStatus } from './ask-status.ts';
import type { EngineDeps } from './engine.ts';
import { createRecovery, type Recovery, type RecoveryDeps } from './recovery.ts';

export interface RecoveryOpening
  extends Pick<
      EngineDeps,
      'world' | 'enrolment' | 'memory' | 'board' | 'settings' | 'findings' | 'branchJournal' | 'company' | 'shelves'
    >,
    Pick<RecoveryDeps, 'http' | 'levelCheck' | 'mayGoOn' | 'followEpoch' | 'follow' | 'onFault'> {
  readonly askStatus: AskStatus;
  readonly askPull: () => void;
}

/** What this device does for others in a new epoch, with what it holds. */
export function openRecovery(deps: RecoveryOpening): Recovery {
  const { world, memory, board, settings, enrolment, company } = deps;
  return createRecovery({
    ...deps,
    random: world.random,
    epoch: () => memory.acknowledged().epoch,
    isRecovered: memory.isRecovered,
    keepRecovered: async () => {
      await memory.keepRecovered();
      deps.askPull();
    },
    isPulled: () => DIGESTED_COLLECTIONS.every((name) => memory.pull().complete.includes(name)),
    askStatus: () => deps.askStatus(() => null),
    branchShelf: deps.shelves.branchJournal,
    others: () =>
      company.devices
        .get()
        .filter(({ device }) => device !== enrolment.device.deviceId)
        .map(({ device, certificate }) => ({ deviceId: device, certificate })),
    rowsMax: () => settings().pushBatch,
    onHandedIn: (rows) => board.count('handedIn', rows),
  });
}
