// express-pouchdb on Express 4 as its own guide sets it up: `products`, filled from a file of JSON documents, and `sales`,
// empty. Databases in memory, or when `durable` in LevelDB files in FOLDER, each write on the disk before the answer. Its first line
// says that it listens.
//   node bench-server.mjs PORT FILE FOLDER [durable]
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import express from 'express';
import expressPouchDb from 'express-pouchdb';
import { Pouch, syncedLevel } from './pouch.mjs';

const [port, file, folder, mode] = process.argv.slice(2);
const ServerPouch =
  mode === 'durable'
    ? Pouch.defaults({ adapter: 'leveldb', prefix: join(folder, 'db-'), db: syncedLevel })
    : Pouch.defaults({ adapter: 'memory' });
const products = new ServerPouch('products');
const documents = JSON.parse(readFileSync(file, 'utf8'));
await products.bulkDocs(documents.map(({ id, ...rest }) => ({ _id: id, ...rest })));
await new ServerPouch('sales').info();
const app = express();
app.use('/', expressPouchDb(ServerPouch, { mode: 'minimumForPouchDB', inMemoryConfig: true, logPath: '/dev/null' }));
app.listen(Number(port), '127.0.0.1', () => process.stdout.write('{}\n'));
