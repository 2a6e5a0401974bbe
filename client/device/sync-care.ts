import { testCall } from '../sync/test-call.ts';
import type { openCore } from './core.ts';
import type { SyncControl } from './device.ts';
import type { DeviceDeps } from './device-deps.ts';
import { answeredWhole, writeRescue } from './rescue-file.ts';
import { resetDevice } from './reset.ts';
import { readWaiting } from './waiting.ts';

type Core = Awaited<ReturnType<typeof openCore>>;

/** What a person does when something about sync seems wrong. */
export function createSyncCare(
  { clock, timers }: Pick<DeviceDeps, 'clock' | 'timers'>,
  core: Core,
): Pick<SyncControl, 'waiting' | 'waitingCarts' | 'testCallNow' | 'resetNow'> {
  const { stores, memory, enrolment, board } = core;
  const { journal, findings, draftBook, shelves } = stores;
  const damage = () => findings.about('chain');
  const exportWaiting = () =>
    writeRescue({ enrolment, journal, clock, damage, drafts: draftBook.rescue }, answeredWhole(memory.acknowledged()));
  return {
    waiting: (limit) => readWaiting({ journal, findings, acknowledged: memory.acknowledged }, limit),
    waitingCarts: () =>
      [...Map.groupBy(draftBook.waiting(), ({ draftId }) => draftId)].map(([id, changes]) => ({
        id,
        changes: changes.length,
      })),
    testCallNow: async () => {
      const call = await testCall(core.http, clock);
      board.log.write(`Test call: ${call.found}, ${call.tookMs} ms${call.detail && `: ${call.detail}`}`);
      return call;
    },
    resetNow: (save) => resetDevice({ ...core, board, memory, shelves, timers, exportWaiting }, save),
  };
}
