import type { DeviceEntry } from '../../schema/entry/entry.ts';
import type { BranchId, EntryId } from '../../schema/ids.ts';
import { type Told, toldOf } from '../../schema/stock/transfer-told.ts';
import { type StoredRecord, StoreFault } from '../store/store.ts';
import { branchDocId } from './branch-doc.ts';
import type { Core } from './core.ts';
import { addFlag, dropFlag } from './flag-entry.ts';
import { type JournalWork, workOnJournals } from './journal-work.ts';
import { writeServerEntry } from './server-journal.ts';
import { targets } from './targets.ts';

/** Read at once while branches are told. */
const PAGE = 100;
/** Sent to branches that there are not: a handful, or a device makes them up. */
const UNTOLD_MAX = 10_000;

/**
 * Notes, in the transaction that counts an entry, what another branch must hear of it. That branch is told in a transaction of its own, so
 * that no writer ever holds two branches; what a stop in between leaves undone is done at the next start.
 */
export async function noteTold(work: JournalWork, stored: EntryId, entry: DeviceEntry): Promise<void> {
  const told = toldOf(entry);
  if (!told) return;
  const { tx, at } = work;
  const id = `${entry.id} ${entry.hash}`;
  const isThere = (await tx.document('company', branchDocId(told.to))) !== undefined;
  if (isThere && told.to !== work.branch) {
    await tx.putRecord({ kind: 'telling', id, at, json: JSON.stringify(told) });
    work.told.add(told.to);
    return;
  }
  await addFlag(work, stored, 'transfer-branch');
  if (isThere) return;
  const untold: Untold = { told, stored, branch: work.branch };
  await tx.putRecord({ kind: 'untold', id, at, json: JSON.stringify(untold) });
}

/** What a branch must hear that there is not yet: said by which entry of which branch. */
interface Untold {
  readonly told: Told;
  readonly stored: EntryId;
  readonly branch: BranchId;
}

/** Tells branches that were made just now what was sent to them before. Run when branches are made. */
export async function tellNewBranches(core: Core): Promise<void> {
  const waiting = await core.store.read((tx) => tx.records('untold', { limit: UNTOLD_MAX }));
  for (const { id, at, json } of waiting) {
    const { told, stored, branch } = JSON.parse(json) as Untold;
    await workOnJournals(core, branch, async (work) => {
      const { tx } = work;
      if ((await tx.document('company', branchDocId(told.to))) === undefined) return;
      await dropFlag(work, stored, 'transfer-branch');
      await tx.dropRecord('untold', id);
      await tx.putRecord({ kind: 'telling', id, at, json: JSON.stringify(told) });
      work.told.add(told.to);
    });
  }
}

/** Shops in which a disk did not take what a branch must hear. */
const behind = new WeakSet<Core>();

/** True while something waits to be told that a disk did not take. */
export function isBehindInTelling(core: Core): boolean {
  return behind.has(core);
}

/** Tells branches all that waits for them. A disk that fails is logged: it waits for the next work on any journal, or the next start. */
export async function tellBranches(core: Core): Promise<void> {
  behind.delete(core);
  try {
    for (let due = await readDue(core); due.length > 0; due = await readDue(core)) {
      for (const record of due) await tellOne(core, record);
    }
  } catch (error) {
    if (!(error instanceof StoreFault)) throw error;
    behind.add(core);
    core.deps.log.error({ err: error }, 'a branch could not be told of a transfer; it is told later');
  }
}

function readDue({ store }: Core): Promise<readonly StoredRecord[]> {
  return store.read((tx) => tx.records('telling', { limit: PAGE }));
}

/** Once for each entry, whoever else tells it at the same time: another process, or the lost history's own journal. */
function tellOne(core: Core, { id, json }: StoredRecord): Promise<void> {
  const told = JSON.parse(json) as Told;
  return workOnJournals(core, told.to, async (work) => {
    const { target, hash } = told.body;
    if (!(await work.tx.settledBy(targets.told(target, hash)))) await writeServerEntry(work, told.kind, told.body);
    await work.tx.dropRecord('telling', id);
  });
}
