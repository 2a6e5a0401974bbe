import type { PersonId } from '../../schema/ids.ts';
import type { DeviceIdentity } from '../../schema/protocol/enrol.ts';
import type { StatusAnswer } from '../../schema/protocol/status.ts';
import type { Shelves } from '../store/device-disk.ts';
import type { Findings } from '../store/findings.ts';
import type { Journal } from '../store/journal.ts';
import { coveredThrough, PIECE_ENTRIES, removeOldArrivals } from '../store/old-entries.ts';
import { noteAcknowledged, purgeableThrough } from '../store/purge-right.ts';
import type { Acknowledged, Vault } from '../store/vault.ts';
import type { IdleTask } from '../sync/idle-work.ts';
import type { Timers } from './device-deps.ts';

/** How often old rows are looked for, and the pause between two pieces of work, in milliseconds. */
const EVERY_MS = 60 * 60 * 1000;
const PAUSE_MS = 200;
/** Fewer old entries are not worth a snapshot. */
export const PURGE_ENTRIES_MIN = 200;
const DAY_MS = 24 * 60 * 60 * 1000;

export interface HousekeepingDeps {
  readonly timers: Timers;
  readonly identity: DeviceIdentity;
  readonly journal: Journal;
  readonly shelves: Pick<Shelves, 'stock' | 'branchJournal'>;
  readonly findings: Findings;
  readonly vault: Vault;
  readonly acknowledged: () => Acknowledged;
  /** Who stands at the device: a snapshot names a person like every entry. */
  readonly person: () => PersonId | undefined;
  /** The server's word, or null when it cannot be asked now. */
  readonly askStatus: () => Promise<StatusAnswer | null>;
  /** How many days of the other devices' entries stay here; null for all. */
  readonly windowDays: () => number | null;
}

/** Asked before every piece of work: false while somebody sells. */
type MayGoOn = () => boolean;

/** Keeps a device small over years: a piece at a time, while there is nothing better to do. */
export function housekeepingTask(deps: HousekeepingDeps): IdleTask {
  return {
    name: 'Housekeeping',
    every: () => EVERY_MS,
    run: async (mayGoOn) => {
      const status = await deps.askStatus();
      if (status === null) return false;
      const right = await purgeRight(deps, status);
      return (await purgeOwn(deps, right, mayGoOn)) && trimArrivals(deps, status.serverTime, mayGoOn);
    },
  };
}

async function trimArrivals(deps: HousekeepingDeps, serverTime: number, mayGoOn: MayGoOn): Promise<boolean> {
  const days = deps.windowDays();
  if (days === null) return true;
  return inPieces(deps, mayGoOn, () => removeOldArrivals(deps.shelves.branchJournal, serverTime - days * DAY_MS));
}

/** Notes what is acknowledged today, and gives the last entry that may go by what was noted before. */
async function purgeRight({ vault, acknowledged }: HousekeepingDeps, status: StatusAnswer): Promise<number> {
  const held = (await vault.get('acknowledgedDays')) ?? [];
  const days = noteAcknowledged(held, acknowledged(), status.serverTime);
  if (days !== held) await vault.put('acknowledgedDays', days);
  const { epoch, serverTime, backedUp } = status;
  return purgeableThrough({ epoch, serverTime, backedUp, acknowledged: acknowledged(), days });
}

/** The first own entry that the Z report of an open shift will need; nothing is held back while none is open. */
function shiftNeedsFrom({ index }: Journal): number {
  const { open, coveredTo } = index.shift();
  return open ? coveredTo + 1 : Number.POSITIVE_INFINITY;
}

async function purgeOwn(deps: HousekeepingDeps, right: number, mayGoOn: MayGoOn): Promise<boolean> {
  const { journal } = deps;
  const upTo = await walkCovered(deps, Math.min(right, shiftNeedsFrom(journal) - 1), mayGoOn);
  if (upTo === null) return false;
  const old = journal.index.after(0).length - journal.index.after(upTo).length;
  if (old < PURGE_ENTRIES_MIN) return true;
  if (!mayGoOn()) return false;
  if (!(await hasSnapshotBehind(deps, upTo))) return true;
  return inPieces(deps, mayGoOn, () => journal.purge(upTo, PIECE_ENTRIES));
}

/** As far as the pulled counters cover own entries without a hole, up to `right`; null when it was cut short. */
async function walkCovered(deps: HousekeepingDeps, right: number, mayGoOn: MayGoOn): Promise<number | null> {
  const { journal, shelves, findings, identity, acknowledged } = deps;
  const reported = [...(await findings.about('quarantined')), ...(await findings.about('chain'))];
  const passedOver = new Set(reported.map(({ about }) => about));
  const cover = { journal, stock: shelves.stock, owner: identity, epoch: acknowledged().epoch.n, passedOver };
  let upTo = 0;
  const isThrough = await inPieces(deps, mayGoOn, async () => {
    const next = await coveredThrough(cover, upTo, right);
    const moved = next - upTo;
    upTo = next;
    return moved;
  });
  return isThrough ? upTo : null;
}

/** A snapshot behind the entries that go, or it is written now. False where nobody is there to be named. */
async function hasSnapshotBehind({ journal, person }: HousekeepingDeps, upTo: number): Promise<boolean> {
  const { index } = journal;
  if (index.after(upTo).some(({ kind }) => kind === 'snapshot')) return true;
  const who = person();
  if (who === undefined) return false;
  // Read in the append's own turn, so that no sale comes between the figures and their place.
  await journal.append('snapshot', who, () => ({
    upTo: index.head(),
    receiptNo: index.receiptNo(),
    perpetualTotal: index.perpetualTotal(),
    zNo: index.shift().zNo,
  }));
  return true;
}

/** Does piece after piece with a pause between them, until one has nothing left to do. False when somebody begins to sell. */
async function inPieces(
  { timers }: HousekeepingDeps,
  mayGoOn: MayGoOn,
  piece: () => Promise<number>,
): Promise<boolean> {
  while (mayGoOn()) {
    if ((await piece()) === 0) return true;
    await new Promise<void>((resolve) => timers.after(PAUSE_MS, resolve));
  }
  return false;
}
