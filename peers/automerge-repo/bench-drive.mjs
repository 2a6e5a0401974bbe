// automerge-repo clients for the benchmarks. Commands come in as lines of JSON, and each is answered by one line.
//   node bench-drive.mjs ORIGIN GIVEN     what the server's first line said
import process from 'node:process';
import { createInterface } from 'node:readline';
import { findDocument, openRepo } from './repo.mjs';

const [origin, given] = process.argv.slice(2);
const { shared, urls } = JSON.parse(given);

/** One document that all devices have open, and one device that follows by itself. */
let devices = [];
let own;
const openDevice = async () => {
  const repo = openRepo(origin);
  return { repo, handle: await findDocument(repo, shared) };
};
const hear = ({ handle }, id) =>
  new Promise((resolve) => {
    const look = ({ doc }) => {
      if (!doc.sales[id]) return;
      handle.off('change', look);
      resolve(performance.now());
    };
    handle.on('change', look);
  });

const put = ({ handle }, document) =>
  handle.change((doc) => {
    doc.sales[document.id] = document;
  });

const commands = {
  // All documents into a fresh repo.
  fullSync: async () => {
    const repo = openRepo(origin);
    const handles = await Promise.all(urls.map((url) => findDocument(repo, url)));
    return { documents: handles.filter((handle) => handle.doc()?.name !== undefined).length };
  },
  // Both ways from now on.
  follow: async () => {
    own = await openDevice();
    return {};
  },
  put: async ({ document }) => {
    put(own, document);
    return {};
  },
  wait: async ({ id }) => {
    if (!own.handle.doc().sales[id]) await hear(own, id);
    return {};
  },
  // So many devices that follow each other.
  open: async ({ count }) => {
    devices = await Promise.all(Array.from({ length: count }, openDevice));
    return {};
  },
  // One writes, and for each other how long until the change is in its document, in milliseconds.
  change: async ({ document }) => {
    const [writer, ...others] = devices;
    const heard = others.map((device) => hear(device, document.id));
    const begun = performance.now();
    put(writer, document);
    return { ms: (await Promise.all(heard)).map((at) => at - begun) };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { do: name, ...options } = JSON.parse(line);
  const answer = await commands[name](options).catch((error) => ({ failed: String(error.message ?? error) }));
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
process.exit(0);
