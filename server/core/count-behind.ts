import { type BranchId, branchScope, COMPANY_SCOPE, type DeviceId } from '../../schema/ids.ts';
import { serverJournalId } from '../../schema/signature.ts';
import { type ReadTx, StoreFault, type WriteTx } from '../store/store.ts';
import type { Core } from './core.ts';
import { countNote } from './count-notes.ts';
import { countedIn } from './counted-in.ts';
import { createDailySumBook, type DailySumBook } from './daily-sum-book.ts';
import { epochOf } from './epoch.ts';
import { reportZone } from './report-zone.ts';
import { settleWhatCan } from './settle-inbox.ts';

/** How much is counted at once, and when counting gives way to pushes. */
export interface CountPace {
  /** Entries counted in one transaction: some hundredths of a second, then sales have their turn. */
  readonly page: number;
  /** The same where a push came while the page before was counted. */
  readonly pageBesidePushes: number;
  /** Folded entries that may wait to be counted, some seconds of work: more of them are counted also while pushes come. */
  readonly uncountedMax: number;
}

const COUNT_PACE: CountPace = { page: 250, pageBesidePushes: 100, uncountedMax: 60_000 };

/** For whoever waits for all of it, whatever is pushed meanwhile: what many sales move is written once. */
const ALL_AT_ONCE: CountPace = { page: 1_000, pageBesidePushes: 1_000, uncountedMax: 0 };

/** How often it is looked whether something is to be counted, in milliseconds. */
const LOOK_MS = 1_000;

/** Entries counted between two turns for others. */
const STEPS_MAX = 50;

/** Where it stands up to which of a device's entries the daily sums count what is folded; none where it does not stand. */
export const countedKey = (deviceId: DeviceId): string => `counted ${deviceId}`;

/**
 * Counts all that was acknowledged of a branch and is not yet counted; so is done before anybody reads its sums. What cannot be taken, and a
 * disk that takes nothing, is logged: then the sums say what was counted until now.
 */
export async function countBehind(core: Core, branch: BranchId): Promise<void> {
  await settleWhatCan(core, branch);
  await countFolded(core, branch, ALL_AT_ONCE);
}

/**
 * Counts what is folded of a branch by now, while `goesOn` says so. Where pushes come meanwhile it does less at once, or leaves the rest for
 * when none come.
 */
export async function countFolded(
  core: Core,
  branch: BranchId,
  pace: CountPace = COUNT_PACE,
  goesOn: () => boolean = () => true,
): Promise<void> {
  const note = countNote(core, branch);
  const ends = await core.store.read((tx) => uncountedEnds(tx, branch));
  note.uncounted = 0;
  let left = [...ends.values()].reduce((sum, { uncounted }) => sum + uncounted, 0);
  let heard = note.pushes;
  try {
    // What is folded meanwhile is counted the next time: no report waits for sales that never end.
    while (left > 0 && goesOn()) {
      const wasPushed = note.pushes !== heard;
      heard = note.pushes;
      if (wasPushed && left <= pace.uncountedMax) break;
      const counted = await countPage(core, branch, ends, wasPushed ? pace.pageBesidePushes : pace.page);
      // Nothing can be counted now, or somebody else did.
      left = counted === 0 ? 0 : left - counted;
    }
  } catch (error) {
    if (!(error instanceof StoreFault)) throw error;
    core.deps.log.error({ err: error }, 'what was sold could not be counted for reports; it is tried again');
  } finally {
    note.uncounted = (note.uncounted ?? 0) + left;
  }
}

/** Counts whenever no push came for a while, and where very many entries wait. Gives the way to stop. */
export function startCounting(core: Core, pace: CountPace = COUNT_PACE): () => Promise<void> {
  const seen = new Map<BranchId, number>();
  let running: Promise<void> | null = null;
  let isOver = false;
  const look = async (): Promise<void> => {
    for (const branch of await branchesOf(core)) {
      const { uncounted, pushes } = countNote(core, branch);
      const isQuiet = uncounted === undefined || pushes === seen.get(branch) || uncounted > pace.uncountedMax;
      seen.set(branch, pushes);
      if (uncounted !== 0 && isQuiet) await countFolded(core, branch, pace, () => !isOver);
    }
  };
  const stop = core.deps.every(LOOK_MS, () => {
    running ??= look()
      .catch((error: unknown) => core.deps.log.error({ err: error }, 'what was sold could not be counted for reports'))
      .finally(() => {
        running = null;
      });
  });
  return async () => {
    stop();
    isOver = true;
    await running;
  };
}

async function branchesOf({ store }: Core): Promise<readonly BranchId[]> {
  const scopes = await store.read((tx) => tx.scopes());
  return scopes.filter((scope) => scope !== COMPANY_SCOPE).map((scope) => scope as string as BranchId);
}

/** Up to which entry a device is folded, and how many of them are not counted. */
interface UncountedEnd {
  readonly head: number;
  readonly uncounted: number;
}

async function uncountedEnds(tx: ReadTx, branch: BranchId): Promise<ReadonlyMap<DeviceId, UncountedEnd>> {
  const ends = new Map<DeviceId, UncountedEnd>();
  for (const { deviceId } of await tx.devicesOfBranch(branch)) {
    const [head, counted] = await standingOf(tx, deviceId);
    if (head > counted) ends.set(deviceId, { head, uncounted: head - counted });
  }
  return ends;
}

async function standingOf(tx: ReadTx, deviceId: DeviceId): Promise<readonly [head: number, counted: number]> {
  return [(await tx.head(deviceId))?.seq ?? 0, Number((await tx.meta(countedKey(deviceId))) ?? 0)];
}

/** Counts entries of devices up to where they end; gives how many of their numbers that were, 0 where nothing more can be counted now. */
function countPage(
  core: Core,
  branch: BranchId,
  ends: ReadonlyMap<DeviceId, UncountedEnd>,
  page: number,
): Promise<number> {
  const scope = branchScope(branch);
  return core.store.write([scope], async (tx) => {
    if (!(await isServerFolded(tx, branch))) return 0;
    const sums = createDailySumBook(tx, { scope, zone: await reportZone(tx) });
    let done = 0;
    for (const [deviceId, { head }] of ends) {
      if (done < page) done += await countDevice(core, tx, sums, { deviceId, head, room: page - done });
    }
    await sums.flush();
    return done;
  });
}

/** Counts what follows of one device up to `head`, as much as there is room for; gives by how many numbers it went on. */
async function countDevice(
  { deps }: Core,
  tx: WriteTx,
  sums: DailySumBook,
  { deviceId, head, room }: { readonly deviceId: DeviceId; readonly head: number; readonly room: number },
): Promise<number> {
  const [, counted] = await standingOf(tx, deviceId);
  const limit = Math.min(room, head - counted);
  if (limit <= 0) return 0;
  const rows = (await tx.entriesFrom(deviceId, counted + 1, limit)).filter(({ entrySeq }) => entrySeq <= head);
  for (const [index, row] of rows.entries()) {
    const entry = await countedIn(tx, row);
    if (entry) sums.count(entry);
    if (index % STEPS_MAX === STEPS_MAX - 1) await deps.breathe();
  }
  // Where there were fewer, the rest is a gap that was closed.
  const last = rows.length < limit ? head : (rows.at(-1)?.entrySeq ?? head);
  await tx.setMeta(countedKey(deviceId), String(last));
  return last - counted;
}

/**
 * What came behind a closed gap counts by the server's word alone, which may still wait to be folded: until then nobody can tell it from
 * what counts in its place.
 */
async function isServerFolded(tx: ReadTx, branch: BranchId): Promise<boolean> {
  const deviceId = serverJournalId(branch, (await epochOf(tx)).id);
  const head = (await tx.head(deviceId))?.seq ?? 0;
  return (await tx.entriesFrom(deviceId, head + 1, 1)).length === 0;
}
