import { base32FromBytes, type DeviceId } from '../../schema/ids.ts';
import type { EnrolAnswer } from '../../schema/protocol/enrol.ts';
import { must } from '../../schema/result.ts';
import type { DeviceDisk } from '../store/device-disk.ts';
import type { DamagedRecord } from '../store/log/log-file.ts';
import { createSigner, type Signer } from '../store/signer.ts';
import { adoptEpoch } from '../sync/acknowledgement.ts';
import { createHttp } from '../sync/http.ts';
import type { IdleTask } from '../sync/idle-work.ts';
import { keepLastSync } from '../sync/last-sync.ts';
import { createPullDoor } from '../sync/pull-door.ts';
import { createServerClock } from '../sync/server-clock.ts';
import { serverOrigin, windowDays, withDefaults } from '../sync/settings.ts';
import { createShopSettings } from '../sync/shop-settings.ts';
import { createSyncBoard } from '../sync/sync-board.ts';
import { createSyncMemory, type SyncMemory } from '../sync/sync-memory.ts';
import { type Activity, createActivity } from './activity.ts';
import { readPayingBack, readTaken } from './create-payments.ts';
import type { Cancel, DeviceDeps, HeldLock } from './device-deps.ts';
import { createEngineRunner, type EngineRunner } from './engine-runner.ts';
import { createHoldings } from './holding.ts';
import { type HousekeepingDeps, housekeepingTask } from './housekeeping.ts';
import { createLive, type LiveCell } from './live.ts';
import { DRAFT_ID_LENGTH, openDraftReader } from './open-draft-reader.ts';
import { createPeople } from './open-people.ts';
import type { PayingBack, TakenPayments } from './payments.ts';
import { shopDay, watchDay } from './shop-day.ts';
import { createStores, type Stores, showEdited } from './stores.ts';
import { watchOtherTabs } from './watch-other-tabs.ts';

/** The small things that stores, sync and facade share. */
function createState(deps: DeviceDeps, enrolment: EnrolAnswer) {
  const settings = createShopSettings();
  const origin = () => serverOrigin(settings.get().serverAddress, deps.origin) ?? deps.origin;
  return {
    enrolment,
    identity: enrolment.device,
    settings,
    origin,
    http: createHttp(deps, () => {
      const { requestTimeoutMs: timeoutMs } = settings.get();
      // Another origin would first have to allow the header, and an older server there does not.
      const mayCompress = origin() === deps.origin;
      return { origin: origin(), credential: enrolment.credential, timeoutMs, mayCompress };
    }),
    memory: createSyncMemory(deps.vault, enrolment.epoch),
    board: createSyncBoard(deps.clock),
    serverClock: createServerClock(deps.clock),
    presence: createLive<readonly DeviceId[]>([]),
    active: createLive(false),
    tillVersion: createLive(0),
    officeVersion: createLive(0),
    taken: createLive<TakenPayments | null>(null),
    payingBack: createLive<PayingBack | null>(null),
    /** Which of the tabs that ever took this device over this is; undefined while it only looks. */
    holder: createLive<number | undefined>(undefined),
  };
}
type State = ReturnType<typeof createState>;

export interface CoreDeps extends DeviceDeps {
  /** Gives room that was held on the disk for what must be written now. */
  readonly makeRoom: () => Promise<boolean>;
  /** The lock of this device, where both of its locks are given while its disk is opened. */
  readonly heldAhead: Promise<HeldLock | null>;
}

/** The name of the lock of a slot's device. */
export function deviceLockName(slot: string): string {
  return `laci-${slot}`;
}

/** What stands behind the facade: stores, sync, and the lock that decides whether this tab may write. */
export async function openCore(deps: CoreDeps) {
  const holdings = createHoldings(deps.vault, deps.heldAhead);
  const { enrolment, keys, disk } = await openBoth(deps);
  const state = createState(deps, enrolment);
  const signer = createSigner(deps.subtle, keys.privateKey);
  const stores = openStores(
    { ...deps, signer },
    state,
    disk,
    () => runner.current()?.entryAppended(),
    () => void activity.confirm(),
    () => runner.current()?.draftChanged(),
    () => runner.current()?.editAdded(),
  );
  const askStatus = async () => {
    const answer = await runner.current()?.askStatus();
    return answer?.ok ? answer.value : null;
  };
  const runner: EngineRunner = openRunner({ ...deps, signer }, state, disk, stores, askStatus);
  stores.company.settings.subscribe(() => state.settings.follow(stores.company.settings.get()?.sync));
  const stopDays = watchDay(deps, () => stores.company.refresh([]));
  const lastSync = keepLastSync(deps.vault, state.board);
  const people = createPeople({ ...state, ...stores, world: deps, vault: deps.vault });
  const loadTaken = async () => {
    const reading = readPayingBack(deps.vault, stores.journal, state.identity.deviceId);
    const [taken, payingBack] = await Promise.all([readTaken(deps.vault, stores.journal.index.isSold), reading]);
    state.taken.set(taken);
    state.payingBack.set(payingBack);
  };
  const readKept = async () => {
    const kept = [deps.vault.get('settings'), deps.vault.get('person')] as const;
    const [settings, person] = await Promise.all([...kept, state.memory.load(), lastSync.restore()]);
    state.settings.set(withDefaults(settings));
    stores.company.setPerson(person);
  };
  /** `noted`: what other tabs noted in the vault can be read there. Products are taken in meanwhile. */
  const load = async (noted: Promise<void> = Promise.resolve()) => {
    await stores.load(noted.then(readKept));
    await Promise.all([loadTaken(), people.load()]);
  };
  const hold = async () => {
    const { count, noted } = await holdings();
    state.holder.set(await count);
    await noted;
  };
  let stopLooking: Cancel = () => undefined;
  const activity: Activity = createActivity({
    lock: deps.lock,
    timers: deps.timers,
    lockName: deviceLockName(deps.name),
    active: state.active,
    begin: async () => {
      const beginning = disk.log?.begin();
      beginning?.catch(() => undefined);
      // What another tab noted until it was overtaken is read behind that.
      const noted = hold();
      noted.catch(() => undefined);
      await beginning;
      const damaged = disk.log?.damaged();
      damaged?.catch(() => undefined);
      await load(noted);
      await tellDamage(await damaged, stores);
      await keepOwnHead(state.memory, stores.journal.index);
      state.board.ready(state.memory.pull().ready);
      stopLooking = watchOtherTabs({ ...stores, log: disk.log, timers: deps.timers });
      await runner.start();
    },
    settled: stores.journal.settled,
    end: async () => {
      stopLooking();
      await runner.stop();
    },
  });
  const close = async () => {
    people.stop();
    stopDays();
    await stores.journal.stop();
    await stores.othersRead();
    stores.catalogue.stop();
    await disk.close();
  };
  /** Another tab noted something. Where it has gone again, this one goes on from what it left. */
  const superseded = async () => {
    await activity.confirm();
    if (!state.active.get()) return;
    await hold();
    await loadTaken();
  };
  return { ...state, stores, people, runner, activity, load, close, superseded };
}

/** Who this device is, and its disk, both read at once. */
async function openBoth({ vault, name, openDisk }: CoreDeps) {
  const opening = openDisk(name);
  opening.catch(() => undefined);
  try {
    const [enrolment, keys] = await Promise.all([vault.get('enrolment'), vault.get('keys')]);
    return {
      enrolment: must(enrolment, `the enrolment of slot ${name}`),
      keys: must(keys, `the keys of slot ${name}`),
      disk: await opening,
    };
  } catch (error) {
    await opening.then(({ close }) => close()).catch(() => undefined);
    throw error;
  }
}

/**
 * An acknowledgement of an entry that is not on this disk says nothing about what is written there next: with the journal lost or
 * cut short, entries that were never sent would count as sent. Then all that is left is offered again.
 */
async function keepOwnHead(memory: SyncMemory, index: Stores['journal']['index']): Promise<void> {
  const held = memory.acknowledged();
  const own = adoptEpoch(held, held.epoch, held.head, index);
  if (own.head.seq !== held.head.seq) await memory.keepAcknowledged(own);
}

/** A disk too full to note it finds it again at the next start. */
async function tellDamage(damaged: readonly DamagedRecord[] = [], { findings }: Stores): Promise<void> {
  for (const { n, collection } of damaged)
    await findings.report('disk', `log:${n}`, { collection: collection ?? 'unknown' }).catch(() => undefined);
}

function openStores(
  { clock, timers, signer, vault, makeRoom, random, openDrafts, zoneMinutes }: CoreDeps & { readonly signer: Signer },
  { identity, board, tillVersion, officeVersion, serverClock }: State,
  { shelves }: DeviceDisk,
  onAppended: () => void,
  onSuperseded: () => void,
  onDraft: () => void,
  onEdit: () => void,
): Stores {
  const stores = createStores({
    shelves,
    vault,
    identity,
    clock,
    today: () => shopDay({ clock, zoneMinutes }),
    timers,
    signer,
    makeRoom,
    onDraft,
    onEdit,
    newId: () => base32FromBytes(random.bytes(DRAFT_ID_LENGTH)),
    serverTime: serverClock.lastWord,
    drafts: openDraftReader(openDrafts, identity.deviceId, random),
    onEntry: () => {
      bump(tillVersion, officeVersion);
      onAppended();
    },
    onSuperseded: () => {
      board.log.write('Another tab wrote to this journal');
      onSuperseded();
    },
  });
  stores.branchJournal.version.subscribe(() => bump(officeVersion));
  return stores;
}

function openRunner(
  deps: DeviceDeps & { readonly signer: Signer },
  state: State,
  disk: DeviceDisk,
  stores: Stores,
  askStatus: HousekeepingDeps['askStatus'],
): EngineRunner {
  const { board, settings, identity, tillVersion, officeVersion } = state;
  const housekeeping = {
    acknowledged: state.memory.acknowledged,
    person: () => stores.company.person.get()?.person,
    windowDays: () => windowDays(settings.get(), identity.role),
    askStatus,
  };
  return createEngineRunner(
    {
      ...state,
      ...stores,
      world: deps,
      signer: deps.signer,
      settings: settings.get,
      serverOrigin: state.origin,
      door: (collection) =>
        createPullDoor({
          collection,
          ownDevice: identity.deviceId,
          stockBook: stores.stockBook,
          onUnreadable: (document, reason) => {
            board.log.write(`Unreadable ${collection} ${String(document.id)}: ${reason}`);
            void stores.findings.report('unreadable', String(document.id), { collection, reason });
          },
        }),
      createReplication: (collection) => disk.createReplication(collection, settings.get().pullBatch),
      onQuarantined: stores.stockBook.quarantine,
      onEditsSettled: (edits) => showEdited(stores, edits),
      onAcknowledged: () => bump(tillVersion, officeVersion),
      moreIdleTasks: [housekeepingTask({ ...housekeeping, ...deps, ...stores, identity }), ...tidyTasks(deps, disk)],
    },
    deps.sync,
  );
}

/** How often a log is looked at, in milliseconds. */
const TIDY_EVERY_MS = 60 * 1000;

function tidyTasks({ timers }: DeviceDeps, { log }: DeviceDisk): IdleTask[] {
  if (!log) return [];
  return [{ name: 'Tidying the log', every: () => TIDY_EVERY_MS, run: (mayGoOn) => log.tidy(timers, mayGoOn) }];
}

function bump(...cells: readonly LiveCell<number>[]): void {
  for (const cell of cells) cell.set(cell.get() + 1);
}
