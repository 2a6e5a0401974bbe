// A stock RxDB client: RxDB 15 with rxdb-server's own client plugin, and nothing of ours but the collections' schemas.
// Commands come in as lines of JSON, and each is answered by one line of JSON. It ends with its input.
//   node drive.mjs ORIGIN CREDENTIAL
import process from 'node:process';
import { createInterface } from 'node:readline';
import { createRxDatabase } from 'rxdb/plugins/core';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import { wrappedValidateAjvStorage } from 'rxdb/plugins/validate-ajv';
import { replicateServer } from 'rxdb-server/plugins/replication-server';
import { filter, firstValueFrom, map, merge } from 'rxjs';
import { COLLECTION_SCHEMAS } from '../../schema/collections.ts';

const [origin, credential] = process.argv.slice(2);
const headers = { Authorization: `Bearer ${credential}` };
const database = await createRxDatabase({
  name: 'peer',
  storage: wrappedValidateAjvStorage({ storage: getRxStorageMemory() }),
});
const pulled = ['products', 'stock', 'company', 'branchJournal'];
await database.addCollections(Object.fromEntries(pulled.map((name) => [name, { schema: COLLECTION_SCHEMAS[name] }])));

/** Pushes wait for this, so that a test can let others be quicker. */
let gate = Promise.resolve();
let openGate = () => {};
/** @type {unknown[]} */
const errors = [];
/** @type {Record<string, ReturnType<typeof replicateServer>>} */
const running = {};

function replicate(name, { version = 0, push = false, batchSize = 500 }) {
  const replication = replicateServer({
    collection: database[name],
    replicationIdentifier: `${name}-${version}-${Object.keys(running).length}`,
    url: `${origin}/rxdb/${name}/${version}`,
    headers,
    live: true,
    pull: { batchSize },
    ...(push ? { push: { modifier: (row) => gate.then(() => row) } } : {}),
  });
  replication.error$.subscribe((error) => errors.push(error.message));
  running[name] = replication;
  return replication;
}

/** @param {{ id: string, has: Record<string, unknown> }} command */
async function waitFor({ id, has }, collection) {
  const fits = (doc) => doc && Object.entries(has).every(([key, value]) => doc.get(key) === value);
  const doc = await firstValueFrom(collection.findOne(id).$.pipe(filter(fits)));
  return doc.toJSON();
}

const commands = {
  start: async ({ collection, ...options }) => {
    await replicate(collection, options).awaitInitialReplication();
    return { count: await database[collection].count().exec() };
  },
  count: async ({ collection }) => ({ count: await database[collection].count().exec() }),
  wait: ({ collection, ...what }) => waitFor(what, database[collection]),
  get: async ({ collection, id }) => (await database[collection].findOne(id).exec())?.toJSON() ?? null,
  edit: async ({ collection, id, patch }) => {
    await (await database[collection].findOne(id).exec(true)).incrementalPatch(patch);
    return {};
  },
  insert: async ({ collection, doc }) => {
    await database[collection].insert(doc);
    return {};
  },
  hold: async () => {
    gate = new Promise((resolve) => {
      openGate = () => resolve(undefined);
    });
    return {};
  },
  release: async () => {
    openGate();
    return {};
  },
  synced: async ({ collection }) => {
    await running[collection].awaitInSync();
    return {};
  },
  errors: async () => errors.splice(0),
  // What a replication is told that may not be: the first of the client's own three signals.
  refused: async ({ collection, change, ...options }) => {
    const replication = replicate(collection, options);
    const signals = ['outdatedClient$', 'unauthorized$', 'forbidden$'];
    const signal = firstValueFrom(merge(...signals.map((name) => replication[name].pipe(map(() => name)))));
    if (change) await commands.edit({ collection, ...change });
    return { signal: await signal };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { do: name, ...options } = JSON.parse(line);
  const answer = await commands[name](options).catch((error) => ({ failed: String(error.message ?? error) }));
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
process.exit(0);
