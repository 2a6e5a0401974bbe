import { createMutex } from '../mutex.ts';
import { type WhenAsked, whenAsked } from '../when-asked.ts';
import { createGroupCommit, type LogWrite } from './group-commit.ts';
import type { DamagedRecord, LogEdit, LogFile } from './log-file.ts';
import { encodeRecord, type LogRecord, type StoredDoc, sizeOf } from './log-record.ts';
import { isPosition, type RecordNote, type ReplayedCollection, replayLog } from './log-replay.ts';
import { StoredDocs } from './stored-docs.ts';

/** An open collection: it holds its documents in memory. */
export interface LogMember {
  docs(): StoredDocs;
  /** Another tab wrote: this is what the disk holds now. */
  become(docs: StoredDocs): void;
}

/** Records that take the place of others of the same collection. */
export type Replacement = Rewritten | Amended;

/** They stand at the end. */
interface Rewritten {
  readonly drop: readonly number[];
  /** At least one: the last number, which says whether another tab was here, must not fall. */
  readonly add: readonly [LogRecord, ...LogRecord[]];
}

/** They say the same as those of their numbers, and stand there. */
interface Amended {
  readonly amend: ReadonlyMap<number, LogRecord>;
}

/** The log of one database, open: all its collections write to it, and find their documents in it. */
export interface Log {
  /** Gives a collection's documents, to be read out when they are needed, and tells it from now on what other tabs wrote. */
  join(collection: string, member: LogMember): WhenAsked<StoredDocs>;
  /** Takes back what a closing collection held; nothing from one whose place another has taken. */
  leave(collection: string, member: LogMember, docs: WhenAsked<StoredDocs>): void;
  write(write: LogWrite): Promise<void>;
  /** Takes in what another tab wrote meanwhile; usually nothing. */
  refresh(): Promise<void>;
  /** Puts records in the place of others, in one transaction. False, and nothing done, when another tab wrote. No write comes between. */
  replace(collection: string, act: () => Promise<Replacement | null>): Promise<boolean>;
  /** The records of each collection, in order. */
  notes(): ReadonlyMap<string, readonly RecordNote[]>;
  docs(collection: string): ReadonlyMap<string, StoredDoc>;
  read: LogFile['read'];
  /** What was found damaged, now or at an earlier start. */
  damaged(): Promise<readonly DamagedRecord[]>;
  close(): Promise<void>;
}

/** Reads the whole log into memory. Rejects when the disk does not let it be read at all. */
export async function openLog(file: LogFile): Promise<Log> {
  const members = new Map<string, LogMember>();
  const inTurn = createMutex();
  let { last, collections, damaged } = await replayLog(file);

  const keep = (collection: string, held: WhenAsked<ReplayedCollection>) => {
    collections.set(collection, held);
    return held;
  };
  const unread = (collection: string) =>
    collections.get(collection) ??
    keep(
      collection,
      whenAsked(() => ({ docs: new StoredDocs(), notes: [] })),
    );
  const replayed = (collection: string): ReplayedCollection => unread(collection)();
  /** Hands the documents over: they are kept once. */
  const handOver = (collection: string): WhenAsked<StoredDocs> => {
    const held = unread(collection);
    keep(
      collection,
      whenAsked(() => ({ notes: held().notes, docs: new StoredDocs() })),
    );
    return whenAsked(() => held().docs);
  };
  const catchUp = async () => {
    ({ last, collections, damaged } = await replayLog(file));
    for (const [collection, member] of members) member.become(handOver(collection)());
  };
  const edit = async ({ add: records = [], ...more }: Partial<LogEdit>): Promise<boolean> => {
    // Damage is laid aside with the first write: a tab that only looks changes nothing.
    const add = damaged.length > 0 ? [...forgetPositions(collections), ...records] : records;
    if (!(await file.edit(last, { add, ...more, aside: damaged }))) return false;
    for (const record of add) {
      const { collection, rows, emptied } = record;
      last += 1;
      replayed(collection).notes.push({ n: last, rows, size: sizeOf(record), emptied, isBare: 'fields' in record });
    }
    damaged = [];
    return true;
  };
  return {
    join: (collection, member) => {
      const before = members.get(collection);
      members.set(collection, member);
      return before ? whenAsked(() => copyOf(before.docs())) : handOver(collection);
    },
    leave: (collection, member, docs) => {
      if (members.get(collection) !== member) return;
      const held = unread(collection);
      keep(
        collection,
        whenAsked(() => ({ notes: held().notes, docs: docs() })),
      );
      members.delete(collection);
    },
    write: createGroupCommit({ inTurn, append: (add) => edit({ add }), catchUp }),
    refresh: () =>
      inTurn(async () => {
        if ((await file.last()) !== last) await catchUp();
      }),
    replace: (collection, act) =>
      inTurn(async () => {
        const replacement = await act();
        if (!replacement || !(await edit(replacement))) return false;
        const { drop = [], amend }: Partial<Rewritten & Amended> = replacement;
        const gone = new Set(drop);
        const { docs, notes } = replayed(collection);
        const left = notes.filter(({ n }) => !gone.has(n));
        keep(
          collection,
          whenAsked(() => ({
            docs,
            notes: left.map((note) => (amend?.has(note.n) ? { ...note, isBare: false } : note)),
          })),
        );
        return true;
      }),
    notes: () => new Map([...collections.keys()].map((collection) => [collection, replayed(collection).notes])),
    docs: (collection) => members.get(collection)?.docs() ?? replayed(collection).docs,
    read: file.read,
    damaged: async () => [...(await file.aside()), ...damaged],
    close: () => inTurn(async () => file.close()),
  };
}

function copyOf(docs: StoredDocs): StoredDocs {
  const copy = new StoredDocs();
  for (const [id, doc] of docs) copy.set(id, doc);
  return copy;
}

function forgetPositions(collections: ReadonlyMap<string, unknown>): LogRecord[] {
  return [...collections.keys()]
    .filter(isPosition)
    .map((collection) => encodeRecord(collection, POSITION_KEY, { emptied: true }));
}

/** RxDB's name for the key of a position. */
const POSITION_KEY = 'id';
