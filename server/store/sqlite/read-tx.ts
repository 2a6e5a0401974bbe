import type { Database, Statement } from 'better-sqlite3';
import type { Head } from '../../../schema/entry/entry.ts';
import type { EntryFlag } from '../../../schema/entry/flag.ts';
import type { Epoch } from '../../../schema/epoch.ts';
import type { EntryId, ProductId, Scope } from '../../../schema/ids.ts';
import type {
  CommitPlace,
  JournalChange,
  ReadTx,
  StoredChange,
  StoredCode,
  StoredDevice,
  StoredDocument,
  StoredEdit,
  StoredRecord,
} from '../store.ts';
import { ENTRY_TEXT } from './archived-text.ts';
import { readDailySums } from './daily-sums.ts';
import { readInbox } from './inbox.ts';

const ENTRY = `SELECT s.commit_seq AS seq, e.id, e.device_id AS deviceId, e.entry_seq AS entrySeq, e.prev, e.hash, e.scope,
  e.kind, e.at, ${ENTRY_TEXT} AS json, e.signature, e.courier, e.received_at AS receivedAt, s.verdict, s.reason, s.flags
  FROM entry_state s JOIN entry e ON e.id = s.id`;
const DEVICE = `SELECT id AS deviceId, branch, role, till, generation, public_key AS publicKey, certificate,
  credential_hash AS credentialHash, enrolled_at AS enrolledAt, fork_of AS forkOf FROM device`;

/** Who changed what, newest arrival first, before a place. */
export const EDITS_BEFORE = `SELECT device_id AS deviceId, edit_id AS editId, edit, verdict, received_at AS receivedAt FROM edit
  WHERE (received_at, device_id, edit_id) < (?, ?, ?) ORDER BY received_at DESC, device_id DESC, edit_id DESC LIMIT ?`;

/**
 * Entries of which no kind could be read. Few are, and they have an index of their own; the plus keeps SQLite from going through all that ever arrived
 * in the scope instead, at each start.
 */
export const UNREADABLE = `${ENTRY} WHERE e.kind = 'unreadable' AND e.id > ? AND +e.scope = ? ORDER BY e.id LIMIT ?`;

/** Behind every text that begins with a prefix of plain characters. */
const AFTER_ALL = '\u{10ffff}';

type EntryRow = Omit<JournalChange, 'flags'> & { readonly flags: string };
type DocumentRow = Omit<Extract<StoredChange, { kind: 'document' }>, 'kind'>;
interface Counted {
  readonly n: number;
}

/** The reading half of a transaction, over one connection. Statements are prepared once per connection. */
export function createReadTx(database: Database): ReadTx {
  return {
    ...readHistory(database),
    ...readDocuments(database),
    ...readJournal(database),
    ...readDevices(database),
    ...readRecords(database),
    ...readDailySums(database),
    ...readInbox(database),
  };
}

function rows<Row>(database: Database, sql: string): Statement<unknown[], Row> {
  return database.prepare<unknown[], Row>(sql);
}

function readHistory(database: Database) {
  const meta = rows<{ value: string }>(database, 'SELECT value FROM meta WHERE key = ?');
  const epoch = rows<Epoch>(database, 'SELECT n, id FROM epoch ORDER BY n DESC LIMIT 1');
  const epochs = rows<Epoch>(database, 'SELECT n, id FROM epoch ORDER BY n');
  const scopes = rows<{ scope: Scope }>(database, 'SELECT scope FROM scope_clock ORDER BY scope');
  const place = rows<CommitPlace>(database, 'SELECT seq, tag FROM scope_clock WHERE scope = ?');
  const tagAt = rows<{ tag: string; first: number }>(
    database,
    'SELECT tag, first FROM commit_tag WHERE scope = ? AND last >= ? ORDER BY last LIMIT 1',
  );
  return {
    meta: async (key) => meta.get(key)?.value,
    epoch: async () => epoch.get(),
    epochs: async () => epochs.all(),
    scopes: async () => scopes.all().map(({ scope }) => scope),
    place: async (scope) => place.get(scope) ?? { seq: 0, tag: '' },
    tagAt: async (scope, seq) => {
      const commit = tagAt.get(scope, seq);
      return commit !== undefined && commit.first <= seq ? commit.tag : undefined;
    },
  } satisfies Partial<ReadTx>;
}

function readDocuments(database: Database) {
  const columns = 'SELECT id, scope, seq, json FROM document';
  const document = rows<StoredDocument>(database, `${columns} WHERE collection = ? AND id = ?`);
  const page = rows<StoredDocument>(
    database,
    `${columns} WHERE scope = ? AND collection = ? AND seq > ? ORDER BY seq LIMIT ?`,
  );
  const named = rows<StoredDocument>(
    database,
    `${columns} WHERE collection = ? AND id >= ? AND id < ? ORDER BY id LIMIT ?`,
  );
  const byId = rows<StoredDocument>(
    database,
    `${columns} WHERE collection = ? AND ((scope = ? AND seq > ?) OR (scope = ? AND seq > ?)) ORDER BY id LIMIT ? OFFSET ?`,
  );
  const count = rows<Counted>(
    database,
    'SELECT count(*) AS n FROM document WHERE scope = ? AND collection = ? AND seq > ?',
  );
  const barcode = rows<{ productId: ProductId }>(
    database,
    'SELECT product_id AS productId FROM product_barcode WHERE scope = ? AND barcode = ?',
  );
  return {
    document: async (collection, id) => document.get(collection, id),
    documentsAfter: async (collection, { scope, after, limit }) => page.all(scope, collection, after, limit),
    documentsNamed: async (collection, prefix, limit) => named.all(collection, prefix, prefix + AFTER_ALL, limit),
    documentsById: async (collection, [one, other], { skip, limit }) =>
      byId.all(collection, one.scope, one.after, other.scope, other.after, limit, skip),
    countDocuments: async (collection, scope, after) => count.get(scope, collection, after)?.n ?? 0,
    productByBarcode: async (scope, code) => barcode.get(scope, code)?.productId,
  } satisfies Partial<ReadTx>;
}

function readJournal(database: Database) {
  // Most ids that are looked for are new: that is known without the columns of two tables.
  const isThere = rows<number>(database, 'SELECT 1 FROM entry WHERE id = ?').pluck();
  const entry = rows<EntryRow>(database, `${ENTRY} WHERE s.id = ?`);
  // The same of what follows in a chain: behind a sale that was just made mostly nothing does.
  const isFrom = rows<number>(database, 'SELECT 1 FROM entry WHERE device_id = ? AND entry_seq >= ? LIMIT 1').pluck();
  const from = rows<EntryRow>(
    database,
    `${ENTRY} WHERE e.device_id = ? AND e.entry_seq >= ? ORDER BY e.entry_seq LIMIT ?`,
  );
  const inForks = rows<EntryRow>(
    database,
    `${ENTRY} JOIN device d ON d.id = e.device_id WHERE d.fork_of = ? AND e.entry_seq = ? ORDER BY e.device_id`,
  );
  const inCommitOrder = 'ORDER BY s.commit_seq LIMIT ?';
  const page = rows<EntryRow>(
    database,
    `${ENTRY} WHERE s.scope = ? AND s.commit_seq > ? AND s.device_id <> ? ${inCommitOrder}`,
  );
  const tail = rows<EntryRow>(database, `${ENTRY} WHERE s.scope = ? AND s.commit_seq > ? ${inCommitOrder}`);
  const documents = rows<DocumentRow>(
    database,
    `SELECT collection, seq, json, previous_seq AS previousSeq, moved_by AS movedBy FROM document
     WHERE scope = ? AND seq > ? ORDER BY seq LIMIT ?`,
  );
  const count = rows<Counted>(
    database,
    'SELECT count(*) AS n FROM entry_state WHERE scope = ? AND commit_seq > ? AND device_id <> ?',
  );
  const firstSince = rows<{ seq: number | null }>(
    database,
    `SELECT min(s.commit_seq) AS seq FROM entry e JOIN entry_state s ON s.id = e.id
     WHERE e.scope = ? AND e.received_at >= ?`,
  );
  const end = rows<{ seq: number }>(database, 'SELECT seq FROM scope_clock WHERE scope = ?');
  const cart = rows<Counted>(database, 'SELECT 1 AS n FROM sold_cart WHERE scope = ? AND cart_id = ? LIMIT 1');
  const cartEntries = rows<{ id: EntryId }>(
    database,
    'SELECT entry_id AS id FROM sold_cart WHERE scope = ? AND cart_id = ? ORDER BY entry_id LIMIT ?',
  );
  const traces = rows<0 | 1>(
    database,
    `SELECT EXISTS (SELECT 1 FROM sold_cart WHERE scope = ? AND cart_id IN (?, ?, ?))
       OR EXISTS (SELECT 1 FROM document WHERE collection = 'drafts' AND id = ?)
       OR EXISTS (SELECT 1 FROM settled_target WHERE target = ?)`,
  ).pluck();
  const head = rows<Head>(database, 'SELECT entry_seq AS seq, hash FROM head WHERE device_id = ?');
  const aside = rows<Counted>(database, 'SELECT count(*) AS n FROM set_aside WHERE courier = ?');
  const unreadable = rows<EntryRow>(database, UNREADABLE);
  const settled = rows<{ by: EntryId }>(database, 'SELECT entry_id AS by FROM settled_target WHERE target = ?');
  return {
    entry: async (id) => (isThere.get(id) ? optional(entry.get(id), toChange) : undefined),
    entriesFrom: async (deviceId, seq, limit) =>
      isFrom.get(deviceId, seq) ? from.all(deviceId, seq, limit).map(toChange) : [],
    forkEntries: async (deviceId, seq) => inForks.all(deviceId, seq).map(toChange),
    journalAfter: async ({ scope, after, limit }, except) => page.all(scope, after, except, limit).map(toChange),
    countJournal: async (scope, after, except) => count.get(scope, after, except)?.n ?? 0,
    journalSeqBefore: async (scope, receivedAt) => {
      const first = firstSince.get(scope, receivedAt)?.seq ?? null;
      return first === null ? (end.get(scope)?.seq ?? 0) : first - 1;
    },
    cartSold: async (scope, cartId) => cart.get(scope, cartId) !== undefined,
    hasTraces: async ({ scope, carts, draft, target }) => traces.get(scope, ...carts, draft, target) === 1,
    cartEntries: async (scope, cartId, limit) => cartEntries.all(scope, cartId, limit).map(({ id }) => id),
    head: async (deviceId) => head.get(deviceId),
    setAsideCount: async (courier) => aside.get(courier)?.n ?? 0,
    unreadableEntries: async (scope, after, limit) => unreadable.all(after, scope, limit).map(toChange),
    settledBy: async (target) => settled.get(target)?.by,
    changesAfter: async ({ scope, after, limit }) =>
      merge(documents.all(scope, after, limit), tail.all(scope, after, limit), limit),
  } satisfies Partial<ReadTx>;
}

function readDevices(database: Database) {
  const device = rows<StoredDevice>(database, `${DEVICE} WHERE id = ?`);
  const byCredential = rows<StoredDevice>(database, `${DEVICE} WHERE credential_hash = ?`);
  const ofTill = rows<StoredDevice>(database, `${DEVICE} WHERE branch = ? AND till = ? ORDER BY generation`);
  const ofBranch = rows<StoredDevice>(database, `${DEVICE} WHERE branch = ? ORDER BY id`);
  // Few devices were ever copied.
  const isCopied = rows<number>(database, 'SELECT 1 FROM device WHERE fork_of = ? LIMIT 1').pluck();
  const forks = rows<StoredDevice>(database, `${DEVICE} WHERE fork_of = ? ORDER BY id`);
  const code = rows<StoredCode>(
    database,
    'SELECT hash, branch, role, till, expires_at AS expiresAt, tries, used_by AS usedBy FROM enrol_code WHERE hash = ?',
  );
  const edits = rows<StoredEdit>(database, EDITS_BEFORE);
  const verdict = rows<{ verdict: string }>(database, 'SELECT verdict FROM edit WHERE device_id = ? AND edit_id = ?');
  return {
    device: async (id) => device.get(id),
    deviceByCredential: async (hash) => byCredential.get(hash),
    devicesOfTill: async (branch, till) => ofTill.all(branch, till),
    devicesOfBranch: async (branch) => ofBranch.all(branch),
    forksOf: async (deviceId) => (isCopied.get(deviceId) ? forks.all(deviceId) : []),
    code: async (hash) => code.get(hash),
    editVerdict: async (deviceId, editId) => verdict.get(deviceId, editId)?.verdict,
    editsBefore: async (before, limit) => {
      const { receivedAt, deviceId, editId } = before ?? {
        receivedAt: Number.MAX_SAFE_INTEGER,
        deviceId: '',
        editId: '',
      };
      return edits.all(receivedAt, deviceId, editId, limit);
    },
  } satisfies Partial<ReadTx>;
}

function readRecords(database: Database) {
  const record = rows<StoredRecord>(database, 'SELECT kind, id, at, json FROM record WHERE kind = ? AND id = ?');
  const span = rows<StoredRecord>(
    database,
    `SELECT kind, id, at, json FROM record
     WHERE kind = ? AND at <= ? AND id >= ? AND id < ? ORDER BY at, id LIMIT ?`,
  );
  return {
    record: async (kind, id) => record.get(kind, id),
    records: async (kind, { prefix = '', until = Number.MAX_SAFE_INTEGER, limit }) =>
      span.all(kind, until, prefix, prefix + AFTER_ALL, limit),
  } satisfies Partial<ReadTx>;
}

function optional<From, To>(value: From | undefined, map: (value: From) => To): To | undefined {
  return value === undefined ? undefined : map(value);
}

function toChange(row: EntryRow): JournalChange {
  return { ...row, flags: row.flags === '' ? [] : (row.flags.split(',') as EntryFlag[]) };
}

/** Two lists in commit order as one, cut to `limit`: both held at least that many, so nothing between is missing. */
function merge(documents: DocumentRow[], entries: EntryRow[], limit: number): StoredChange[] {
  const changes: StoredChange[] = [
    ...documents.map((row) => ({ kind: 'document' as const, ...row })),
    ...entries.map((row) => ({ kind: 'entry' as const, seq: row.seq, entry: toChange(row) })),
  ];
  return changes.sort((left, right) => left.seq - right.seq).slice(0, limit);
}
