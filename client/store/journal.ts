import { sealEntry } from '../../schema/chain.ts';
import type { BodyOf, DeviceEntry, DeviceEntryKind } from '../../schema/entry/entry.ts';
import { type BranchId, type DeviceId, type EntryId, entryId, type PersonId, splitEntryId } from '../../schema/ids.ts';
import type { Cancel, Timers } from '../device/device-deps.ts';
import type { Findings } from './findings.ts';
import { type HiddenEntry, isSameWish } from './hidden-entry.ts';
import { insertSurely } from './insert-surely.ts';
import { createJournalIndex, type JournalIndex } from './journal-index.ts';
import { loadJournal, type Remembered } from './journal-load.ts';
import type { TailKeeper } from './journal-tail.ts';
import { createMutex } from './mutex.ts';
import type { Shelf } from './shelf.ts';
import { type Signer, signEntry } from './signer.ts';

/**
 * An own entry as it lies on disk: with this device's signature beside it. Entries of protocol 1 have none, nor has one for which the
 * browser refused the key; the signature of a later entry covers them.
 */
export type OwnEntry = DeviceEntry & { readonly signature?: string };
export type EntryOf<Kind extends DeviceEntryKind> = Extract<DeviceEntry, { kind: Kind }>;

/** What an append may ask before it writes. */
export interface AppendWays {
  /** True when what is to be written is there already. */
  readonly isDone?: () => boolean;
  /** Throws where the signed entry must not be written. Asked once, while the disk is at work on it. */
  readonly prove?: (entry: DeviceEntry) => void;
}

/** The append-only list of everything that happened on this device. */
export interface Journal {
  readonly index: Omit<JournalIndex, 'add' | 'addDamaged' | 'resume' | 'dropThrough' | 'clear'>;
  /** Reads the whole journal from disk and begins to check its chain; what was in memory is forgotten. */
  load(): Promise<void>;
  /** Takes in what another tab appended meanwhile; usually nothing. */
  catchUp(): Promise<void>;
  /**
   * Seals an entry behind the head and writes it; resolves when it is on disk. `body` gets the receipt number that a sale
   * or refund must carry. Rejects only when the disk fails, with what `prove` throws, or when `isDone` says, behind what another tab wrote
   * meanwhile, that this is there already; and then nothing was written.
   */
  append<Kind extends DeviceEntryKind>(
    kind: Kind,
    person: PersonId,
    body: (receiptNo: number) => BodyOf<Kind>,
    ways?: AppendWays,
  ): Promise<EntryOf<Kind>>;
  /** Entries `from` to `to` from disk, in order. */
  read(from: number, to: number): Promise<OwnEntry[]>;
  /** These entries from disk, in order; those that are not there are left out. */
  readEach(ids: readonly EntryId[]): Promise<OwnEntry[]>;
  /** Takes the entries up to `seq` off the disk, at most so many at once. Gives how many went. */
  purge(upTo: number, limit: number): Promise<number>;
  /** Devices that wrote on this disk before this one: their entries stay, and are none of this journal. */
  strangers(): readonly DeviceId[];
  /** Resolves when all that was begun is on disk, or failed. */
  settled(): Promise<void>;
  /** Ends what is still being checked; resolves when the tail is kept. */
  stop(): Promise<void>;
}

export interface JournalDeps {
  readonly shelf: Shelf<OwnEntry>;
  readonly signer: Signer;
  readonly owner: { readonly deviceId: DeviceId; readonly branch: BranchId };
  readonly clock: () => number;
  readonly timers: Timers;
  readonly findings: Findings;
  readonly tail: TailKeeper;
  /** Gives room that was held for this on the disk; false where there is none. A write that failed is tried once more after it. */
  readonly makeRoom?: () => Promise<boolean>;
  /** Hears of each entry once, in order: at load and at append. */
  readonly onEntry: (entry: DeviceEntry) => void;
  /** Another tab has written here meanwhile. */
  readonly onSuperseded: () => void;
}

/** What was to be written another tab has written. */
export class DoneElsewhere extends Error {
  override readonly name = 'DoneElsewhere';
}

/** Appends of other tabs that one append steps over; more means that something else is wrong. */
const COLLISIONS_MAX = 1000;

export function createJournal(deps: JournalDeps): Journal {
  const index = createJournalIndex();
  const inTurn = createMutex();
  const hidden: HiddenEntry = { current: null };
  let strangers: readonly DeviceId[] = [];
  let stopCheck: Cancel = () => undefined;
  return {
    index,
    load: () =>
      inTurn(async () => {
        stopCheck();
        const entries = await readAll(deps);
        strangers = [...new Set(entries.strange.map(({ id }) => splitEntryId(id).deviceId))];
        stopCheck = await loadAll(deps, index, entries);
      }),
    strangers: () => strangers,
    settled: () => inTurn(deps.tail.settled),
    stop: () => {
      stopCheck();
      return deps.tail.settled();
    },
    catchUp: () => inTurn(() => takeNewEntries(deps, index)),
    append: (kind, person, body, ways = {}) =>
      inTurn(() => appendOnce(deps, index, hidden, { kind, person, body, ...ways })),
    read: (from, to) => readRange(deps, from, to),
    readEach: (ids) => readEach(deps, ids),
    purge: (upTo, limit) => inTurn(() => purgeRows(deps, index, upTo, limit)),
  };
}

interface OnDisk {
  readonly own: readonly OwnEntry[];
  readonly strange: readonly OwnEntry[];
  readonly remembered: Remembered;
}

async function readAll({ tail, shelf, owner }: JournalDeps): Promise<OnDisk> {
  // The vault first: what another tab writes meanwhile is then on disk and not yet in the tail, and never the other way round.
  const [kept, acknowledged] = await Promise.all([tail.read(), tail.readAcknowledged()]);
  const remembered = { tail: kept, acknowledged };
  const entries = await shelf.find({ sort: ['id'] });
  const { own = [], strange = [] } = Object.groupBy(entries, (entry) => (isOwn(owner, entry) ? 'own' : 'strange'));
  return { own, strange, remembered };
}

function isOwn({ deviceId }: JournalDeps['owner'], { id }: OwnEntry): boolean {
  return splitEntryId(id).deviceId === deviceId;
}

function loadAll(deps: JournalDeps, index: JournalIndex, { own, remembered }: OnDisk): Promise<Cancel> {
  index.clear();
  return loadJournal({ ...deps, take: (entry) => take(deps, index, entry) }, index, own, remembered);
}

function take({ onEntry }: JournalDeps, index: JournalIndex, entry: DeviceEntry): void {
  index.add(entry);
  onEntry(entry);
}

interface Wish<Kind extends DeviceEntryKind> extends AppendWays {
  readonly kind: Kind;
  readonly person: PersonId;
  readonly body: (receiptNo: number) => BodyOf<Kind>;
}

/** Where the disk hid an entry for the very same wish, that one is it. */
async function appendOnce<Kind extends DeviceEntryKind>(
  deps: JournalDeps,
  index: JournalIndex,
  hidden: HiddenEntry,
  wish: Wish<Kind>,
): Promise<EntryOf<Kind>> {
  const { current } = hidden;
  if (current) await takeNewEntries(deps, index);
  hidden.current = null;
  const isThere = current && index.row(current.seq)?.hash === current.hash;
  if (isThere && isSameWish(current, wish.kind, wish.body(index.receiptNo()))) return current as EntryOf<Kind>;
  return appendEntry(deps, index, hidden, wish);
}

/**
 * Insert, never upsert: when the key is taken, another tab has appended. Then its entries are read and the same wish is
 * appended behind them: after payment nothing is refused, but what is among them is not written twice.
 */
async function appendEntry<Kind extends DeviceEntryKind>(
  deps: JournalDeps,
  index: JournalIndex,
  hidden: HiddenEntry,
  { kind, person, body, isDone, prove }: Wish<Kind>,
): Promise<EntryOf<Kind>> {
  let isProven = false;
  for (let collisions = 0; collisions < COLLISIONS_MAX; collisions += 1) {
    if (isDone?.()) throw new DoneElsewhere(`Another tab wrote this ${kind}.`);
    const draft = { ...deps.owner, person, at: deps.clock(), kind, body: body(index.receiptNo() + 1) };
    const sealed = sealEntry(draft, index.head());
    const entry = await withSignature(deps.signer, sealed);
    hidden.current = entry;
    const isWritten = await insertSurely(deps, entry, () => {
      if (isProven) return;
      // What is refused is certainly not on the disk.
      hidden.current = null;
      prove?.(sealed);
      hidden.current = entry;
      isProven = true;
    });
    hidden.current = null;
    if (isWritten) {
      take(deps, index, entry);
      // The sale is on disk: it waits for no vault, and one that fails does not undo it.
      void deps.tail.keep(index.tail());
      return entry;
    }
    deps.onSuperseded();
    await takeNewEntries(deps, index);
  }
  throw new Error('Invariant broken: the journal has no free place.');
}

/** Signed before it is on disk. After payment nothing is refused: without its key the device writes all the same. */
async function withSignature<Entry extends DeviceEntry>(signer: Signer, entry: Entry): Promise<Entry> {
  const signature = await signEntry(signer, entry).catch(() => undefined);
  return signature === undefined ? entry : { ...entry, signature };
}

async function takeNewEntries(deps: JournalDeps, index: JournalIndex): Promise<void> {
  const head = index.head();
  const next = entryId(deps.owner.deviceId, head.seq + 1);
  const entries = await deps.shelf.find({ where: { id: { $gte: next } }, sort: ['id'] });
  for (const entry of entries) if (isOwn(deps.owner, entry)) take(deps, index, entry);
}

async function readRange({ shelf, owner }: JournalDeps, from: number, to: number): Promise<OwnEntry[]> {
  const ids = Array.from({ length: Math.max(0, to - from + 1) }, (_, offset) => entryId(owner.deviceId, from + offset));
  return readEach({ shelf }, ids);
}

async function readEach({ shelf }: Pick<JournalDeps, 'shelf'>, ids: readonly EntryId[]): Promise<OwnEntry[]> {
  if (ids.length === 0) return [];
  const entries = await shelf.byIds(ids);
  return entries.sort((left, right) => (left.id < right.id ? -1 : 1));
}

async function purgeRows({ shelf }: JournalDeps, index: JournalIndex, upTo: number, limit: number): Promise<number> {
  const rows = index.after(0, limit);
  const old = rows.filter(({ seq }) => seq <= upTo);
  await shelf.remove(old.map(({ id }) => id));
  const last = old.at(-1);
  if (last) index.dropThrough(last.seq);
  return old.length;
}
