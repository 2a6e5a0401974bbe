import Database from 'better-sqlite3';
import type { Batch } from './raw-till.ts';

/**
 * The physical limit of storing rows: their texts into one bare table, as durable as ours, a transaction for each batch, nothing looked at. Gives
 * milliseconds for all.
 */
export function putBare(file: string, batches: readonly Batch[]): number {
  const database = new Database(file);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec('CREATE TABLE entry (id TEXT PRIMARY KEY, json TEXT NOT NULL)');
  const put = database.prepare('INSERT INTO entry (id, json) VALUES (?, ?)');
  const putBatch = database.transaction((batch: Batch) => {
    for (const entry of batch.entries) put.run(entry.id, JSON.stringify(entry));
  });
  const begun = performance.now();
  for (const batch of batches) putBatch(batch);
  const ms = performance.now() - begun;
  database.close();
  return ms;
}
