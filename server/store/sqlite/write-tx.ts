import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { Scope } from '../../../schema/ids.ts';
import type { DocumentPlace, KeptAnswers } from '../kept-answers.ts';
import type { ReadTx, WriteTx } from '../store.ts';
import type { CommitChanges } from './commit-changes.ts';
import type { CommitNumbers } from './commit-numbers.ts';
import { writeDailySums } from './daily-sums.ts';
import { writeInbox } from './inbox.ts';
import { rowWriter, updateRow } from './row-sum.ts';

type Writes = Omit<WriteTx, keyof ReadTx>;

/** What is told of a change: its number, what it was, and where documents stand. */
export type Numbering = Pick<CommitNumbers, 'next'> &
  Pick<CommitChanges, 'add' | 'addUnknown'> &
  Pick<KeptAnswers, 'documents'>;

/** The writing half of a transaction. */
export function createWrites(database: Database, numbers: Numbering): Writes {
  return {
    ...writeHistory(database),
    ...writeDocuments(database, numbers),
    ...writeJournal(database, numbers),
    ...writeDevices(database),
    ...writeRecords(database),
    ...writeDailySums(database),
    ...writeInbox(database),
  };
}

function writeHistory(database: Database) {
  const meta = rowWriter(database, 'meta', { verb: 'INSERT OR REPLACE' });
  const epoch = rowWriter(database, 'epoch');
  return {
    setMeta: async (key, value) => void meta({ key, value }),
    addEpoch: async ({ n, id }, begunAt) => void epoch({ n, id, begunAt }),
  } satisfies Partial<Writes>;
}

function writeDocuments(database: Database, numbers: Numbering) {
  const known = database.prepare<unknown[], DocumentPlace>(
    'SELECT scope, seq FROM document WHERE collection = ? AND id = ?',
  );
  const put = rowWriter(database, 'document', {
    conflict: `ON CONFLICT DO UPDATE SET seq = excluded.seq, previous_seq = excluded.previous_seq,
        moved_by = excluded.moved_by, json = excluded.json, sum = excluded.sum`,
  });
  const dropBarcodes = database.prepare('DELETE FROM product_barcode WHERE product_id = ?');
  const addBarcode = rowWriter(database, 'product_barcode', { verb: 'INSERT OR REPLACE' });
  return {
    putDocument: async (collection, { id, scope, json, movedBy }) => {
      const key = `${collection}/${id}`;
      const before = numbers.documents.now(key, () => known.get(collection, id));
      if (before && before.scope !== scope) throw new Error(`Invariant broken: ${collection}/${id} changes its scope.`);
      const seq = numbers.next(scope);
      const change = { collection, seq, previousSeq: before?.seq ?? 0, movedBy: movedBy ?? null, json };
      put({ ...change, id, scope });
      numbers.documents.set(key, { scope, seq });
      numbers.add(scope, key, { kind: 'document', ...change });
      return seq;
    },
    setBarcodes: async (scope, productId, barcodes) => {
      dropBarcodes.run(productId);
      for (const barcode of barcodes) addBarcode({ scope, barcode, productId });
    },
  } satisfies Partial<Writes>;
}

function writeJournal(database: Database, numbers: Numbering) {
  const entry = rowWriter(database, 'entry');
  const state = rowWriter(database, 'entry_state');
  const scopeOf = database.prepare<unknown[], { scope: Scope }>('SELECT scope FROM entry WHERE id = ?');
  const quarantine = database.prepare(
    updateRow('entry_state', { verdict: "'quarantined'", reason: ':reason', commit_seq: ':commitSeq' }, 'id = :id'),
  );
  const reflag = database.prepare(updateRow('entry_state', { flags: ':flags', commit_seq: ':commitSeq' }, 'id = :id'));
  const cart = rowWriter(database, 'sold_cart', { conflict: 'ON CONFLICT DO NOTHING' });
  const head = rowWriter(database, 'head', { verb: 'INSERT OR REPLACE' });
  const settle = rowWriter(database, 'settled_target');
  const aside = rowWriter(database, 'set_aside', { conflict: 'ON CONFLICT DO NOTHING' });
  const edit = rowWriter(database, 'edit');
  return {
    insertEntry: async (row) => {
      const { id, scope, deviceId, verdict, reason, flags } = row;
      entry(row);
      const seq = numbers.next(scope);
      state({ id, scope, commitSeq: seq, deviceId, verdict, reason, flags: flags.join(',') });
      // What cannot be read may hold texts that come back otherwise.
      if (verdict === 'accepted') numbers.add(scope, id, { kind: 'entry', seq, entry: { ...row, seq } });
      else numbers.addUnknown(scope);
      return seq;
    },
    quarantineEntry: async (id, reason) => {
      const row = scopeOf.get(id);
      if (!row) throw new Error(`Invariant broken: there is no entry ${id} to quarantine.`);
      quarantine.run({ reason, commitSeq: numbers.next(row.scope), id });
      numbers.addUnknown(row.scope);
    },
    reflagEntry: async (id, flags) => {
      const row = scopeOf.get(id);
      if (!row) throw new Error(`Invariant broken: there is no entry ${id} to flag.`);
      reflag.run({ flags: flags.join(','), commitSeq: numbers.next(row.scope), id });
      numbers.addUnknown(row.scope);
    },
    addSoldCart: async (scope, cartId, entryId) => void cart({ scope, cartId, entryId }),
    setHead: async (deviceId, { seq, hash }) => void head({ deviceId, entrySeq: seq, hash }),
    settle: async (target, by) => void settle({ target, entryId: by }),
    setAside: async (row) =>
      void aside({ ...row, textHash: createHash('sha256').update(row.json).digest('base64url') }),
    addEditVerdict: async (row) => void edit(row),
  } satisfies Partial<Writes>;
}

function writeDevices(database: Database) {
  const device = rowWriter(database, 'device');
  const code = rowWriter(database, 'enrol_code');
  const credential = database.prepare(updateRow('device', { credential_hash: ':hash' }, 'id = :deviceId'));
  const countTry = database.prepare(updateRow('enrol_code', { tries: 'tries + 1' }, 'hash = :hash'));
  const use = database.prepare(updateRow('enrol_code', { used_by: ':deviceId' }, 'hash = :hash'));
  return {
    addDevice: async (row) => void device({ ...row, id: row.deviceId }),
    setCredential: async (deviceId, hash) => {
      if (credential.run({ hash, deviceId }).changes === 0) throw new Error(`Invariant broken: no device ${deviceId}.`);
    },
    addCode: async (row) => void code(row),
    countTry: async (hash) => void countTry.run({ hash }),
    spendCode: async (hash, deviceId) => void use.run({ hash, deviceId }),
  } satisfies Partial<Writes>;
}

function writeRecords(database: Database) {
  const put = rowWriter(database, 'record', { verb: 'INSERT OR REPLACE' });
  const drop = database.prepare('DELETE FROM record WHERE kind = ? AND id = ?');
  return {
    putRecord: async (record) => void put(record),
    dropRecord: async (kind, id) => void drop.run(kind, id),
  } satisfies Partial<Writes>;
}
