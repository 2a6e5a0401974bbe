// express-pouchdb on Express 4 as its own guide sets it up, with databases in memory: `products`, filled from a file of
// JSON documents, and `sales`, empty. It says when it listens.
//   node bench-server.mjs PORT FILE
import { readFileSync } from 'node:fs';
import process from 'node:process';
import express from 'express';
import expressPouchDb from 'express-pouchdb';
import { Pouch } from './pouch.mjs';

const [port, file] = process.argv.slice(2);
const ServerPouch = Pouch.defaults({ adapter: 'memory' });
const products = new ServerPouch('products');
const documents = JSON.parse(readFileSync(file, 'utf8'));
await products.bulkDocs(documents.map(({ id, ...rest }) => ({ _id: id, ...rest })));
await new ServerPouch('sales').info();
const app = express();
app.use('/', expressPouchDb(ServerPouch, { mode: 'minimumForPouchDB', inMemoryConfig: true, logPath: '/dev/null' }));
app.listen(Number(port), '127.0.0.1', () => process.stdout.write('ready\n'));
