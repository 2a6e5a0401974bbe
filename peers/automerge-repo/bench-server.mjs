// automerge-repo's own sync server as it is published, with its files in FOLDER, where one document lies for each product of a file of
// JSON documents, and one more for changes. Its first line says the documents' addresses.
//   node bench-server.mjs PORT FILE FOLDER
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { Repo } from '@automerge/automerge-repo';
import { NodeFSStorageAdapter } from '@automerge/automerge-repo-storage-nodefs';

const [port, file, folder] = process.argv.slice(2);
// Written where it reads them: over its socket 2,000 documents take it half a minute.
const writer = new Repo({ storage: new NodeFSStorageAdapter(folder) });
const urls = JSON.parse(readFileSync(file, 'utf8')).map((product) => writer.create(product).url);
const shared = writer.create({ sales: {} }).url;
await writer.flush();
await writer.shutdown();

// It tells each peer and each fault on its output, which is ours to speak on.
for (const way of ['log', 'error', 'warn']) console[way] = () => {};
Object.assign(process.env, { PORT: port, DATA_DIR: folder });
await import('@automerge/automerge-repo-sync-server');
const LOOK_MS = 20;
const isUp = () =>
  fetch(`http://127.0.0.1:${port}/`).then(
    () => true,
    () => false,
  );
while (!(await isUp())) await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
process.stdout.write(`${JSON.stringify({ urls, shared })}\n`);
