import Database from 'better-sqlite3';
import type { PublicKey } from '../../schema/protocol/enrol.ts';
import type { Ledger } from '../keys/ledger.ts';
import type { VerifySignature } from '../keys/verify-signature.ts';
import { checkArchive } from './check-archive.ts';
import { checkChains } from './check-chains.ts';
import { checkDailySums } from './check-daily-sums.ts';
import { checkFile } from './check-file.ts';
import { checkHistory } from './check-history.ts';
import { checkInbox } from './check-inbox.ts';
import { checkLedger } from './check-ledger.ts';
import { checkProjections } from './check-projections.ts';
import { checkStock } from './check-stock.ts';
import { checkSums } from './check-sums.ts';
import { createFindings, type Finding, type Findings } from './findings.ts';
import { guarded, type Look, openLook } from './look.ts';

export interface VerifyOptions {
  readonly verify: VerifySignature;
  readonly ledger?: Ledger | null;
  readonly shopKey?: PublicKey | null;
  /** Told how much of the work is done, from 0 to 1, now and then. */
  readonly onProgress?: (done: number) => void;
}

export interface VerifyResult {
  readonly entries: number;
  readonly documents: number;
  /** All that is wrong; `findings` are the first of it. */
  readonly wrong: number;
  readonly findings: readonly Finding[];
}

/** How often each row of a table is looked at by the checks below: what progress is measured by. */
const LOOKS = { entry: 4, entry_state: 1, document: 2, commit_tag: 2 } as const;

/**
 * Checks a whole database file, in one snapshot of it. Findings come in the order of the checks: the file, then rows, then what they
 * mean. Never throws for what the file holds: a file that is no database is a finding too.
 */
export function verifyDatabase(file: string, options: VerifyOptions): VerifyResult {
  const findings = createFindings();
  let counts: Counts = {};
  try {
    const database = openLook(file);
    try {
      counts = checkAll(database, findings, options);
    } finally {
      database.close();
    }
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error;
    findings.add('file', '', `cannot be read: ${error.message}`);
  }
  const { entry = 0, document = 0 } = counts;
  return { entries: entry, documents: document, wrong: findings.count(), findings: findings.list() };
}

type Counts = Readonly<Record<string, number>>;

function checkAll(database: Database.Database, findings: Findings, options: VerifyOptions): Counts {
  const { verify, ledger = null, shopKey = null, onProgress } = options;
  let [seen, total] = [0, 1];
  const tick = (rows: number): void => {
    seen += rows;
    onProgress?.(Math.min(seen / total, 1));
  };
  const look: Look = { database, findings, verify, ledger, shopKey, tick };
  database.exec('BEGIN');
  const counts = countRows(look);
  total = Math.max(
    1,
    Object.entries(LOOKS).reduce((sum, [table, looks]) => sum + looks * (counts[table] ?? 0), 0),
  );
  guarded(look, 'file', () => checkFile(look));
  checkSums(look);
  guarded(look, 'archive', () => checkArchive(look));
  guarded(look, 'entry', () => checkChains(look));
  guarded(look, 'inbox', () => checkInbox(look));
  guarded(look, 'document', () => checkStock(look));
  guarded(look, 'daily_sum', () => checkDailySums(look));
  guarded(look, 'document', () => checkHistory(look));
  checkProjections(look);
  guarded(look, 'device', () => checkLedger(look));
  return counts;
}

function countRows(look: Look): Counts {
  const counts: Record<string, number> = {};
  for (const table of Object.keys(LOOKS)) {
    guarded(look, table, () => {
      counts[table] = look.database.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0;
    });
  }
  return counts;
}
