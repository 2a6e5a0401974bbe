import { type ChainFault, EMPTY_HEAD } from '../../schema/chain.ts';
import { type DeviceEntry, entryPlaceShape, type Head } from '../../schema/entry/entry.ts';
import { type DeviceId, entryId, splitEntryId } from '../../schema/ids.ts';
import { sureCheck } from '../../schema/sure-check.ts';
import type { Cancel, Timers } from '../device/device-deps.ts';
import { checkChain } from './chain-check.ts';
import type { Findings } from './findings.ts';
import type { OwnEntry } from './journal.ts';
import type { JournalIndex } from './journal-index.ts';
import { type KeptTail, laterTail } from './journal-tail.ts';

export interface JournalLoadDeps {
  readonly owner: { readonly deviceId: DeviceId };
  readonly timers: Timers;
  readonly findings: Findings;
  /** Takes in an entry that holds together. */
  readonly take: (entry: DeviceEntry) => void;
}

/** What the vault said before the journal was read. */
export interface Remembered {
  readonly tail: KeptTail | undefined;
  readonly acknowledged: Head;
}

/**
 * Takes in what is on disk and begins to check its chain. What is damaged keeps its place and nothing of it is believed; it is
 * told with a copy of the row, and the till goes on selling behind the last entry that was ever written here, on disk still or not.
 */
export async function loadJournal(
  deps: JournalLoadDeps,
  index: JournalIndex,
  entries: readonly OwnEntry[],
  remembered: Remembered,
): Promise<Cancel> {
  const byId = new Map(entries.map((entry) => [splitEntryId(entry.id).seq, entry]));
  const unsound = entries.filter(isUnsound).map(({ id }) => splitEntryId(id).seq);
  const damaged = new Map<number, string>(unsound.map((seq) => [seq, 'unreadable']));
  let atStart = true;
  const cancel = checkChain(linksOf(entries, new Set(unsound)), deps.timers, ({ seq, fault }) => {
    if (fault === 'hash' && !damaged.has(seq)) damaged.set(seq, fault);
    // What is damaged as a whole is told once, below.
    if (atStart && damaged.has(seq)) return;
    // A full disk takes no finding: the next start finds it again.
    report(deps, seq, fault, byId.get(seq)).catch(() => undefined);
  });
  atStart = false;
  for (const [at, entry] of entries.entries()) {
    const { seq } = splitEntryId(entry.id);
    const fault = damaged.get(seq) ?? takeOrSay(deps, entry);
    if (fault === undefined) continue;
    const behind = damaged.has(seq + 1) ? undefined : entries[at + 1];
    index.addDamaged(entry.id, hashOfDamaged(entry, behind), entry);
    await report(deps, seq, fault, entry);
  }
  await resume(deps, index, remembered);
  return cancel;
}

/** Behind the rows stands what only the vault remembers: they were lost, and a person is told. */
async function resume(
  { owner, findings }: JournalLoadDeps,
  index: JournalIndex,
  { tail, acknowledged }: Remembered,
): Promise<void> {
  const held = index.head().seq;
  index.resume(laterTail(index.tail(), tail, acknowledged));
  const { seq } = index.head();
  if (seq === held) return;
  // Under the id of the first entry behind the hole, where the chain check will find it too.
  await findings.report('chain', entryId(owner.deviceId, seq + 1), {
    seq: seq + 1,
    fault: 'gap',
    from: held + 1,
    to: seq,
  });
}

function takeOrSay({ take }: JournalLoadDeps, entry: DeviceEntry): string | undefined {
  try {
    take(entry);
    return undefined;
  } catch (error) {
    if (error instanceof TypeError) return 'unreadable';
    throw error;
  }
}

async function report(
  { owner, findings }: JournalLoadDeps,
  seq: number,
  fault: ChainFault['fault'] | string,
  row: OwnEntry | undefined,
): Promise<void> {
  await findings.report('chain', entryId(owner.deviceId, seq), { seq, fault, ...(row ? { row } : {}) });
}

const hasPlace = sureCheck(entryPlaceShape);

/** A row that does not even say its place in the chain, or says another than its key. */
function isUnsound(entry: OwnEntry): boolean {
  return !hasPlace(entry) || entry.seq !== splitEntryId(entry.id).seq;
}

/** The entry behind it, if that is sound, knows the hash of a damaged one; else the row's own word is taken. */
function hashOfDamaged(entry: OwnEntry, behind: OwnEntry | undefined): Head['hash'] {
  const { seq } = splitEntryId(entry.id);
  const known = behind?.seq === seq + 1 ? behind.prev : entry.hash;
  return entryPlaceShape.shape.hash.safeParse(known).success ? known : EMPTY_HEAD.hash;
}

/** For the check an unsound row stands between its neighbours, so that they are not blamed for it. */
function linksOf(entries: readonly OwnEntry[], unsound: ReadonlySet<number>): readonly OwnEntry[] {
  if (unsound.size === 0) return entries;
  return entries.map((entry, index) => {
    const { seq } = splitEntryId(entry.id);
    if (!unsound.has(seq)) return entry;
    return { ...entry, seq, prev: entries[index - 1]?.hash, hash: entries[index + 1]?.prev } as OwnEntry;
  });
}
