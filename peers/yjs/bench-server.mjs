// y-websocket's own server as it is published, documents in memory, and one document with a map of the products of a file
// of JSON documents, and another for changes. Its first line says that it listens.
//   node bench-server.mjs PORT FILE
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { openRoom } from './room.mjs';

const [port, file] = process.argv.slice(2);
process.env.PORT = port;
process.env.HOST = '127.0.0.1';
console.log = () => {};
await import(new URL('./bin/server.cjs', import.meta.resolve('y-websocket/package.json')).href);
const origin = `http://127.0.0.1:${port}`;
const writer = await openRoom(origin, 'products');
const products = writer.doc.getMap('products');
writer.doc.transact(() => {
  for (const product of JSON.parse(readFileSync(file, 'utf8'))) products.set(product.id, product);
});
// What another client was sent, the server has.
for (;;) {
  const reader = await openRoom(origin, 'products');
  const { size } = reader.doc.getMap('products');
  reader.provider.destroy();
  if (size === products.size) break;
}
writer.provider.destroy();
process.stdout.write('{}\n');
