// RxDB 15 in the browser on its Dexie storage: all products from rxdb-server into a fresh database, and read again.
import { createRxDatabase } from 'rxdb/plugins/core';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import { replicateServer } from 'rxdb-server/plugins/replication-server';
import { timeEach } from '../../time-each.mjs';
import { BENCH_SCHEMA } from '../bench-schema.mjs';

async function openDatabase() {
  const database = await createRxDatabase({ name: 'peer', storage: getRxStorageDexie(), multiInstance: false });
  await database.addCollections({ products: { schema: BENCH_SCHEMA }, sales: { schema: BENCH_SCHEMA } });
  return database;
}

window.laciPeer = {
  sync: async () => {
    const begun = performance.now();
    const database = await openDatabase();
    const replication = replicateServer({
      collection: database.products,
      replicationIdentifier: 'products',
      url: `${location.origin}/products/0`,
      headers: { Authorization: 'bench' },
      live: false,
      pull: { batchSize: 500 },
    });
    await replication.awaitInitialReplication();
    const ms = performance.now() - begun;
    const documents = await database.products.count().exec();
    await database.destroy();
    return { ms, documents };
  },
  open: async () => {
    const begun = performance.now();
    const database = await openDatabase();
    const documents = await database.products.find().exec();
    window.held = documents;
    return { ms: performance.now() - begun, documents: documents.length };
  },
  store: async (documents) => {
    const { sales } = await openDatabase();
    return timeEach(documents, (document) => sales.insert(document));
  },
};
