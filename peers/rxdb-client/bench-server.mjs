// The published rxdb-server 15.22 on RxDB 15 and Express 4 as its own guide sets it up: `products`, filled from a file of JSON
// documents, and `sales`, empty. Its first line says that it listens.
//   node bench-server.mjs PORT FILE
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { createRxDatabase } from 'rxdb/plugins/core';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import { RxServerAdapterExpress } from 'rxdb-server/plugins/adapter-express';
import { createRxServer } from 'rxdb-server/plugins/server';
import { BENCH_SCHEMA } from './bench-schema.mjs';

const [port, file] = process.argv.slice(2);
const database = await createRxDatabase({ name: 'shop', storage: getRxStorageMemory() });
await database.addCollections({ products: { schema: BENCH_SCHEMA }, sales: { schema: BENCH_SCHEMA } });
await database.products.bulkInsert(JSON.parse(readFileSync(file, 'utf8')));
const authHandler = () => ({ validUntil: Date.now() + 3_600_000, data: {} });
const server = await createRxServer({ database, adapter: RxServerAdapterExpress, port: Number(port), authHandler });
for (const name of ['products', 'sales']) server.addReplicationEndpoint({ name, collection: database[name] });
await server.start();
process.stdout.write('{}\n');
