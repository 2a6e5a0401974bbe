// Stock RxDB 15 clients for the benchmarks. Commands come in as lines of JSON, and each is answered by one line.
//   node bench-drive.mjs ORIGIN
import process from 'node:process';
import { createInterface } from 'node:readline';
import { createRxDatabase } from 'rxdb/plugins/core';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import { replicateServer } from 'rxdb-server/plugins/replication-server';
import { filter, firstValueFrom } from 'rxjs';
import { timeStorm } from '../storm.mjs';
import { BENCH_SCHEMA } from './bench-schema.mjs';

const [origin] = process.argv.slice(2);
const headers = { Authorization: 'bench' };

async function openDatabase(name) {
  const database = await createRxDatabase({ name, storage: getRxStorageMemory(), multiInstance: false });
  await database.addCollections({ products: { schema: BENCH_SCHEMA }, sales: { schema: BENCH_SCHEMA } });
  return database;
}

const replicate = (database, name, more) =>
  replicateServer({
    collection: database[name],
    replicationIdentifier: name,
    url: `${origin}/${name}/0`,
    headers,
    ...more,
  });
/** Both ways from now on: pushes at once, a stream of events for what others do. */
const follow = (database) => replicate(database, 'sales', { live: true, pull: {}, push: {} }).awaitInitialReplication();
const hear = (database, id) => firstValueFrom(database.sales.findOne(id).$.pipe(filter(Boolean)));

const database = await openDatabase('peer');
/** Devices of one shop in this process. */
let devices = [];
let opened = 0;

/** Its server refuses a body over 100 kB: as many rows to a request as fit. */
const BODY_BYTES_MAX = 100_000;
function partsOf(rows) {
  const parts = [[]];
  let bytes = 2;
  for (const text of rows.map((row) => JSON.stringify(row))) {
    bytes += Buffer.byteLength(text) + 1;
    if (bytes > BODY_BYTES_MAX) {
      parts.push([]);
      bytes = Buffer.byteLength(text) + 3;
    }
    parts.at(-1).push(text);
  }
  return parts.map((part) => `[${part}]`);
}

async function pushPart(body) {
  const answer = await fetch(`${origin}/sales/0/push`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body,
  });
  const conflicts = await answer.json();
  if (!answer.ok || conflicts.length > 0) throw new Error(`A push was answered ${answer.status}.`);
}

const commands = {
  // Everything into a fresh database, 500 documents a page.
  fullSync: async () => {
    await replicate(database, 'products', { live: false, pull: { batchSize: 500 } }).awaitInitialReplication();
    return { documents: await database.products.count().exec() };
  },
  follow: async () => {
    await follow(database);
    return {};
  },
  put: async ({ document }) => {
    await database.sales.insert(document);
    return {};
  },
  wait: async ({ id }) => {
    await hear(database, id);
    return {};
  },
  // So many devices that follow each other.
  open: async ({ count }) => {
    await Promise.all(devices.map((device) => device.destroy()));
    opened += 1;
    devices = await Promise.all(Array.from({ length: count }, (_, index) => openDatabase(`shop-${opened}-${index}`)));
    await Promise.all(devices.map(follow));
    return {};
  },
  // One writes, and for each other how long until the document is in its database, in milliseconds.
  change: async ({ document }) => {
    const [writer, ...others] = devices;
    const heard = others.map((device) => hear(device, document.id).then(() => performance.now()));
    const begun = performance.now();
    await writer.sales.insert(document);
    return { ms: (await Promise.all(heard)).map((at) => at - begun) };
  },
  // Rows straight to the server; milliseconds for each batch, which takes several requests.
  push: async ({ batches }) => {
    const ms = [];
    for (const batch of batches) {
      const bodies = partsOf(batch.map((row) => ({ newDocumentState: { ...row, _deleted: false } })));
      const begun = performance.now();
      for (const body of bodies) await pushPart(body);
      ms.push(performance.now() - begun);
    }
    return { ms };
  },
  // The same by many clients at once.
  storm: async (order) => {
    const ms = await timeStorm(order, async (rows) => {
      const bodies = partsOf(rows.map((row) => ({ newDocumentState: { ...row, _deleted: false } })));
      for (const body of bodies) await pushPart(body);
    });
    return { ms };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { do: name, ...options } = JSON.parse(line);
  const answer = await commands[name](options).catch((error) => ({ failed: String(error.message ?? error) }));
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
process.exit(0);
