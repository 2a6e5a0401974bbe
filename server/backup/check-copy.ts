import Database from 'better-sqlite3';
import type { VerifySignature } from '../keys/verify-signature.ts';
import { checkNewest } from '../verify/check-newest.ts';
import { checkSums } from '../verify/check-sums.ts';
import { createFindings, findingText } from '../verify/findings.ts';
import { type Look, openLook } from '../verify/look.ts';

/**
 * What is wrong with a copy of a database, or null: its pages, the checksum of every row, the head and the newest entries of each
 * chain, with archived texts from beside the file or from `archives`. The full check is a command of its own.
 */
export function findCopyFault(file: string, verify: VerifySignature, archives: readonly string[] = []): string | null {
  try {
    const database = openLook(file, archives);
    try {
      return (
        findFault(database, verify) ??
        (hasSums(database) ? firstText(checkNewest(file, verify, archives).findings) : null)
      );
    } finally {
      database.close();
    }
  } catch (error) {
    if (error instanceof Database.SqliteError) return `it cannot be read: ${error.message}`;
    throw error;
  }
}

function findFault(database: Database.Database, verify: VerifySignature): string | null {
  const check = String(database.pragma('quick_check(1)', { simple: true }));
  if (check !== 'ok') return check;
  const findings = createFindings();
  const look: Look = { database, findings, verify, ledger: null, shopKey: null, tick: () => undefined };
  if (hasSums(database)) checkSums(look);
  return firstText(findings.list());
}

/** A copy of a layout before checksums has not all tables that are looked at: they come when it is opened. */
function hasSums(database: Database.Database): boolean {
  return database.prepare(`SELECT 1 FROM pragma_table_info('entry') WHERE name = 'sum'`).get() !== undefined;
}

function firstText([first]: ReturnType<ReturnType<typeof createFindings>['list']>): string | null {
  return first ? findingText(first) : null;
}
