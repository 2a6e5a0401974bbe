// Yjs clients for the benchmarks. Commands come in as lines of JSON, and each is answered by one line.
//   node bench-drive.mjs ORIGIN
import process from 'node:process';
import { createInterface } from 'node:readline';
import { openRoom } from './room.mjs';

const [origin] = process.argv.slice(2);

/** Devices with one document open, and one that follows by itself. */
let devices = [];
let own;
const hear = (sales, id) =>
  new Promise((resolve) => {
    const look = () => {
      if (!sales.has(id)) return;
      sales.unobserve(look);
      resolve(performance.now());
    };
    sales.observe(look);
  });

const commands = {
  // The whole document into a fresh client.
  fullSync: async () => {
    const { doc } = await openRoom(origin, 'products');
    return { documents: doc.getMap('products').size };
  },
  // Both ways from now on.
  follow: async () => {
    own = (await openRoom(origin, 'sales')).doc.getMap('sales');
    return {};
  },
  put: async ({ document }) => {
    own.set(document.id, document);
    return {};
  },
  wait: async ({ id }) => {
    if (!own.has(id)) await hear(own, id);
    return {};
  },
  // So many devices that follow each other.
  open: async ({ count }) => {
    const rooms = await Promise.all(Array.from({ length: count }, () => openRoom(origin, 'sales')));
    devices = rooms.map(({ doc }) => doc.getMap('sales'));
    return {};
  },
  // One writes, and for each other how long until the change is in its document, in milliseconds.
  change: async ({ document }) => {
    const [writer, ...others] = devices;
    const heard = others.map((sales) => hear(sales, document.id));
    const begun = performance.now();
    writer.set(document.id, document);
    return { ms: (await Promise.all(heard)).map((at) => at - begun) };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { do: name, ...options } = JSON.parse(line);
  const answer = await commands[name](options).catch((error) => ({ failed: String(error.message ?? error) }));
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
process.exit(0);
