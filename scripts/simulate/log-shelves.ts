import { encodeRecord, type LogChange, type StoredDoc } from '../../client/store/log/log-record.ts';
import { type Log, openLog } from '../../client/store/log/open-log.ts';
import { ownFields, StoredDocs } from '../../client/store/log/stored-docs.ts';
import { tidyLog } from '../../client/store/log/tidy-log.ts';
import { createMemoryShelf } from '../../client/store/memory-shelf.ts';
import type { Shelf } from '../../client/store/shelf.ts';
import type { CollectionName } from '../../schema/roles.ts';
import { keyOf, type ShelfWorld } from './device-shelves.ts';
import { createLogFileModel } from './log-file-model.ts';

/** A device looks at its log every few minutes; here so often, in milliseconds. */
const TIDY_MS = 3_000;

/** The log that ships, over a disk that fails; it is tidied now and then. */
export async function openDeviceLog(world: ShelfWorld): Promise<Log> {
  const log = await openLog(createLogFileModel(world));
  const tidyLater = () =>
    void world.tab.timers.after(TIDY_MS, () => {
      // A disk that takes nothing is tidied another time.
      tidyLog(log, world.tab.timers, () => true).then(tidyLater, tidyLater);
    });
  tidyLater();
  return log;
}

/** A collection in a log, without RxDB in between: what it answers is what its tab has read or written. */
export function openLogShelf(world: ShelfWorld, log: Log, name: CollectionName): Shelf<object> {
  const key = keyOf(name);
  const stored = new StoredDocs();
  /** Written by the writes of this turn. */
  const coming = new Map<string, object>();
  const shelf = createMemoryShelf<object>(key as never, { copy: (value) => value });
  const idOf = (doc: object) => String((doc as Record<string, unknown>)[key]);
  const hold = (doc: StoredDoc) => {
    stored.set(idOf(doc), doc);
    // Memory: it is there at once.
    void shelf.replace(ownFields<object>(doc));
  };
  const drop = (ids: readonly string[]) => {
    for (const id of ids) stored.delete(id);
    void shelf.remove(ids);
  };
  const become = (docs: ReadonlyMap<string, StoredDoc>) => {
    drop([...stored.keys()].filter((id) => !docs.has(id)));
    for (const [id, doc] of docs) if (stored.get(id)?._rev !== doc._rev) hold(doc);
  };
  become(log.join(name, { docs: () => stored, become })());
  const change = async (wish: () => Partial<LogChange>): Promise<Partial<LogChange>> => {
    await world.tab.gate();
    let made: Partial<LogChange> = {};
    await log.write({
      prepare: () => {
        made = wish();
        for (const doc of made.docs ?? []) coming.set(idOf(doc), doc);
        return made.docs?.length || made.gone?.length ? encodeRecord(name, key, made) : null;
      },
      apply: () => {
        for (const doc of made.docs ?? []) hold(doc);
        drop(made.gone ?? []);
      },
      settle: () => coming.clear(),
    });
    return made;
  };
  const isThere = (doc: object) => stored.has(idOf(doc)) || coming.has(idOf(doc));
  const write = async (wish: () => readonly object[]): Promise<boolean> => {
    const { docs = [] } = await change(() => ({ docs: wish().map((doc) => asStored(doc, stored.get(idOf(doc)))) }));
    // DISK10: what is answered is on the disk.
    const missing = docs.find((doc) => world.tab.isAlive() && !world.storage.docs[name].has(idOf(doc)));
    if (missing) world.lied('DISK10', `${name}/${idOf(missing)} was answered, and is not on the disk`);
    return docs.length > 0;
  };
  const read = async <Value>(act: () => Promise<Value>): Promise<Value> => {
    await world.tab.gate();
    return act();
  };
  return {
    insert: (doc) => write(() => (isThere(doc) ? [] : [doc])),
    insertAll: async (docs) => {
      if (!(await write(() => (docs.some(isThere) ? [] : docs))) && docs.length > 0) throw new Error('A key is taken.');
    },
    replace: async (doc) => void (await write(() => [doc])),
    replaceAll: async (docs) => void (await write(() => docs)),
    byIds: (ids) => read(() => shelf.byIds(ids)),
    find: (query) => read(() => shelf.find(query)),
    count: () => read(shelf.count),
    remove: async (ids) => void (await change(() => ({ gone: ids.filter((id) => stored.has(id)) }))),
    onWritten: shelf.onWritten,
    onRemoved: shelf.onRemoved,
  };
}

function asStored(doc: object, before: StoredDoc | undefined): StoredDoc {
  const height = Number.parseInt(before?._rev ?? '0', 10) + 1;
  return { ...doc, _rev: `${height}-x`, _meta: { lwt: 1 }, _deleted: false, _attachments: {} } as StoredDoc;
}
