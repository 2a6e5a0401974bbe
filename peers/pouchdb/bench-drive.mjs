// A PouchDB client for the benchmark of bytes. Commands come in as lines of JSON, and each is answered by one line.
//   node bench-drive.mjs ORIGIN
import process from 'node:process';
import { createInterface } from 'node:readline';
import { Pouch } from './pouch.mjs';

const [origin] = process.argv.slice(2);
const memory = (name) => new Pouch(name, { adapter: 'memory' });
const sales = memory('sales');

/** Resolves when a live replication has nothing left to do for now. */
const untilPaused = (replication) => new Promise((resolve) => replication.once('paused', resolve));

const commands = {
  // Everything into a fresh database, 500 documents a page.
  fullSync: async () => {
    const local = memory('products');
    await local.replicate.from(`${origin}/products`, { batch_size: 500 });
    return { documents: (await local.info()).doc_count };
  },
  // Both ways from now on, as an app would.
  follow: async () => {
    await untilPaused(sales.sync(`${origin}/sales`, { live: true, retry: true }));
    return {};
  },
  put: async ({ document: { id, ...rest } }) => {
    await sales.put({ _id: id, ...rest });
    return {};
  },
  wait: async ({ id }) => {
    while (!(await sales.get(id).catch(() => null))) await new Promise((resolve) => setTimeout(resolve, 10));
    return {};
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { do: name, ...options } = JSON.parse(line);
  const answer = await commands[name](options).catch((error) => ({ failed: String(error.message ?? error) }));
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
process.exit(0);
