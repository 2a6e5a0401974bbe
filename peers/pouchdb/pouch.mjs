import LevelDown from 'leveldown';
import PouchHttp from 'pouchdb-adapter-http';
import PouchLevel from 'pouchdb-adapter-leveldb';
import PouchMemory from 'pouchdb-adapter-memory';
import PouchDb from 'pouchdb-core';
import PouchMapReduce from 'pouchdb-mapreduce';
import PouchReplication from 'pouchdb-replication';

/** PouchDB 9 with databases in memory, in LevelDB files or at an address. */
export const Pouch = PouchDb.plugin(PouchMemory)
  .plugin(PouchLevel)
  .plugin(PouchHttp)
  .plugin(PouchMapReduce)
  .plugin(PouchReplication);

class SyncedLevel extends LevelDown {
  _put(key, value, options, callback) {
    super._put(key, value, { ...options, sync: true }, callback);
  }
  _batch(operations, options, callback) {
    super._batch(operations, { ...options, sync: true }, callback);
  }
}

/** LevelDB as PouchDB opens it, but each write waits for the disk, which its adapter does not ask for by itself. */
export const syncedLevel = Object.assign((location) => new SyncedLevel(location), { destroy: LevelDown.destroy });
