import type { PersonId } from '../../schema/ids.ts';
import type { DeviceIdentity } from '../../schema/protocol/enrol.ts';
import type { StatusAnswer } from '../../schema/protocol/status.ts';
import type { Shelves } from '../store/device-disk.ts';
import type { Findings } from '../store/findings.ts';
import type { Journal } from '../store/journal.ts';
import { coveredThrough, PIECE_ENTRIES, removeOldArrivals } from '../store/old-entries.ts';
import { noteAcknowledged, purgeableThrough } from '../store/purge-right.ts';
import type { Acknowledged, Vault } from '../store/vault.ts';
import type { Cancel, Timers } from './device-deps.ts';

/** How long after the start, and how often, old rows are looked for; the pause between two pieces of work. In milliseconds. */
const FIRST_MS = 5 * 60 * 1000;
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
  /** False while somebody sells or another tab is the active one: asked before every piece of work. */
  readonly mayWork: () => boolean;
}

/** Keeps a device small over years: a piece at a time, whenever there is nothing better to do. */
export interface Housekeeping {
  /** Once through; ends early when somebody begins to sell, and is gone on with the next time. */
  run(): Promise<void>;
  start(): void;
  stop: Cancel;
}

export function createHousekeeping(deps: HousekeepingDeps): Housekeeping {
  let cancel: Cancel = () => undefined;
  let stopped = false;
  const again = (ms: number) => {
    if (stopped) return;
    // A disk that fails now is tried again the next time.
    cancel = deps.timers.after(
      ms,
      () =>
        void run().then(
          () => again(EVERY_MS),
          () => again(EVERY_MS),
        ),
    );
  };
  const run = async () => {
    const status = deps.mayWork() ? await deps.askStatus() : null;
    if (status === null || stopped) return;
    await purgeOwn(deps, await purgeRight(deps, status));
    const days = deps.windowDays();
    if (days === null) return;
    const before = status.serverTime - days * DAY_MS;
    await inPieces(deps, () => removeOldArrivals(deps.shelves.branchJournal, before));
  };
  return {
    run,
    start: () => again(FIRST_MS),
    stop: () => {
      stopped = true;
      cancel();
    },
  };
}

/** Notes what is acknowledged today, and gives the last entry that may go by what was noted before. */
async function purgeRight({ vault, acknowledged }: HousekeepingDeps, status: StatusAnswer): Promise<number> {
  const held = (await vault.get('acknowledgedDays')) ?? [];
  const days = noteAcknowledged(held, acknowledged(), status.serverTime);
  if (days !== held) await vault.put('acknowledgedDays', days);
  const { epoch, serverTime, backedUp } = status;
  return purgeableThrough({ epoch, serverTime, backedUp, acknowledged: acknowledged(), days });
}

async function purgeOwn(deps: HousekeepingDeps, right: number): Promise<void> {
  const { journal } = deps;
  const upTo = await walkCovered(deps, right);
  const old = journal.index.after(0).length - journal.index.after(upTo).length;
  if (old < PURGE_ENTRIES_MIN) return;
  if (!(await hasSnapshotBehind(deps, upTo))) return;
  await inPieces(deps, () => journal.purge(upTo, PIECE_ENTRIES));
}

/** As far as the pulled counters cover own entries without a hole, up to `right`. */
async function walkCovered(deps: HousekeepingDeps, right: number): Promise<number> {
  const { journal, shelves, findings, identity, acknowledged } = deps;
  const reported = [...(await findings.about('quarantined')), ...(await findings.about('chain'))];
  const passedOver = new Set(reported.map(({ about }) => about));
  const cover = { journal, stock: shelves.stock, owner: identity, epoch: acknowledged().epoch.n, passedOver };
  let upTo = 0;
  await inPieces(deps, async () => {
    const next = await coveredThrough(cover, upTo, right);
    const moved = next - upTo;
    upTo = next;
    return moved;
  });
  return upTo;
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
  }));
  return true;
}

/** Does piece after piece with a pause between them, as long as there is something to do and nobody sells. */
async function inPieces({ timers, mayWork }: HousekeepingDeps, piece: () => Promise<number>): Promise<void> {
  while (mayWork() && (await piece()) > 0) await new Promise<void>((resolve) => timers.after(PAUSE_MS, resolve));
}
