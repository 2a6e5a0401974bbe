import type { EngineDeps } from './engine.ts';
import type { IdleTask } from './idle-work.ts';
import { type LeftBehindDeps, leftBehindTask } from './left-behind.ts';

export interface LeftBehindOpening
  extends Pick<EngineDeps, 'world' | 'memory' | 'board' | 'settings' | 'findings' | 'journal' | 'company' | 'shelves'>,
    Pick<LeftBehindDeps, 'http' | 'onFault' | 'askStatus'> {}

/** Handing in what an earlier device left on this disk, with what this one knows of it. */
export function openLeftBehind(deps: LeftBehindOpening): IdleTask {
  const { world, memory, board, settings, company, shelves } = deps;
  return leftBehindTask({
    ...deps,
    shelf: shelves.journal,
    random: world.random,
    epoch: () => memory.acknowledged().epoch,
    certificateOf: (device) => company.devices.get().find((doc) => doc.device === device)?.certificate,
    rowsMax: () => settings().pushBatch,
    every: () => settings().digestIntervalMs,
    onHandedIn: (rows) => board.count('handedIn', rows),
  });
}
