import type { Database } from 'better-sqlite3';
import type { DeviceId, Scope } from '../../../schema/ids.ts';
import type { KeptSource } from '../kept-answers.ts';
import type { CommitPlace } from '../store.ts';

/** What this connection's database says; SQLite counts the commits of all others, of whatever process. */
export function keptSource(database: Database): KeptSource {
  const version = database.prepare<[], number>('PRAGMA data_version').pluck();
  const place = database.prepare<[Scope], CommitPlace>('SELECT seq, tag FROM scope_clock WHERE scope = ?');
  const end = database
    .prepare<[DeviceId], number | null>('SELECT max(entry_seq) FROM entry WHERE device_id = ?')
    .pluck();
  return {
    version: () => Number(version.get()),
    placeOf: (scope) => place.get(scope) ?? { seq: 0, tag: '' },
    chainEnd: (deviceId) => end.get(deviceId) ?? 0,
  };
}
