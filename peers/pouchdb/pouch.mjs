import PouchHttp from 'pouchdb-adapter-http';
import PouchMemory from 'pouchdb-adapter-memory';
import PouchDb from 'pouchdb-core';
import PouchMapReduce from 'pouchdb-mapreduce';
import PouchReplication from 'pouchdb-replication';

/** PouchDB 9 with databases in memory or at an address: nothing is measured but the wire. */
export const Pouch = PouchDb.plugin(PouchMemory).plugin(PouchHttp).plugin(PouchMapReduce).plugin(PouchReplication);
