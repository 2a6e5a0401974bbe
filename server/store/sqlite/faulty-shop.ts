import { cpSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Core } from '../../core/core.ts';
import { openCore } from '../../core/open-core.ts';
import { createTestDeps, makeTestFolder } from '../../testing/test-deps.ts';

/** When a write fails: the n-th one that is counted, once. */
export interface WriteGate {
  /** Counts from now on, and fails at number `n`; 0 counts and fails nothing. */
  arm(n: number): void;
  /** Stops counting. Says whether the write failed since {@link arm}, and how many writes came. */
  disarm(): { readonly failed: boolean; readonly writes: number };
}

/** A shop on a copy of a folder, whose disk fails as told. */
export interface FaultyShop {
  readonly core: Core;
  readonly gate: WriteGate;
  readonly dataDir: string;
  close(): Promise<void>;
}

/** What SQLite says when the disk does not take a write. */
const diskError = () => new Database.SqliteError('disk I/O error', 'SQLITE_IOERR_WRITE');

function createGate(): WriteGate & { beforeWrite(): void } {
  let counting = false;
  let victim = 0;
  let writes = 0;
  let failed = false;
  return {
    arm: (n) => {
      counting = true;
      victim = n;
      writes = 0;
      failed = false;
    },
    disarm: () => {
      counting = false;
      return { failed, writes };
    },
    beforeWrite: () => {
      if (!counting) return;
      writes += 1;
      if (writes !== victim) return;
      failed = true;
      throw diskError();
    },
  };
}

/** A shop that did not open, and where it lies. */
export class OpenFault extends Error {
  override readonly name = 'OpenFault';
  readonly dataDir: string;
  constructor(dataDir: string, cause: unknown) {
    super('The shop did not open.', { cause });
    this.dataDir = dataDir;
  }
}

/** Opens a copy of a shop's folder. With `atStart`, that write of the opening fails, and this rejects with an {@link OpenFault}. */
export async function openFaultyShop(template: string, atStart = 0, pagesMax?: number): Promise<FaultyShop> {
  const folder = makeTestFolder();
  cpSync(template, folder.path, { recursive: true });
  const gate = createGate();
  gate.arm(atStart);
  const pages = pagesMax === undefined ? {} : { pagesMax };
  const deps = { ...createTestDeps(), ...pages, beforeWrite: gate.beforeWrite };
  const core = await openCore(folder.path, deps).catch((error: unknown) => {
    throw new OpenFault(folder.path, error);
  });
  gate.disarm();
  return {
    core,
    gate,
    dataDir: folder.path,
    close: async () => {
      await core.store.close();
      folder.remove();
    },
  };
}

/** Every row of every table, as one text: nothing may differ after a failed act. */
export function dumpDatabase(dataDir: string): string {
  const database = new Database(join(dataDir, 'laci.db'), { readonly: true });
  try {
    const tables = database
      .prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
      .pluck()
      .all();
    return JSON.stringify(tables.map((table) => [table, database.prepare(`SELECT * FROM ${table}`).all()]));
  } finally {
    database.close();
  }
}
