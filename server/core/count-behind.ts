import { type BranchId, branchScope, COMPANY_SCOPE, type DeviceId } from '../../schema/ids.ts';
import { serverJournalId } from '../../schema/signature.ts';
import { type ReadTx, StoreFault, type WriteTx } from '../store/store.ts';
import type { Core } from './core.ts';
import { countedIn } from './counted-in.ts';
import { createDailySumBook, type DailySumBook } from './daily-sum-book.ts';
import { epochOf } from './epoch.ts';
import { reportZone } from './report-zone.ts';
import { settleWhatCan } from './settle-inbox.ts';

/** Entries counted in one transaction: some hundredths of a second, then sales have their turn. */
export const COUNT_PAGE = 1_000;

/** Folded entries that may wait to be counted, some seconds of work: more of them are counted also while pushes come. */
const UNCOUNTED_MAX = 60_000;

/** How often it is looked whether something is to be counted, in milliseconds. */
const LOOK_MS = 1_000;

/** Entries counted between two turns for others. */
const STEPS_MAX = 50;

/** Where it stands up to which of a device's entries the daily sums count what is folded; none where it does not stand. */
export const countedKey = (deviceId: DeviceId): string => `counted ${deviceId}`;

/** Entries of each branch that this process folded since it last counted; unknown of a branch that it did not count yet. */
const waiting = new WeakMap<Core, Map<BranchId, number>>();

/** Says that entries of a branch were folded, and are to be counted. */
export function noteFolded(core: Core, branch: BranchId, entries: number): void {
  const known = waiting.get(core)?.get(branch);
  if (known !== undefined) waiting.get(core)?.set(branch, known + entries);
}

/**
 * Counts all that was acknowledged of a branch and is not yet counted; so is done before anybody reads its sums. What cannot be taken, and a
 * disk that takes nothing, is logged: then the sums say what was counted until now.
 */
export async function countBehind(core: Core, branch: BranchId): Promise<void> {
  await settleWhatCan(core, branch);
  await countFolded(core, branch);
}

async function countFolded(core: Core, branch: BranchId): Promise<void> {
  const left = await core.store.read((tx) => uncountedOf(tx, branch));
  waiting.set(core, (waiting.get(core) ?? new Map<BranchId, number>()).set(branch, 0));
  try {
    // What is folded meanwhile is counted the next time: no report waits for sales that never end.
    for (let done = 0; done < left; done += COUNT_PAGE) if (!(await countPage(core, branch))) return;
  } catch (error) {
    if (!(error instanceof StoreFault)) throw error;
    core.deps.log.error({ err: error }, 'what was sold could not be counted for reports; it is tried again');
  }
}

/** Counts whenever no push came for a while, and where very many entries wait. Gives the way to stop. */
export function startCounting(core: Core): () => Promise<void> {
  const seen = new Map<BranchId, number>();
  let running: Promise<void> | null = null;
  const look = async (): Promise<void> => {
    for (const branch of await branchesOf(core)) {
      const now = waiting.get(core)?.get(branch);
      const isQuiet = now === undefined || now === seen.get(branch) || now > UNCOUNTED_MAX;
      if (now !== 0 && isQuiet) await countFolded(core, branch);
      else seen.set(branch, now ?? 0);
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
    await running;
  };
}

async function branchesOf({ store }: Core): Promise<readonly BranchId[]> {
  const scopes = await store.read((tx) => tx.scopes());
  return scopes.filter((scope) => scope !== COMPANY_SCOPE).map((scope) => scope as string as BranchId);
}

async function uncountedOf(tx: ReadTx, branch: BranchId): Promise<number> {
  let left = 0;
  for (const { deviceId } of await tx.devicesOfBranch(branch)) {
    const [head, counted] = await standingOf(tx, deviceId);
    left += Math.max(0, head - counted);
  }
  return left;
}

async function standingOf(tx: ReadTx, deviceId: DeviceId): Promise<readonly [head: number, counted: number]> {
  return [(await tx.head(deviceId))?.seq ?? 0, Number((await tx.meta(countedKey(deviceId))) ?? 0)];
}

/** False where nothing more can be counted now. */
function countPage(core: Core, branch: BranchId): Promise<boolean> {
  const scope = branchScope(branch);
  return core.store.write([scope], async (tx) => {
    if (!(await isServerFolded(tx, branch))) return false;
    const sums = createDailySumBook(tx, { scope, zone: await reportZone(tx) });
    let room = COUNT_PAGE;
    for (const { deviceId } of await tx.devicesOfBranch(branch)) {
      room -= await countDevice(core, tx, sums, { deviceId, room });
    }
    await sums.flush();
    return room === 0;
  });
}

/** Counts what follows of one device, as much as there is room for; gives how many entries that was. */
async function countDevice(
  { deps }: Core,
  tx: WriteTx,
  sums: DailySumBook,
  { deviceId, room }: { readonly deviceId: DeviceId; readonly room: number },
): Promise<number> {
  const [head, counted] = await standingOf(tx, deviceId);
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
  return rows.length;
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
