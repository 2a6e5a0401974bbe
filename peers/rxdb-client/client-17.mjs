// Loaded with RxDB 17 in place of 15: does rxdb-server's client plugin still start?
import { createRxDatabase } from 'rxdb/plugins/core';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import { replicateServer } from 'rxdb-server/plugins/replication-server';

const database = await createRxDatabase({ name: 'client', storage: getRxStorageMemory() });
const properties = { id: { type: 'string', maxLength: 60 } };
const schema = { version: 0, primaryKey: 'id', type: 'object', properties };
await database.addCollections({ products: { schema } });
const url = 'http://localhost:9';
replicateServer({ collection: database.products, replicationIdentifier: 'one', url, headers: {}, pull: {} });
process.stdout.write('started\n');
