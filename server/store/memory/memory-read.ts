import { type DeviceId, entryId, type Scope } from '../../../schema/ids.ts';
import type { DocumentCollection, EditPlace, JournalChange, ReadTx, StoredChange } from '../store.ts';
import { readDailySums } from './daily-sums.ts';
import { readInbox } from './inbox.ts';
import type { Layer } from './layer.ts';
import { type CommitRow, commitKey, type DocumentRow, keyOf } from './tables.ts';

/** The reading half of a transaction. */
export function createMemoryReads(layer: Layer): ReadTx {
  return {
    ...readHistory(layer),
    ...readDocuments(layer),
    ...readJournal(layer),
    ...readDevices(layer),
    ...readRecords(layer),
    ...readDailySums(layer),
    ...readInbox(layer),
  };
}

function readHistory(layer: Layer) {
  return {
    meta: async (key) => layer.get('meta', key),
    epoch: async () => epochsOf(layer).at(-1),
    epochs: async () => epochsOf(layer),
    scopes: async () => (layer.keys('place') as Scope[]).sort(),
    place: async (scope) => placeOf(layer, scope),
    tagAt: async (scope, seq) => layer.get('commit_tag', commitKey(scope, seq))?.tag,
  } satisfies Partial<ReadTx>;
}

function epochsOf(layer: Layer): { n: number; id: string }[] {
  const known = layer.keys('epoch').flatMap((key) => layer.get('epoch', key) ?? []);
  return known.map(({ n, id }) => ({ n, id })).sort((left, right) => left.n - right.n);
}

export function placeOf(layer: Layer, scope: Scope) {
  return layer.get('place', scope) ?? { seq: 0, tag: '' };
}

/** Changes of a scope in commit order, each where it happened last. */
function* changesOf(
  layer: Layer,
  scope: Scope,
  after: number,
): Generator<{ seq: number; change: CommitRow['change'] }> {
  const end = placeOf(layer, scope).seq;
  for (let seq = after + 1; seq <= end; seq += 1) {
    const change = layer.get('commit_tag', commitKey(scope, seq))?.change;
    if (!change) continue;
    const table = change.kind === 'document' ? 'document' : 'entry_state';
    if (layer.get(table, change.key)?.seq === seq) yield { seq, change };
  }
}

/** Documents of a collection and a scope in commit order; a loop, because every status counts them all. */
function documentsOf(
  layer: Layer,
  collection: DocumentCollection,
  {
    scope,
    after,
    limit = Number.POSITIVE_INFINITY,
  }: { readonly scope: Scope; readonly after: number; readonly limit?: number },
): DocumentRow[] {
  const [end, prefix, found] = [placeOf(layer, scope).seq, keyOf(collection, ''), [] as DocumentRow[]];
  for (let seq = after + 1; seq <= end && found.length < limit; seq += 1) {
    const change = layer.get('commit_tag', commitKey(scope, seq))?.change;
    if (change?.kind !== 'document' || !change.key.startsWith(prefix)) continue;
    const row = layer.get('document', change.key);
    if (row?.seq === seq) found.push(row);
  }
  return found;
}

function readDocuments(layer: Layer) {
  return {
    document: async (collection, id) => layer.get('document', keyOf(collection, id)),
    documentsAfter: async (collection, place) => documentsOf(layer, collection, place),
    documentsNamed: async (collection, prefix, limit) =>
      layer
        .keys('document')
        .flatMap((key) => layer.get('document', key) ?? [])
        .filter((row) => row.collection === collection && row.id.startsWith(prefix))
        .sort((left, right) => compareText(left.id, right.id))
        .slice(0, limit),
    documentsById: async (collection, places, { skip, limit }) => {
      const rows = new Map<string, DocumentRow>();
      for (const { scope, after } of places) {
        for (const row of documentsOf(layer, collection, { scope, after })) rows.set(row.id, row);
      }
      return [...rows.values()].sort((left, right) => compareText(left.id, right.id)).slice(skip, skip + limit);
    },
    countDocuments: async (collection, scope, after) => documentsOf(layer, collection, { scope, after }).length,
    productByBarcode: async (scope, barcode) => layer.get('barcode', keyOf(scope, barcode)) ?? undefined,
  } satisfies Partial<ReadTx>;
}

/** An entry as it is stored, with what is said of it. */
export function entryOf(layer: Layer, id: string): JournalChange | undefined {
  const fixed = layer.get('entry', id);
  const state = layer.get('entry_state', id);
  return fixed && state && { ...fixed, ...state };
}

function* entriesOf(layer: Layer, scope: Scope, after: number, except?: DeviceId): Generator<JournalChange> {
  for (const { change } of changesOf(layer, scope, after)) {
    if (change.kind !== 'entry' || layer.get('entry', change.key)?.deviceId === except) continue;
    const entry = entryOf(layer, change.key);
    if (entry) yield entry;
  }
}

function countEntries(layer: Layer, scope: Scope, after: number, except?: DeviceId): number {
  let count = 0;
  const end = placeOf(layer, scope).seq;
  for (let seq = after + 1; seq <= end; seq += 1) {
    const change = layer.get('commit_tag', commitKey(scope, seq))?.change;
    if (change?.kind !== 'entry' || layer.get('entry_state', change.key)?.seq !== seq) continue;
    if (layer.get('entry', change.key)?.deviceId !== except) count += 1;
  }
  return count;
}

function readJournal(layer: Layer) {
  return {
    entry: async (id) => entryOf(layer, id),
    entriesFrom: async (deviceId, from, limit) =>
      (layer.get('chain', deviceId) ?? [])
        .filter((seq) => seq >= from)
        .slice(0, limit)
        .flatMap((seq) => entryOf(layer, entryId(deviceId, seq)) ?? []),
    forkEntries: async (deviceId, seq) =>
      (layer.get('forks', deviceId) ?? []).flatMap((fork) => entryOf(layer, entryId(fork, seq)) ?? []),
    journalAfter: async ({ scope, after, limit }, except) => firstOf(entriesOf(layer, scope, after, except), limit),
    countJournal: async (scope, after, except) => countEntries(layer, scope, after, except),
    journalSeqBefore: async (scope, receivedAt) => {
      for (const entry of entriesOf(layer, scope, 0)) if (entry.receivedAt >= receivedAt) return entry.seq - 1;
      return placeOf(layer, scope).seq;
    },
    cartSold: async (scope, cartId) => layer.get('sold_cart', keyOf(scope, cartId)) !== undefined,
    hasTraces: async ({ scope, carts, draft, target }) =>
      carts.some((cart) => layer.get('sold_cart', keyOf(scope, cart)) !== undefined) ||
      layer.get('document', keyOf('drafts', draft)) !== undefined ||
      layer.get('settled_target', target) !== undefined,
    cartEntries: async (scope, cartId, limit) =>
      (layer.get('sold_cart', keyOf(scope, cartId)) ?? []).toSorted().slice(0, limit),
    head: async (deviceId) => layer.get('head', deviceId),
    setAsideCount: async (courier) => layer.get('aside_count', courier) ?? 0,
    unreadableEntries: async (scope, after, limit) =>
      (layer.get('unreadable', scope) ?? [])
        .filter((id) => id > after)
        .slice(0, limit)
        .flatMap((id) => entryOf(layer, id) ?? []),
    settledBy: async (target) => layer.get('settled_target', target),
    changesAfter: async ({ scope, after, limit }) =>
      firstOf(changesOf(layer, scope, after), limit).flatMap(({ seq, change }) => changeOf(layer, seq, change) ?? []),
  } satisfies Partial<ReadTx>;
}

function changeOf(layer: Layer, seq: number, { kind, key }: CommitRow['change']): StoredChange | undefined {
  if (kind === 'entry') {
    const entry = entryOf(layer, key);
    return entry && { kind, seq, entry };
  }
  const row = layer.get('document', key);
  if (!row) return undefined;
  const { collection, json, previousSeq, movedBy } = row;
  return { kind, seq, collection, json, previousSeq, movedBy };
}

function readDevices(layer: Layer) {
  return {
    device: async (id) => layer.get('device', id),
    deviceByCredential: async (hash) => {
      const id = layer.get('credential', hash);
      const device = id && layer.get('device', id);
      return device?.credentialHash === hash ? device : undefined;
    },
    devicesOfTill: async (branch, till) =>
      (layer.get('till', keyOf(branch, till)) ?? []).flatMap((id) => layer.get('device', id) ?? []),
    devicesOfBranch: async (branch) =>
      (layer.get('branch', branch) ?? []).flatMap((id) => layer.get('device', id) ?? []),
    forksOf: async (deviceId) => (layer.get('forks', deviceId) ?? []).flatMap((id) => layer.get('device', id) ?? []),
    code: async (hash) => layer.get('code', hash),
    editVerdict: async (deviceId, editId) => layer.get('edit', keyOf(deviceId, editId))?.verdict,
    editsBefore: async (before, limit) => {
      const stored = layer.keys('edit').flatMap((key) => layer.get('edit', key) ?? []);
      const behind = stored.filter((edit) => before === null || compareEdits(edit, before) > 0);
      return behind.sort(compareEdits).slice(0, limit);
    },
  } satisfies Partial<ReadTx>;
}

function readRecords(layer: Layer) {
  return {
    record: async (kind, id) => layer.get('record', keyOf(kind, id)) ?? undefined,
    records: async (kind, { prefix = '', until = Number.MAX_SAFE_INTEGER, limit }) =>
      layer
        .keys('record')
        .flatMap((key) => layer.get('record', key) ?? [])
        .filter((row) => row.kind === kind && row.at <= until && row.id.startsWith(prefix))
        .sort((left, right) => left.at - right.at || compareText(left.id, right.id))
        .slice(0, limit),
  } satisfies Partial<ReadTx>;
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}

/** The last to arrive first. */
function compareEdits(left: EditPlace, right: EditPlace): number {
  const keyOfPlace = ({ deviceId, editId }: EditPlace) => `${deviceId} ${editId}`;
  return right.receivedAt - left.receivedAt || (keyOfPlace(left) < keyOfPlace(right) ? 1 : -1);
}

function firstOf<Value>(values: Iterable<Value>, limit: number): Value[] {
  const first: Value[] = [];
  for (const value of values) {
    if (first.length >= limit) break;
    first.push(value);
  }
  return first;
}
