// The published rxdb-server 15.22 as its own guide sets it up: two branches, each seeing its own rows, a field that only
// the server may know, and a rule for prices. It says its port, and lives until it is killed or kills itself.
import { createRxDatabase } from 'rxdb/plugins/core';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import { RxServerAdapterExpress } from 'rxdb-server/plugins/adapter-express';
import { createRxServer } from 'rxdb-server/plugins/server';

const port = Number(process.argv[2]);
const rows = Number(process.argv[3]);
const database = await createRxDatabase({ name: 'shop', storage: getRxStorageMemory() });
const text = { type: 'string', maxLength: 60 };
const schema = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: { id: text, branch: text, name: {}, price: { type: 'number' }, cost: { type: 'number' } },
};
await database.addCollections({ products: { schema } });
const row = (id, branch, n) => ({ id, branch, name: `Product ${n}`, price: 1000, cost: 700 });
await database.products.bulkInsert(Array.from({ length: rows }, (_, n) => row(`own-${n}`, 'own', n)));
await database.products.insert({ ...row('secret', 'other', 0), name: 'OTHER BRANCH' });
const server = await createRxServer({
  database,
  adapter: RxServerAdapterExpress,
  port,
  authHandler: (headers) => ({ validUntil: Date.now() + 60_000, data: { branch: headers.authorization } }),
});
server.addReplicationEndpoint({
  name: 'products',
  collection: database.products,
  queryModifier: (auth, query) => {
    query.selector.branch = { $eq: auth.data.branch };
    return query;
  },
  changeValidator: (_auth, change) => change.newDocumentState.price >= 0,
  serverOnlyFields: ['cost'],
});
await server.start();
process.stdout.write('ready\n');
