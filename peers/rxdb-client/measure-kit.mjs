import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import process from 'node:process';
import { createRxDatabase } from 'rxdb/plugins/core';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import { replicateServer } from 'rxdb-server/plugins/replication-server';

const here = import.meta.dirname;
const firstPort = 46_100;
let ports = 0;
let databases = 0;

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Runs a script of this folder to its end, on libraries of the shop's own package where named. Gives what it wrote. */
export function runWith(fromShop, script, ...args) {
  const env = { ...process.env, FROM_SHOP: fromShop };
  const child = spawn(process.execPath, ['--import', './rxdb-17.mjs', script, ...args], { cwd: here, env });
  return new Promise((resolve) => {
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (text += part));
    child.stdout.on('data', () => child.kill());
    child.on('close', (code) => {
      const error = /\w*Error( \[\w+\])?: .*$/m.exec(text)?.[0];
      resolve(error ? { error, processEndedWith: code } : text.trim());
    });
  });
}

/** The published server in a process of its own. */
export async function startStock(rows = 20) {
  ports += 1;
  const port = firstPort + ports;
  const child = spawn(process.execPath, ['stock-server.mjs', String(port), String(rows)], { cwd: here });
  const state = { exit: null };
  child.on('exit', (code, signal) => (state.exit = code ?? signal));
  child.stderr.on('data', () => {});
  await new Promise((resolve) => child.stdout.once('data', resolve));
  const url = `http://localhost:${port}/products/0`;
  const headers = { authorization: 'own', 'content-type': 'application/json' };
  const push = (body) => fetch(`${url}/push`, { method: 'POST', headers, body });
  return {
    url,
    state,
    push: (body) => push(typeof body === 'string' ? body : JSON.stringify(body)).then(answerOf, failureOf),
    pull: (query) =>
      fetch(`${url}/pull?${query}`, { headers, signal: AbortSignal.timeout(5_000) }).then(answerOf, failureOf),
    end: () => child.kill('SIGKILL'),
  };
}

const answerOf = async (response) => ({ status: response.status, json: await response.json().catch(() => null) });
const failureOf = (error) => ({ status: error.name === 'TimeoutError' ? 'no answer' : 'connection lost', json: null });

/** A server that answers as `answer` says; what it was asked is counted by path. */
export async function startFake(answer) {
  const asked = { pull: 0, push: 0, pullStream: 0 };
  const server = createServer((req, res) => {
    const what = new URL(req.url, 'http://x').pathname.slice(1);
    asked[what] += 1;
    req.resume().on('end', () => answer(what, res));
  });
  await new Promise((resolve) => server.listen(0, resolve));
  return {
    url: `http://localhost:${server.address().port}`,
    asked,
    end: () => server.close(server.closeAllConnections()),
  };
}

/** A stock client of `url`, with a database of its own. */
export async function startStockClient(url, { push = true, live = false, retryTime = 100 } = {}) {
  databases += 1;
  const text = { type: 'string', maxLength: 60 };
  const properties = { id: text, branch: text, name: {}, price: { type: 'number' } };
  const database = await createRxDatabase({ name: `client-${databases}`, storage: getRxStorageMemory() });
  await database.addCollections({ products: { schema: { version: 0, primaryKey: 'id', type: 'object', properties } } });
  const replicate = () =>
    replicateServer({
      collection: database.products,
      replicationIdentifier: 'one',
      url,
      headers: { Authorization: 'own' },
      live,
      retryTime,
      pull: { batchSize: 50 },
      ...(push ? { push: { batchSize: 500 } } : {}),
    });
  return { products: database.products, replicate, end: () => database.destroy() };
}
