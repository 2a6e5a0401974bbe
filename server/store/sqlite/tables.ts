export const insertOnly = (table: string) => `
CREATE TRIGGER ${table}_never_updated BEFORE UPDATE ON ${table}
BEGIN SELECT RAISE(ABORT, '${table} only grows'); END;
CREATE TRIGGER ${table}_never_deleted BEFORE DELETE ON ${table}
BEGIN SELECT RAISE(ABORT, '${table} only grows'); END;`;

/**
 * The tables of layout 1, as every later one begins: released, so never edited. Documents keep their latest state only. Entries and edits are insert-only by trigger (I13); what can change about
 * an entry (its verdict, when one before it arrives late) stands in entry_state. commit_tag outlives any pruning.
 */
export const LAYOUT_1 = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE epoch (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, begun_at INTEGER NOT NULL) STRICT;
${insertOnly('epoch')}

CREATE TABLE scope_clock (scope TEXT PRIMARY KEY, seq INTEGER NOT NULL, tag TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE commit_tag (
  scope TEXT NOT NULL, last INTEGER NOT NULL, first INTEGER NOT NULL, tag TEXT NOT NULL,
  PRIMARY KEY (scope, last)
) STRICT, WITHOUT ROWID;
${insertOnly('commit_tag')}

CREATE TABLE document (
  collection TEXT NOT NULL, id TEXT NOT NULL, scope TEXT NOT NULL, seq INTEGER NOT NULL,
  previous_seq INTEGER NOT NULL, moved_by TEXT, json TEXT NOT NULL,
  PRIMARY KEY (collection, id)
) STRICT;
CREATE INDEX document_page ON document (scope, collection, seq);
CREATE INDEX document_tail ON document (scope, seq);
CREATE TABLE product_barcode (
  scope TEXT NOT NULL, barcode TEXT NOT NULL, product_id TEXT NOT NULL, PRIMARY KEY (scope, barcode)
) STRICT, WITHOUT ROWID;
CREATE INDEX product_barcode_product ON product_barcode (product_id);

CREATE TABLE device (
  id TEXT PRIMARY KEY, branch TEXT NOT NULL, role TEXT NOT NULL, till TEXT NOT NULL, generation INTEGER NOT NULL,
  public_key TEXT NOT NULL, certificate TEXT NOT NULL, credential_hash TEXT NOT NULL UNIQUE,
  enrolled_at INTEGER NOT NULL, UNIQUE (branch, till, generation)
) STRICT, WITHOUT ROWID;
CREATE TABLE enrol_code (
  hash TEXT PRIMARY KEY, branch TEXT NOT NULL, role TEXT NOT NULL, till TEXT NOT NULL,
  expires_at INTEGER NOT NULL, tries INTEGER NOT NULL, used_by TEXT REFERENCES device (id)
) STRICT, WITHOUT ROWID;

CREATE TABLE entry (
  id TEXT PRIMARY KEY, device_id TEXT NOT NULL REFERENCES device (id), entry_seq INTEGER NOT NULL,
  prev TEXT NOT NULL, hash TEXT NOT NULL, scope TEXT NOT NULL, kind TEXT NOT NULL, at INTEGER NOT NULL,
  json TEXT NOT NULL, courier TEXT NOT NULL, received_at INTEGER NOT NULL, UNIQUE (device_id, entry_seq)
) STRICT;
${insertOnly('entry')}
CREATE TABLE entry_state (
  id TEXT PRIMARY KEY REFERENCES entry (id), scope TEXT NOT NULL, commit_seq INTEGER NOT NULL, device_id TEXT NOT NULL,
  verdict TEXT NOT NULL, reason TEXT NOT NULL, flags TEXT NOT NULL
) STRICT;
CREATE INDEX entry_state_page ON entry_state (scope, commit_seq, device_id);
CREATE TABLE head (
  device_id TEXT PRIMARY KEY REFERENCES device (id), entry_seq INTEGER NOT NULL, hash TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE sold_cart (
  scope TEXT NOT NULL, cart_id TEXT NOT NULL, entry_id TEXT NOT NULL, PRIMARY KEY (scope, cart_id, entry_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE set_aside (
  n INTEGER PRIMARY KEY, courier TEXT NOT NULL, text_hash TEXT NOT NULL, entry_id TEXT NOT NULL,
  verdict TEXT NOT NULL, reason TEXT NOT NULL, json TEXT NOT NULL, received_at INTEGER NOT NULL,
  UNIQUE (courier, text_hash)
) STRICT;

CREATE TABLE edit (
  device_id TEXT NOT NULL, edit_id TEXT NOT NULL, edit TEXT NOT NULL, verdict TEXT NOT NULL,
  received_at INTEGER NOT NULL, PRIMARY KEY (device_id, edit_id)
) STRICT, WITHOUT ROWID;
${insertOnly('edit')}
`;
