import type { Scope } from '../../../schema/ids.ts';
import { must } from '../../../schema/result.ts';
import type { CommitPlace, ReadTx, WriteTx } from '../store.ts';
import { writeDailySums } from './daily-sums.ts';
import { writeInbox } from './inbox.ts';
import type { Layer } from './layer.ts';
import { entryOf } from './memory-read.ts';
import { type CommitRow, commitKey, keyOf } from './tables.ts';

export type Writes = Omit<WriteTx, keyof ReadTx>;

/** Gives a change the next number of its scope. */
export type NumberChange = (scope: Scope, change: CommitRow['change']) => number;

/** Numbers of one transaction: given out in order, tagged together when it commits. `placeOf` says where a scope's history ends. */
export function createNumbers(layer: Layer, declared: readonly Scope[], placeOf: (scope: Scope) => CommitPlace) {
  const given = new Map<Scope, { seq: number; readonly changes: [number, CommitRow['change']][] }>();
  const next: NumberChange = (scope, change) => {
    if (!declared.includes(scope)) throw new Error(`Invariant broken: this transaction does not hold scope ${scope}.`);
    const range = given.get(scope) ?? { seq: placeOf(scope).seq, changes: [] };
    given.set(scope, range);
    range.seq += 1;
    range.changes.push([range.seq, change]);
    return range.seq;
  };
  /** Gives where each scope stood before, and stands. */
  const flush = (tag: string) => {
    const moved = new Map<Scope, { readonly after: number; readonly place: CommitPlace }>();
    for (const [scope, { seq, changes }] of given) {
      moved.set(scope, { after: placeOf(scope).seq, place: { seq, tag } });
      for (const [number, change] of changes) layer.put('commit_tag', commitKey(scope, number), { tag, change });
      layer.put('place', scope, { seq, tag });
    }
    return moved;
  };
  return { next, flush };
}

/** The writing half of a transaction. */
export function createMemoryWrites(layer: Layer, number: NumberChange): Writes {
  return {
    ...writeHistory(layer),
    ...writeDocuments(layer, number),
    ...writeJournal(layer, number),
    ...writeDevices(layer),
    ...writeRecords(layer),
    ...writeDailySums(layer),
    ...writeInbox(layer),
  };
}

function writeHistory(layer: Layer) {
  return {
    setMeta: async (key, value) => layer.put('meta', key, value),
    addEpoch: async ({ n, id }, begunAt) => layer.put('epoch', String(n), { n, id, begunAt }),
  } satisfies Partial<Writes>;
}

function writeDocuments(layer: Layer, number: NumberChange) {
  return {
    putDocument: async (collection, { id, scope, json, movedBy }) => {
      const key = keyOf(collection, id);
      const before = layer.get('document', key);
      if (before && before.scope !== scope) throw new Error(`Invariant broken: ${collection}/${id} changes its scope.`);
      const seq = number(scope, { kind: 'document', key });
      const previousSeq = before?.seq ?? 0;
      layer.put('document', key, { id, scope, seq, json, collection, previousSeq, movedBy: movedBy ?? null });
      return seq;
    },
    setBarcodes: async (scope, productId, barcodes) => {
      for (const key of layer.get('product_barcodes', productId) ?? []) {
        if (layer.get('barcode', key) === productId) layer.put('barcode', key, null);
      }
      const keys = barcodes.map((barcode) => keyOf(scope, barcode));
      for (const key of keys) layer.put('barcode', key, productId);
      layer.put('product_barcodes', productId, keys);
    },
  } satisfies Partial<Writes>;
}

function writeJournal(layer: Layer, number: NumberChange) {
  return {
    insertEntry: async ({ flags, verdict, reason, ...fixed }) => {
      const { id, scope, deviceId, entrySeq } = fixed;
      layer.put('entry', id, fixed);
      const seq = number(scope, { kind: 'entry', key: id });
      layer.put('entry_state', id, { seq, verdict, reason, flags });
      const chain = layer.get('chain', deviceId) ?? [];
      const place = chain.findLastIndex((each) => each < entrySeq) + 1;
      layer.put('chain', deviceId, chain.toSpliced(place, 0, entrySeq));
      if (fixed.kind === 'unreadable') {
        layer.put('unreadable', scope, [...(layer.get('unreadable', scope) ?? []), id].sort());
      }
      return seq;
    },
    quarantineEntry: async (id, reason) => {
      const entry = must(entryOf(layer, id), `the entry ${id} to quarantine`);
      const seq = number(entry.scope, { kind: 'entry', key: id });
      layer.put('entry_state', id, { seq, verdict: 'quarantined', reason, flags: entry.flags });
    },
    reflagEntry: async (id, flags) => {
      const entry = must(entryOf(layer, id), `the entry ${id} to flag`);
      const seq = number(entry.scope, { kind: 'entry', key: id });
      layer.put('entry_state', id, { seq, verdict: entry.verdict, reason: entry.reason, flags });
    },
    addSoldCart: async (scope, cartId, entryId) => {
      const key = keyOf(scope, cartId);
      const noted = layer.get('sold_cart', key) ?? [];
      if (!noted.includes(entryId)) layer.put('sold_cart', key, [...noted, entryId]);
    },
    setHead: async (deviceId, head) => layer.put('head', deviceId, { seq: head.seq, hash: head.hash }),
    setAside: async (row) => {
      const key = keyOf(row.courier, row.json);
      if (layer.get('set_aside', key)) return;
      layer.put('set_aside', key, row);
      layer.put('aside_count', row.courier, (layer.get('aside_count', row.courier) ?? 0) + 1);
    },
    settle: async (target, by) => layer.put('settled_target', target, by),
    addEditVerdict: async (row) => layer.put('edit', keyOf(row.deviceId, row.editId), row),
  } satisfies Partial<Writes>;
}

function writeDevices(layer: Layer) {
  return {
    addDevice: async (device) => {
      const { deviceId, branch, till, credentialHash, forkOf } = device;
      if (layer.get('device', deviceId)) throw new Error(`The device ${deviceId} is known already.`);
      layer.put('device', deviceId, device);
      if (credentialHash !== null) layer.put('credential', credentialHash, deviceId);
      const key = keyOf(branch, till);
      layer.put('till', key, [...(layer.get('till', key) ?? []), deviceId]);
      layer.put('branch', branch, [...(layer.get('branch', branch) ?? []), deviceId].sort());
      if (forkOf !== null) layer.put('forks', forkOf, [...(layer.get('forks', forkOf) ?? []), deviceId].sort());
    },
    setCredential: async (deviceId, credentialHash) => {
      const device = must(layer.get('device', deviceId), `the device ${deviceId}`);
      layer.put('device', deviceId, { ...device, credentialHash });
      layer.put('credential', credentialHash, deviceId);
    },
    addCode: async (code) => layer.put('code', code.hash, code),
    countTry: async (hash) => {
      const code = layer.get('code', hash);
      if (code) layer.put('code', hash, { ...code, tries: code.tries + 1 });
    },
    spendCode: async (hash, deviceId) => {
      const code = layer.get('code', hash);
      if (code) layer.put('code', hash, { ...code, usedBy: deviceId });
    },
  } satisfies Partial<Writes>;
}

function writeRecords(layer: Layer) {
  return {
    putRecord: async (record) => layer.put('record', keyOf(record.kind, record.id), record),
    dropRecord: async (kind, id) => layer.put('record', keyOf(kind, id), null),
  } satisfies Partial<Writes>;
}
