// A stock RxDB 15 client for the benchmark of bytes. Commands come in as lines of JSON, and each is answered by one line.
//   node bench-drive.mjs ORIGIN
import process from 'node:process';
import { createInterface } from 'node:readline';
import { createRxDatabase } from 'rxdb/plugins/core';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import { replicateServer } from 'rxdb-server/plugins/replication-server';
import { filter, firstValueFrom } from 'rxjs';
import { BENCH_SCHEMA } from './bench-schema.mjs';

const [origin] = process.argv.slice(2);
const database = await createRxDatabase({ name: 'peer', storage: getRxStorageMemory() });
await database.addCollections({ products: { schema: BENCH_SCHEMA }, sales: { schema: BENCH_SCHEMA } });

const replicate = (name, more) =>
  replicateServer({
    collection: database[name],
    replicationIdentifier: name,
    url: `${origin}/${name}/0`,
    headers: { Authorization: 'bench' },
    ...more,
  });

const commands = {
  // Everything into a fresh database, 500 documents a page.
  fullSync: async () => {
    await replicate('products', { live: false, pull: { batchSize: 500 } }).awaitInitialReplication();
    return { documents: await database.products.count().exec() };
  },
  // Both ways from now on: pushes at once, a stream of events for what others do.
  follow: async () => {
    await replicate('sales', { live: true, pull: {}, push: {} }).awaitInitialReplication();
    return {};
  },
  put: async ({ document }) => {
    await database.sales.insert(document);
    return {};
  },
  wait: async ({ id }) => {
    await firstValueFrom(database.sales.findOne(id).$.pipe(filter(Boolean)));
    return {};
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { do: name, ...options } = JSON.parse(line);
  const answer = await commands[name](options).catch((error) => ({ failed: String(error.message ?? error) }));
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
process.exit(0);
