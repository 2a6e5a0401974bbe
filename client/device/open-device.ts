import { base32FromBytes } from '../../schema/ids.ts';
import { fail, must, type Result } from '../../schema/result.ts';
import { whenAsked } from '../store/when-asked.ts';
import { isAcknowledged } from '../sync/acknowledgement.ts';
import { heldSince } from '../sync/settings.ts';
import type { BackRoom } from './back-room.ts';
import { deviceLockName, openCore } from './core.ts';
import { createPayments } from './create-payments.ts';
import { createReturns } from './create-returns.ts';
import { createShares } from './create-shares.ts';
import type { Device } from './device.ts';
import type { Cancel, DeviceDeps, DiskKeeper } from './device-deps.ts';
import type { DiskView } from './disk-view.ts';
import { createExceptions } from './exceptions.ts';
import { factsVersion } from './facts-version.ts';
import { createHeldCarts } from './hold-carts.ts';
import { holdPullsBack } from './hold-pulls-back.ts';
import { inspectDevice } from './inspect.ts';
import { lockAhead } from './lock-ahead.ts';
import { watchNews } from './news.ts';
import { createOffice } from './office.ts';
import { DRAFT_ID_LENGTH } from './open-draft-reader.ts';
import { createPrinting, followEntries } from './printing.ts';
import { createPromotions } from './promotions.ts';
import { readAhead } from './read-ahead.ts';
import type * as Rescue from './rescue.ts';
import { answeredWhole, writeRescue } from './rescue-file.ts';
import { createShifts } from './shift-acts.ts';
import { watchSilentTills } from './silent-tills.ts';
import { type StorageWatch, watchStorage } from './storage-watch.ts';
import { createSyncCare } from './sync-care.ts';
import { createSyncControl } from './sync-control.ts';
import { createTill } from './till.ts';
import { createTillShares } from './till-shares.ts';
import { watchCare } from './watch-care.ts';
import { withBackRoom } from './with-back-room.ts';

type Core = Awaited<ReturnType<typeof openCore>>;

/**
 * Opens the enrolled device of `deps.name` from its own disk; never waits for the network. When another tab holds it,
 * it opens read-only, or with `takeOver` takes it from there. Throws when the slot was never enrolled: ask `enrolledAs` first.
 */
export async function openDevice(deps: DeviceDeps, options: { readonly takeOver?: boolean } = {}): Promise<Device> {
  const room = watchStorage(deps.keeper ?? SILENT_KEEPER, deps.timers);
  const core = await openWhole(deps, room, options.takeOver ?? false).catch((error: unknown) => {
    room.stop();
    throw error;
  });
  const { identity, stores, board, active, activity, runner } = core;
  const isSafe = (seq: number) => isAcknowledged(core.memory.acknowledged(), seq);
  const hasRoom = () => room.health.get().level !== 'full';
  const shared = { ...stores, identity, active, isAcknowledged: isSafe, hasRoom };
  core.tillVersion.subscribe(room.touched);
  const online = () => board.status.get().connection === 'online';
  const { devices, settings } = stores.company;
  const silence = { timers: deps.timers, ownDevice: identity.deviceId, devices, settings, online };
  const watch = watchSilentTills({ ...silence, presence: core.presence, serverClock: core.serverClock });
  const printing = createPrinting({ ...deps, ...stores, identity, active, log: board.log.write });
  const pause = () => new Promise<void>((resolve) => deps.timers.after(0, resolve));
  const following = followEntries(printing, stores.journal, core.tillVersion, active, pause);
  const readStock = async () => {
    while (stores.stockBook.readSome()) await pause();
  };
  const views = { silent: watch.silent, live: core.presence, version: core.officeVersion };
  const editing = { world: deps, http: core.http, onEdit: () => runner.current()?.editAdded() };
  const newId = () => base32FromBytes(deps.random.bytes(DRAFT_ID_LENGTH));
  const held = createHeldCarts({ ...stores, identity, active, version: core.tillVersion, clock: deps.clock, newId });
  const { isPaidElsewhere } = held.carts;
  const tillShares = createTillShares({ ...stores, deviceId: identity.deviceId });
  const till = createTill({ ...shared, version: core.tillVersion, isPaidElsewhere, shares: tillShares });
  const version = factsVersion(stores, core.tillVersion);
  const passed = () => core.serverClock.lastWord() ?? stores.branchJournal.newest(1)[0]?.receivedAt ?? 0;
  const drafted = { ...shared, till, version, clock: deps.clock, passed, newId };
  const { shares, stop: stopShares } = createShares({
    ...core,
    ...stores,
    ...deps,
    shares: tillShares,
    record: till.record,
  });
  const returning = createReturns({ ...stores, ...core, till, vault: deps.vault });
  const office = createOffice({ ...shared, ...views, ...editing });
  const stopDoubles = watchBehind(stores.othersRead(), async () => {
    const { watchDoubles } = await import('./watch-doubles.ts');
    return watchDoubles({ ...stores, identity, till, entry: office.entry });
  });
  const answeredThrough = () => core.memory.acknowledged().head.seq;
  const told = { ...core, ...shared, status: board.status, version: core.tillVersion, answeredThrough };
  const watching = watchNews({ ...told, vault: deps.vault });
  // Each reads something of the vault's, all at once.
  const [stopPrinting, returns, { news, stop: stopNews }] = await Promise.all([following, returning, watching]);
  deps.vault.ahead?.end();
  const syncCare = createSyncCare(deps, core);
  const stopCare = watchCare(deps, core, room, syncCare);
  // Looking at the disk keeps it busy, and a device that opens reads from it.
  room.start();
  const stopReading = readAhead({ ...stores, identity, timers: deps.timers });
  const since = () => heldSince(core.settings.get(), identity.role, deps.clock());
  const moved = { ...shared, till, http: core.http, online, silent: watch.silent, clock: deps.clock, heldSince: since };
  const backRoom = whenAsked(() =>
    must(deps.backRoom(), 'the program of the back room').createBackRoom({
      movements: moved,
      drafted,
      reports: { ...core, ...stores, status: board.status, world: deps },
      edits: { ...shared, ...editing },
      asked: { http: core.http, prove: core.people.prove },
    }),
  );
  const front: Omit<Device, keyof BackRoom> = {
    identity,
    active,
    news,
    company: { ...stores.company, choosePerson: (person) => choosePerson(deps, stores.company, person) },
    catalogue: stores.catalogue,
    stock: { ...stores.stockBook, readOut: readStock },
    people: core.people,
    promotions: createPromotions(deps, stores.company),
    till,
    drafts: held.carts,
    payments: createPayments({ ...stores, ...core, vault: deps.vault, record: till.record }),
    shift: createShifts({ ...shared, version: core.tillVersion }),
    returns,
    shares,
    printing,
    office,
    exceptions: createExceptions({
      ...stores,
      http: core.http,
      record: till.record,
      heldSince: since,
    }),
    sync: createSyncControl({
      board,
      vault: deps.vault,
      settings: core.settings,
      engine: runner.current,
      restart: runner.restart,
      inspect: () => inspectDevice(stores, core.memory, board, runner.current()),
      more: syncCare,
    }),
    disk: createDiskView(deps, core, room),
    takeOver: () => activity.claim({ steal: true }),
    close: async () => {
      room.stop();
      watch.stop();
      stopDoubles();
      stopShares();
      stopNews();
      stopCare();
      stopReading();
      stopPrinting();
      held.stop();
      await activity.stop();
      await core.close();
    },
  };
  return withBackRoom(front, backRoom);
}

/** Watches with a program that no start waits for. Where that does not come, the next start's may. Gives the way to stop. */
function watchBehind(start: Promise<void>, watch: () => Promise<Cancel>): Cancel {
  let stop: Cancel | null = null;
  let isStopped = false;
  const begin = async () => {
    await start;
    if (isStopped) return;
    stop = await watch();
    if (isStopped) stop();
  };
  begin().catch(() => undefined);
  return () => {
    isStopped = true;
    stop?.();
  };
}

/** A device whose disk fails while it opens leaves nothing open, so that it can be tried again. */
async function openWhole(deps: DeviceDeps, room: StorageWatch, steal: boolean): Promise<Core> {
  const maySell = () => core.stores.catalogue.count() > 0;
  const fetch = holdPullsBack(deps.fetch, room, maySell);
  // Nothing is taken from another tab before this one's disk is open.
  const lock = steal ? null : lockAhead(deps.lock, deviceLockName(deps.name));
  const opening = openCore({
    ...{ ...deps, lock: lock ?? deps.lock, makeRoom: room.spend, fetch },
    heldAhead: lock?.given ?? Promise.resolve(null),
  });
  const core = await opening.catch(async (error: unknown) => {
    await lock?.letGo();
    throw error;
  });
  try {
    await core.activity.claim({ steal });
    // Another tab is the active one: this one shows what is on disk.
    if (!core.active.get()) await core.load();
    return core;
  } catch (error) {
    await core.activity.stop();
    await core.close();
    throw error;
  }
}

/** Nothing is known of the room, and nothing promised. */
const SILENT_KEEPER: DiskKeeper = { estimate: async () => null, keep: async () => false };

function createDiskView({ clock, subtle }: DeviceDeps, core: Core, room: StorageWatch): DiskView {
  const { stores, enrolment, http, memory } = core;
  const { journal, findings } = stores;
  return {
    health: room.health,
    askToKeep: room.askToKeep,
    findings: findings.open,
    settleFinding: findings.settle,
    exportRescue: (which) =>
      writeRescue(
        { enrolment, journal, clock, damage: () => findings.about('chain'), drafts: stores.draftBook.rescue },
        which === 'all' ? 0 : answeredWhole(memory.acknowledged()),
      ),
    lookIntoRescue: (text) => withRescue((rescue) => rescue.lookIntoRescue({ http, subtle, enrolment }, text)),
    importRescueNow: (text, onProgress) =>
      withRescue((rescue) => rescue.handInRescue({ http, subtle, enrolment }, text, onProgress)),
  };
}

/** Another till's file is read once in a year: what reads it is fetched then. Where that does not come, the server is not to be had either. */
async function withRescue<Value>(
  act: (rescue: typeof Rescue) => Promise<Result<Value, Rescue.RescueFault>>,
): Promise<Result<Value, Rescue.RescueFault>> {
  const rescue = await import('./rescue.ts').catch(() => null);
  return rescue ? act(rescue) : fail('offline');
}

/** Remembered over restarts. */
async function choosePerson(
  { vault }: DeviceDeps,
  company: { setPerson(person: Parameters<Device['company']['choosePerson']>[0]): void },
  person: Parameters<Device['company']['choosePerson']>[0],
): Promise<void> {
  await vault.put('person', person);
  company.setPerson(person);
}
