import type { LogFile } from '../../client/store/log/log-file.ts';
import { decodeRecord, type LogRecord } from '../../client/store/log/log-record.ts';
import { type OwnDoc, ownFields } from '../../client/store/log/stored-docs.ts';
import type { CollectionName } from '../../schema/roles.ts';
import { type ShelfWorld, strictWrite } from './device-shelves.ts';

/**
 * The disk under a device's log as one of its tabs sees it: a transaction is there wholly or not at all, fails as a disk fails, and may be
 * the last that its tab does. What it wrote is read back as what the disk holds of each collection.
 */
export function createLogFileModel(world: ShelfWorld): LogFile {
  const { tab, storage } = world;
  const { records } = storage.log;
  const last = () => [...records.keys()].at(-1) ?? 0;
  const read = async <Value>(act: () => Value): Promise<Value> => {
    await tab.gate();
    return act();
  };
  return {
    readAll: (take) =>
      read(() => {
        for (const [n, record] of records) take(n, record);
      }),
    read: (numbers) => read(() => numbers.map((n) => records.get(n))),
    last: () => read(last),
    edit: (after, { add, drop = [], amend = new Map() }) =>
      strictWrite(world, collectionsOf(add), async () => {
        if (last() !== after) return false;
        for (const [at, record] of add.entries()) records.set(after + 1 + at, record);
        for (const n of drop) records.delete(n);
        for (const [n, record] of amend) {
          checkAmended(world, records.get(n), record);
          records.set(n, record);
        }
        if (drop.length > 0) checkRewritten(world, add);
        else for (const record of add) takeIn(world, record);
        return true;
      }),
    aside: async () => [],
    close: () => undefined,
  };
}

function collectionsOf(records: readonly LogRecord[]): CollectionName[] {
  return [...new Set(records.map(({ collection }) => collection as CollectionName))];
}

/** What a record that was just written says, and nothing else, is on the disk from now on. */
function takeIn({ storage, written }: ShelfWorld, record: LogRecord): void {
  const name = record.collection as CollectionName;
  const { docs, gone } = saidBy(record);
  for (const id of gone) storage.docs[name].delete(id);
  for (const doc of docs) {
    storage.docs[name].set(String(doc[record.key]), doc);
    written(name, doc);
  }
}

function saidBy(record: LogRecord): { readonly docs: readonly OwnDoc[]; readonly gone: readonly string[] } {
  const { docs = [], alike = [], gone = [] } = decodeRecord(record)?.change ?? {};
  return { docs: [...alike.flatMap((page) => page.docs), ...docs.map((doc) => ownFields<OwnDoc>(doc))], gone };
}

/** DISK25: a record that stands in the place of another says the same. */
function checkAmended({ lied }: ShelfWorld, before: LogRecord | undefined, record: LogRecord): void {
  if (!before || JSON.stringify(saidBy(before)) !== JSON.stringify(saidBy(record)))
    lied('DISK25', `a record of ${record.collection} says something else with an index`);
}

/** DISK15: a log that was rewritten says the same as before. */
function checkRewritten({ storage, lied }: ShelfWorld, add: readonly LogRecord[]): void {
  for (const name of collectionsOf(add)) {
    const said = textOf(replayed(storage.log.records.values(), name));
    if (said !== textOf(storage.docs[name])) lied('DISK15', `${name} is another after it was rewritten`);
  }
}

/** What the records say of one collection, the last word of each document. */
function replayed(records: Iterable<LogRecord>, name: CollectionName): Map<string, object> {
  const held = new Map<string, object>();
  for (const record of records) {
    if (record.collection !== name) continue;
    const { docs, gone } = saidBy(record);
    for (const id of gone) held.delete(id);
    for (const doc of docs) held.set(String(doc[record.key]), doc);
  }
  return held;
}

/** The same text for the same documents, in whatever order. */
export function textOf(docs: ReadonlyMap<string, object>): string {
  return JSON.stringify([...docs].sort(([left], [right]) => (left < right ? -1 : 1)));
}
