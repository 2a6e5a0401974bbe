import Database from 'better-sqlite3';
import type { ServerProcess } from '../../replay/server-process.ts';

/** The products as our server sends them, for peers to be filled with. */
export function readProducts({ databaseFile }: ServerProcess): unknown[] {
  const database = new Database(databaseFile, { readonly: true });
  try {
    const rows = database.prepare<[], string>("SELECT json FROM document WHERE collection = 'products'").pluck().all();
    return rows.map((json) => JSON.parse(json));
  } finally {
    database.close();
  }
}
