import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { Scope } from '../../../schema/ids.ts';
import type { ReadTx, WriteTx } from '../store.ts';
import type { CommitNumbers } from './commit-numbers.ts';

type Writes = Omit<WriteTx, keyof ReadTx>;

/** The writing half of a transaction. `numberIn` gives a scope's next commit sequence. */
export function createWrites(database: Database, numbers: Pick<CommitNumbers, 'next'>): Writes {
  return {
    ...writeHistory(database),
    ...writeDocuments(database, numbers),
    ...writeJournal(database, numbers),
    ...writeDevices(database),
  };
}

function writeHistory(database: Database) {
  const meta = database.prepare('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)');
  const epoch = database.prepare('INSERT INTO epoch (n, id, begun_at) VALUES (?, ?, ?)');
  return {
    setMeta: async (key, value) => void meta.run(key, value),
    addEpoch: async ({ n, id }, begunAt) => void epoch.run(n, id, begunAt),
  } satisfies Partial<Writes>;
}

function writeDocuments(database: Database, numbers: Pick<CommitNumbers, 'next'>) {
  const known = database.prepare<unknown[], { scope: Scope; seq: number }>(
    'SELECT scope, seq FROM document WHERE collection = ? AND id = ?',
  );
  const put = database.prepare(
    `INSERT INTO document (collection, id, scope, seq, previous_seq, moved_by, json) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET
       seq = excluded.seq, previous_seq = excluded.previous_seq, moved_by = excluded.moved_by, json = excluded.json`,
  );
  const dropBarcodes = database.prepare('DELETE FROM product_barcode WHERE product_id = ?');
  const addBarcode = database.prepare(
    'INSERT OR REPLACE INTO product_barcode (scope, barcode, product_id) VALUES (?, ?, ?)',
  );
  return {
    putDocument: async (collection, { id, scope, json, movedBy }) => {
      const before = known.get(collection, id);
      if (before && before.scope !== scope) throw new Error(`Invariant broken: ${collection}/${id} changes its scope.`);
      const seq = numbers.next(scope);
      put.run(collection, id, scope, seq, before?.seq ?? 0, movedBy ?? null, json);
      return seq;
    },
    setBarcodes: async (scope, productId, barcodes) => {
      dropBarcodes.run(productId);
      for (const barcode of barcodes) addBarcode.run(scope, barcode, productId);
    },
  } satisfies Partial<Writes>;
}

function writeJournal(database: Database, numbers: Pick<CommitNumbers, 'next'>) {
  const entry = database.prepare(
    `INSERT INTO entry (id, device_id, entry_seq, prev, hash, scope, kind, at, json, signature, courier, received_at)
     VALUES (:id, :deviceId, :entrySeq, :prev, :hash, :scope, :kind, :at, :json, :signature, :courier, :receivedAt)`,
  );
  const state = database.prepare(
    `INSERT INTO entry_state (id, scope, commit_seq, device_id, verdict, reason, flags)
     VALUES (:id, :scope, :seq, :deviceId, :verdict, :reason, :flags)`,
  );
  const scopeOf = database.prepare<unknown[], { scope: Scope }>('SELECT scope FROM entry WHERE id = ?');
  const quarantine = database.prepare(
    `UPDATE entry_state SET verdict = 'quarantined', reason = ?, commit_seq = ? WHERE id = ?`,
  );
  const cart = database.prepare('INSERT INTO sold_cart (scope, cart_id, entry_id) VALUES (?, ?, ?)');
  const head = database.prepare('INSERT OR REPLACE INTO head (device_id, entry_seq, hash) VALUES (?, ?, ?)');
  const settle = database.prepare('INSERT INTO settled_target (target, entry_id) VALUES (?, ?)');
  const aside = database.prepare(
    `INSERT INTO set_aside (courier, text_hash, entry_id, verdict, reason, json, received_at)
     VALUES (:courier, :textHash, :entryId, :verdict, :reason, :json, :receivedAt) ON CONFLICT DO NOTHING`,
  );
  const edit = database.prepare(
    `INSERT INTO edit (device_id, edit_id, edit, verdict, received_at)
     VALUES (:deviceId, :editId, :edit, :verdict, :receivedAt)`,
  );
  return {
    insertEntry: async ({ flags, verdict, reason, ...fixed }) => {
      const { id, scope, deviceId } = fixed;
      entry.run(fixed);
      const seq = numbers.next(scope);
      state.run({ id, scope, seq, deviceId, verdict, reason, flags: flags.join(',') });
      return seq;
    },
    quarantineEntry: async (id, reason) => {
      const row = scopeOf.get(id);
      if (!row) throw new Error(`Invariant broken: there is no entry ${id} to quarantine.`);
      quarantine.run(reason, numbers.next(row.scope), id);
    },
    addSoldCart: async (scope, cartId, entryId) => void cart.run(scope, cartId, entryId),
    setHead: async (deviceId, { seq, hash }) => void head.run(deviceId, seq, hash),
    settle: async (target, by) => void settle.run(target, by),
    setAside: async (row) =>
      void aside.run({ ...row, textHash: createHash('sha256').update(row.json).digest('base64url') }),
    addEditVerdict: async (row) => void edit.run(row),
  } satisfies Partial<Writes>;
}

function writeDevices(database: Database) {
  const device = database.prepare(
    `INSERT INTO device (id, branch, role, till, generation, public_key, certificate, credential_hash, enrolled_at, fork_of)
     VALUES (:deviceId, :branch, :role, :till, :generation, :publicKey, :certificate, :credentialHash, :enrolledAt, :forkOf)`,
  );
  const code = database.prepare(
    `INSERT INTO enrol_code (hash, branch, role, till, expires_at, tries, used_by)
     VALUES (:hash, :branch, :role, :till, :expiresAt, :tries, :usedBy)`,
  );
  const credential = database.prepare('UPDATE device SET credential_hash = ? WHERE id = ?');
  const countTry = database.prepare('UPDATE enrol_code SET tries = tries + 1 WHERE hash = ?');
  const use = database.prepare('UPDATE enrol_code SET used_by = ? WHERE hash = ?');
  return {
    addDevice: async (row) => void device.run(row),
    setCredential: async (deviceId, hash) => {
      if (credential.run(hash, deviceId).changes === 0) throw new Error(`Invariant broken: no device ${deviceId}.`);
    },
    addCode: async (row) => void code.run(row),
    countTry: async (hash) => void countTry.run(hash),
    spendCode: async (hash, deviceId) => void use.run(deviceId, hash),
  } satisfies Partial<Writes>;
}
