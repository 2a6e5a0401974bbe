import { insertOnly, LAYOUT_1 } from './tables.ts';

/**
 * Layout 2: signatures beside entries, forks and server journals among the devices, and what server journals have settled. The
 * device table is written anew because SQLite cannot loosen a column: forks have their parent's till and generation, and
 * only devices that ask for themselves have a credential.
 */
const LAYOUT_2: readonly string[] = [
  `ALTER TABLE entry ADD COLUMN signature TEXT NOT NULL DEFAULT ''`,
  // Nothing was signed before: what is there now is not missing a signature.
  `INSERT INTO meta (key, value)
    SELECT 'unsigned through ' || device_id, CAST(max(entry_seq) AS TEXT) FROM entry GROUP BY device_id`,
  `CREATE TABLE device_2 (
    id TEXT PRIMARY KEY, branch TEXT NOT NULL, role TEXT NOT NULL, till TEXT NOT NULL, generation INTEGER NOT NULL,
    public_key TEXT NOT NULL, certificate TEXT NOT NULL, credential_hash TEXT UNIQUE, enrolled_at INTEGER NOT NULL,
    fork_of TEXT REFERENCES device (id)
  ) STRICT, WITHOUT ROWID`,
  `INSERT INTO device_2
    SELECT id, branch, role, till, generation, public_key, certificate, credential_hash, enrolled_at, NULL FROM device`,
  'DROP TABLE device',
  'ALTER TABLE device_2 RENAME TO device',
  'CREATE INDEX device_till ON device (branch, till, generation)',
  'CREATE INDEX device_fork ON device (fork_of) WHERE fork_of IS NOT NULL',
  'CREATE TABLE settled_target (target TEXT PRIMARY KEY, entry_id TEXT NOT NULL REFERENCES entry (id)) STRICT, WITHOUT ROWID',
  insertOnly('settled_target'),
  `CREATE INDEX entry_unreadable ON entry (id) WHERE kind = 'unreadable'`,
];

/** Tables that only grow, and the columns of each table, as layout 3 had them. Later ones are no part of this step. */
const GROWING_IN_3: readonly string[] = ['epoch', 'commit_tag', 'entry', 'edit', 'settled_target'];
const COLUMNS_IN_3: readonly (readonly [table: string, columns: string])[] = [
  ['meta', 'key, value'],
  ['epoch', 'n, id, begun_at'],
  ['scope_clock', 'scope, seq, tag'],
  ['commit_tag', 'scope, last, first, tag'],
  ['document', 'collection, id, scope, seq, previous_seq, moved_by, json'],
  ['product_barcode', 'scope, barcode, product_id'],
  ['device', 'id, branch, role, till, generation, public_key, certificate, credential_hash, enrolled_at, fork_of'],
  ['enrol_code', 'hash, branch, role, till, expires_at, tries, used_by'],
  ['entry', 'id, device_id, entry_seq, prev, hash, scope, kind, at, json, signature, courier, received_at'],
  ['entry_state', 'id, scope, commit_seq, device_id, verdict, reason, flags'],
  ['head', 'device_id, entry_seq, hash'],
  ['sold_cart', 'scope, cart_id, entry_id'],
  ['settled_target', 'target, entry_id'],
  ['set_aside', 'courier, text_hash, entry_id, verdict, reason, json, received_at'],
  ['edit', 'device_id, edit_id, edit, verdict, received_at'],
];

/** Layout 3: every row carries a checksum of its content. Tables that only grow let go of that for the stamping. */
const LAYOUT_3: readonly string[] = COLUMNS_IN_3.map(([table, columns]) => {
  const grows = GROWING_IN_3.includes(table);
  const statements = [
    `ALTER TABLE ${table} ADD COLUMN sum INTEGER`,
    ...(grows ? [`DROP TRIGGER ${table}_never_updated`, `DROP TRIGGER ${table}_never_deleted`] : []),
    `UPDATE ${table} SET sum = row_sum(${columns})`,
    ...(grows ? [insertOnly(table)] : []),
  ];
  return statements.join(';\n');
});

/** Layout 4: where the window of a device begins is found by arrival. */
const LAYOUT_4: readonly string[] = ['CREATE INDEX entry_arrival ON entry (scope, received_at)'];

/** Every column of an entry but its text, as layout 5 had them. */
const FIXED_IN_5 = 'id device_id entry_seq prev hash scope kind at signature courier received_at'.split(' ');

/**
 * Layout 5: an entry's text may move to a segment of the archive. Nothing else of its row changes, only once, and only by the connection
 * that archives.
 */
const LAYOUT_5: readonly string[] = [
  'DROP TRIGGER entry_never_updated',
  `CREATE TRIGGER entry_never_updated BEFORE UPDATE ON entry WHEN NOT (archiving() = 1
    AND NEW.json GLOB '@${'[0-9a-f]'.repeat(16)}' AND OLD.json NOT GLOB '@*'
    AND ${FIXED_IN_5.map((column) => `NEW.${column} IS OLD.${column}`).join(' AND ')})
  BEGIN SELECT RAISE(ABORT, 'entry only grows'); END`,
];

/** Layout 6: what the server keeps for itself: integrations, webhooks and what waits for them, reports of devices and commands to them. */
const LAYOUT_6: readonly string[] = [
  `CREATE TABLE record (
    kind TEXT NOT NULL, id TEXT NOT NULL, at INTEGER NOT NULL, json TEXT NOT NULL, sum INTEGER,
    PRIMARY KEY (kind, id)
  ) STRICT, WITHOUT ROWID`,
  'CREATE INDEX record_due ON record (kind, at, id)',
];

/** Layout 7: what reports add up, per day and key, kept with every entry that is folded. What was folded before is counted at the next start. */
const LAYOUT_7: readonly string[] = [
  `CREATE TABLE daily_sum (
    scope TEXT NOT NULL, dimension TEXT NOT NULL, day TEXT NOT NULL, key TEXT NOT NULL,
    sales INTEGER NOT NULL, refunds INTEGER NOT NULL, quantity INTEGER NOT NULL, returned_quantity INTEGER NOT NULL,
    total INTEGER NOT NULL, returned INTEGER NOT NULL, tax INTEGER NOT NULL, discounts INTEGER NOT NULL,
    promotions INTEGER NOT NULL, rounding INTEGER NOT NULL, voids INTEGER NOT NULL, voided INTEGER NOT NULL,
    closes INTEGER NOT NULL, difference INTEGER NOT NULL, cost INTEGER NOT NULL, sum INTEGER,
    PRIMARY KEY (scope, dimension, day, key)
  ) STRICT, WITHOUT ROWID`,
];

/** Layout 8: who changed what is read by arrival, newest first, however many changes there were. */
const LAYOUT_8: readonly string[] = ['CREATE INDEX edit_arrival ON edit (received_at, device_id, edit_id)'];

/** Layout 9: pushes that are acknowledged and not taken yet, each whole. A row goes in the transaction that takes it. */
const LAYOUT_9: readonly string[] = [
  `CREATE TABLE inbox (
    n INTEGER PRIMARY KEY AUTOINCREMENT, branch TEXT NOT NULL, device_id TEXT NOT NULL REFERENCES device (id), first_seq INTEGER NOT NULL,
    last_seq INTEGER NOT NULL, last_hash TEXT NOT NULL, received_at INTEGER NOT NULL, beside TEXT NOT NULL, rows BLOB NOT NULL,
    sum INTEGER
  ) STRICT`,
  'CREATE UNIQUE INDEX inbox_place ON inbox (device_id, first_seq, last_seq, last_hash)',
  'CREATE INDEX inbox_order ON inbox (n, branch, device_id, first_seq, last_seq)',
];

/** The statements that lead from each layout to the next; the first from an empty file. A released step is never edited. */
export const LAYOUT_STEPS: readonly (readonly string[])[] = [
  [LAYOUT_1],
  LAYOUT_2,
  LAYOUT_3,
  LAYOUT_4,
  LAYOUT_5,
  LAYOUT_6,
  LAYOUT_7,
  LAYOUT_8,
  LAYOUT_9,
];

/** The newest layout, in SQLite's own user_version. */
export const LAYOUT_VERSION = LAYOUT_STEPS.length;
