import type { openCore } from './core.ts';
import type { SyncControl } from './device.ts';
import type { Cancel, DeviceDeps } from './device-deps.ts';
import { doCommand } from './do-command.ts';
import { createLive } from './live.ts';
import { type OwnState, reportDevice } from './report-device.ts';
import type { StorageWatch } from './storage-watch.ts';

type Core = Awaited<ReturnType<typeof openCore>>;

/** Lets an open device say how it is, and do what the office asks of it, until stopped. */
export function watchCare(
  { clock, timers, vault }: Pick<DeviceDeps, 'clock' | 'timers' | 'vault'>,
  core: Core,
  room: Pick<StorageWatch, 'health'>,
  { resetNow }: Pick<SyncControl, 'resetNow'>,
): Cancel {
  const { board, runner, stores, people, identity, http, active } = core;
  const { devices } = stores.company;
  const isOnline = () => {
    const { connection, revoked, ready, fullSync } = board.status.get();
    // Before the first pull is through it knows nothing worth saying.
    return connection === 'online' && !revoked && ready && fullSync === null;
  };
  const { person } = stores.company;
  const callOf = () => {
    const own = devices.get().find(({ device }) => device === identity.deviceId);
    return `${own?.commandAt} ${person.get()?.person}`;
  };
  const [online, called] = [createLive(isOnline()), createLive(callOf())];
  const stops = [
    board.status.subscribe(() => online.set(isOnline())),
    devices.subscribe(() => called.set(callOf())),
    person.subscribe(() => called.set(callOf())),
    reportDevice({
      ...{ http, vault, timers, clock, online, active, called, log: board.log.write },
      read: () => readOwnState(core, room),
      act: (command) =>
        doCommand(
          {
            ...{ people, clock },
            syncNow: () => runner.current()?.syncNow(),
            fullSync: async () => runner.current()?.fullSync(),
            reset: resetNow,
            isPaying: () => core.taken.get() !== null,
            lastEntryAt: () => stores.journal.index.after(0).at(-1)?.at ?? null,
          },
          command,
        ),
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

async function readOwnState(
  { board, memory, stores, runner }: Core,
  room: Pick<StorageWatch, 'health'>,
): Promise<OwnState> {
  const { waitingEntries, waitingEdits, waitingDrafts } = board.status.get();
  const answer = await runner.current()?.askStatus();
  const lag = answer?.ok ? Object.values(answer.value.collections).reduce((sum, each) => sum + each.lag, 0) : null;
  const { head } = memory.acknowledged();
  const { requests, failedRequests } = board.counters();
  const estimate = room.health.get().estimate;
  return {
    person: stores.company.person.get()?.person ?? null,
    waiting: waitingEntries + waitingEdits + waitingDrafts,
    waitingSince: waitingEntries > 0 ? (stores.journal.index.after(head.seq)[0]?.at ?? null) : null,
    lag,
    storage: estimate && { used: Math.round(estimate.usage), quota: Math.round(estimate.quota) },
    ...{ requests, failedRequests },
  };
}
