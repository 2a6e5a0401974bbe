import { SUMMED_COLUMNS, type SummedTable, sumOldRows } from './row-sum.ts';
import { insertOnly, LAYOUT_1 } from './tables.ts';

/**
 * Layout 2: signatures beside entries, forks and server journals among the devices, and what server journals have settled. The
 * device table is written anew because SQLite cannot loosen a column: forks have their parent's till and generation, and
 * only devices that ask for themselves have a credential.
 */
const LAYOUT_2: readonly string[] = [
  `ALTER TABLE entry ADD COLUMN signature TEXT NOT NULL DEFAULT ''`,
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

const INSERT_ONLY: readonly SummedTable[] = ['epoch', 'commit_tag', 'entry', 'edit', 'settled_target'];

/** Layout 3: every row carries a checksum of its content. Tables that only grow let go of that for the stamping. */
const LAYOUT_3: readonly string[] = (Object.keys(SUMMED_COLUMNS) as SummedTable[]).map((table) => {
  const grows = INSERT_ONLY.includes(table);
  const statements = [
    `ALTER TABLE ${table} ADD COLUMN sum INTEGER`,
    ...(grows ? [`DROP TRIGGER ${table}_never_updated`, `DROP TRIGGER ${table}_never_deleted`] : []),
    sumOldRows(table),
    ...(grows ? [insertOnly(table)] : []),
  ];
  return statements.join(';\n');
});

/** Layout 4: where the window of a device begins is found by arrival. */
const LAYOUT_4: readonly string[] = ['CREATE INDEX entry_arrival ON entry (scope, received_at)'];

/** The statements that lead from each layout to the next; the first from an empty file. A released step is never edited. */
export const LAYOUT_STEPS: readonly (readonly string[])[] = [[LAYOUT_1], LAYOUT_2, LAYOUT_3, LAYOUT_4];

/** The newest layout, in SQLite's own user_version. */
export const LAYOUT_VERSION = LAYOUT_STEPS.length;
