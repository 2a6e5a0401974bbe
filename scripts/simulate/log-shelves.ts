import { createLazyProducts } from '../../client/store/lazy-products.ts';
import { type FilledPage, fillWrite } from '../../client/store/log/fill-write.ts';
import { encodePage, encodeRecord, type LogChange, type StoredDoc } from '../../client/store/log/log-record.ts';
import { type Log, openLog } from '../../client/store/log/open-log.ts';
import { type Layers, type OwnDoc, ownFields, type RxFields, StoredDocs } from '../../client/store/log/stored-docs.ts';
import { createMemoryShelf } from '../../client/store/memory-shelf.ts';
import type { Shelf } from '../../client/store/shelf.ts';
import { tendLog } from '../../client/store/tend-log.ts';
import type { Product } from '../../schema/product.ts';
import type { CollectionName } from '../../schema/roles.ts';
import { keyOf, type ShelfWorld } from './device-shelves.ts';
import { createLogFileModel, textOf } from './log-file-model.ts';

/** A device looks at its log every few minutes; here so often, in milliseconds. */
const TIDY_MS = 3_000;

/** The log that ships, over a disk that fails; it is tidied now and then. */
export async function openDeviceLog(world: ShelfWorld): Promise<DeviceLog> {
  const file = createLogFileModel(world);
  const before = lastOf(world);
  const log = await openLog(file);
  const tidyLater = () =>
    void world.tab.timers.after(TIDY_MS, () => {
      // A disk that takes nothing is tidied another time.
      tendLog(log, world.tab.timers, () => true).then(tidyLater, tidyLater);
    });
  tidyLater();
  return { log, isStill: before === lastOf(world) };
}

function lastOf({ storage }: ShelfWorld): number {
  return [...storage.log.records.keys()].at(-1) ?? 0;
}

export interface DeviceLog {
  readonly log: Log;
  /** Nobody wrote while it was opened. */
  readonly isStill: boolean;
}

/** A shelf that takes pages of a first pull past what compares them. */
export interface FillingShelf extends Shelf<object> {
  /** Writes documents that are all new as one record, as the answer that says just them where there is one. False, and nothing written, when they are not. */
  fill(docs: readonly object[], answer?: Uint8Array): Promise<boolean>;
}

/** What RxDB keeps beside a page's documents. */
const FIELDS = { _rev: '1-x', _meta: { lwt: 1 }, _deleted: false, _attachments: {} } as RxFields;

/** A collection in a log, without RxDB in between: what it answers is what its tab has read or written. */
export function openLogShelf(world: ShelfWorld, { log, isStill }: DeviceLog, name: CollectionName): FillingShelf {
  const key = keyOf(name);
  const stored = new StoredDocs();
  /** Written by the writes of this turn. */
  const coming = new StoredDocs();
  const shelf = createMemoryShelf<object>(key as never, { copy: (value) => value });
  const idOf = (doc: object) => String((doc as Record<string, unknown>)[key]);
  /** What its catalogue reads its products out of, until something is written. */
  let layers: Layers | null = null;
  const hold = (doc: StoredDoc) => {
    layers = null;
    stored.set(idOf(doc), doc);
    // Memory: it is there at once.
    void shelf.replace(ownFields<object>(doc));
  };
  const drop = (ids: readonly string[]) => {
    layers = null;
    for (const id of ids) stored.delete(id);
    void shelf.remove(ids);
  };
  const become = (docs: ReadonlyMap<string, StoredDoc>) => {
    drop([...stored.keys()].filter((id) => !docs.has(id)));
    for (const [id, doc] of docs) if (stored.get(id)?._rev !== doc._rev) hold(doc);
  };
  const read = log.join(name, { docs: () => stored, become })();
  const unread = name === 'products' ? read.layers() : null;
  if (isStill && unread) checkUnread(world, unread as Layers<object> as Layers<Product>);
  become(read);
  layers = unread;
  // What is read out when it is first asked for is what the disk says, where nobody has written since it was opened.
  if (isStill && textOf(asOwn(stored)) !== textOf(world.storage.docs[name]))
    world.lied('DISK20', `${name} is read out as another`);
  const change = async (wish: () => Partial<LogChange>): Promise<Partial<LogChange>> => {
    await world.tab.gate();
    let made: Partial<LogChange> = {};
    await log.write({
      prepare: () => {
        made = wish();
        for (const doc of made.docs ?? []) coming.set(idOf(doc), doc as StoredDoc);
        return made.docs?.length || made.gone?.length ? [encodeRecord(name, key, made)] : [];
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
    checkOnDisk('DISK10', docs);
    return docs.length > 0;
  };
  const checkOnDisk = (rule: string, docs: readonly object[]) => {
    const missing = docs.find((doc) => world.tab.isAlive() && !world.storage.docs[name].has(idOf(doc)));
    if (missing) world.lied(rule, `${name}/${idOf(missing)} was answered, and is not on the disk`);
  };
  const gated = async <Value>(act: () => Promise<Value>): Promise<Value> => {
    await world.tab.gate();
    return act();
  };
  const fill = async (docs: readonly object[], answer?: Uint8Array): Promise<boolean> => {
    await world.tab.gate();
    const page: FilledPage = { ids: docs.map(idOf), docs: docs as readonly OwnDoc[], fields: FIELDS, answer };
    const record = (one: FilledPage) => encodePage(name, key, one);
    const { write, isWritten } = fillWrite({ page, held: () => stored, pending: coming, record }, () => {
      for (const doc of docs) hold({ ...doc, ...FIELDS } as StoredDoc);
    });
    await log.write(write);
    if (!isWritten()) return false;
    checkOnDisk('DISK17', docs);
    return true;
  };
  return {
    fill,
    insert: async (doc, prove) => {
      prove?.();
      return write(() => (isThere(doc) ? [] : [doc]));
    },
    insertAll: async (docs) => {
      if (!(await write(() => (docs.some(isThere) ? [] : docs))) && docs.length > 0) throw new Error('A key is taken.');
    },
    replace: async (doc) => void (await write(() => [doc])),
    replaceAll: async (docs) => void (await write(() => docs)),
    byIds: (ids) => gated(() => shelf.byIds(ids)),
    find: (query) => gated(() => shelf.find(query)),
    count: () => gated(shelf.count),
    layers: () => layers,
    remove: async (ids) => void (await change(() => ({ gone: ids.filter((id) => stored.has(id)) }))),
    onWritten: shelf.onWritten,
    onRemoved: shelf.onRemoved,
  };
}

/** DISK25, CAT13: what is read of a product by itself, and said of all unread, is what the disk holds. */
function checkUnread({ storage, lied }: ShelfWorld, layers: Layers<Product>): void {
  const products = createLazyProducts(layers);
  const held = [...storage.docs.products.values()] as Product[];
  const another = held.find((product) => JSON.stringify(products.get(product.id)) !== JSON.stringify(product));
  if (another) lied('DISK25', `${another.id} is read by itself as another`);
  const sold = held.filter(({ active }) => active).length;
  const said = [...products.counts().values()].reduce((sum, count) => sum + count, 0);
  if (sold !== said || products.first(sold)?.length !== sold) lied('CAT13', `${said} products are sold, not ${sold}`);
}

function asOwn(stored: StoredDocs): ReadonlyMap<string, object> {
  return new Map([...stored].map(([id, doc]) => [id, ownFields<object>(doc)]));
}

function asStored(doc: object, before: StoredDoc | undefined): StoredDoc {
  const height = Number.parseInt(before?._rev ?? '0', 10) + 1;
  return { ...doc, _rev: `${height}-x`, _meta: { lwt: 1 }, _deleted: false, _attachments: {} } as StoredDoc;
}
