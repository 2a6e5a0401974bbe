// PouchDB clients for the benchmarks. Commands come in as lines of JSON, and each is answered by one line.
//   node bench-drive.mjs ORIGIN
import { EventEmitter } from 'node:events';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { timeStorm } from '../storm.mjs';
import { Pouch } from './pouch.mjs';

// Ten devices in one process are more than an emitter expects.
EventEmitter.defaultMaxListeners = 100;
const [origin] = process.argv.slice(2);
const memory = (name) => new Pouch(name, { adapter: 'memory' });
const sales = memory('sales');
const asPouch = ({ id, ...rest }) => ({ _id: id, ...rest });

/** Resolves when a live replication has nothing left to do for now. */
const untilPaused = (replication) => new Promise((resolve) => replication.once('paused', resolve));
/** Both ways from now on, as an app would. */
const follow = (database) => untilPaused(database.sync(`${origin}/sales`, { live: true, retry: true }));

/** Devices of one shop in this process, and for each what to do when a document is in its database. */
let devices = [];
let opened = 0;
const hear = (database) => {
  const waiting = new Map();
  const changes = database.changes({ live: true, since: 'now' });
  changes.on('change', ({ id }) => waiting.get(id)?.());
  return { database, heard: (id) => new Promise((resolve) => waiting.set(id, () => resolve(performance.now()))) };
};

const commands = {
  // Everything into a fresh database, 500 documents a page.
  fullSync: async () => {
    const local = memory('products');
    await local.replicate.from(`${origin}/products`, { batch_size: 500 });
    return { documents: (await local.info()).doc_count };
  },
  follow: async () => {
    await follow(sales);
    return {};
  },
  put: async ({ document }) => {
    await sales.put(asPouch(document));
    return {};
  },
  wait: async ({ id }) => {
    while (!(await sales.get(id).catch(() => null))) await new Promise((resolve) => setTimeout(resolve, 10));
    return {};
  },
  // So many devices more that follow each other.
  open: async ({ count }) => {
    devices = Array.from({ length: count }, () => {
      opened += 1;
      return hear(memory(`till-${opened}`));
    });
    await Promise.all(devices.map(({ database }) => follow(database)));
    return {};
  },
  // One writes, and for each other how long until the document is in its database, in milliseconds.
  change: async ({ document }) => {
    const [writer, ...others] = devices;
    const heard = others.map((device) => device.heard(document.id));
    const begun = performance.now();
    await writer.database.put(asPouch(document));
    return { ms: (await Promise.all(heard)).map((at) => at - begun) };
  },
  // Rows straight into the server's database, one request for each batch; milliseconds for each.
  push: async ({ batches }) => {
    const remote = new Pouch(`${origin}/sales`);
    await remote.info();
    const ms = [];
    for (const batch of batches) {
      const begun = performance.now();
      const answers = await remote.bulkDocs(batch.map(asPouch));
      ms.push(performance.now() - begun);
      if (answers.some(({ error }) => error)) throw new Error('A row was not taken.');
    }
    return { ms };
  },
  // The same by many clients at once.
  storm: async (order) => {
    const remote = new Pouch(`${origin}/sales`);
    await remote.info();
    const ms = await timeStorm(order, async (rows) => {
      const answers = await remote.bulkDocs(rows.map(asPouch));
      if (answers.some(({ error }) => error)) throw new Error('A row was not taken.');
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
