// Why the shop does not run rxdb-server itself: what the published 15.22.0 does, observed anew by each run. Prints one
// finding per line, and all as JSON in the last one.  node measure.mjs
import process from 'node:process';
import { runWith, sleep, startFake, startStock, startStockClient } from './measure-kit.mjs';

/** @type {Record<string, unknown>} */
const findings = {};
const note = (name, finding) => {
  findings[name] = finding;
  process.stdout.write(`${name}: ${JSON.stringify(finding)}\n`);
};
const own = (id, fields = {}) => ({ id, branch: 'own', name: 'x', price: 1, _deleted: false, ...fields });
const json = (res, body, status = 200) => res.writeHead(status, { 'content-type': 'application/json' }).end(body);

note('server on RxDB 17', await runWith('rxdb,rxjs', 'stock-server.mjs', '46001', '1'));
note('client on RxDB 17', await runWith('rxdb,rxjs', 'client-17.mjs'));
note('server on Express 5', await runWith('express', 'stock-server.mjs', '46002', '1'));
note('server on RxDB 15 and Express 4', await runWith('', 'stock-server.mjs', '46003', '1'));

const shop = await startStock(1_000);
const foreign = await shop.push([{ newDocumentState: own('secret') }]);
note('push of an id of another branch', foreign);
const all = await shop.pull('limit=abc');
note('limit=abc', { status: all.status, rows: all.json?.documents.length });
const batch = [own('good-1'), own('bad', { price: -1 }), own('good-2')].map((newDocumentState) => ({
  newDocumentState,
}));
const refused = await shop.push(batch);
const ids = (await shop.pull('limit=5000')).json.documents.map(({ id }) => id);
note('one refused row of three', { status: refused.status, stored: ids.filter((id) => /^good/.test(id)) });
const large = Array.from({ length: 1_000 }, (_, n) => ({
  newDocumentState: own(`large-${n}`, { name: 'x'.repeat(60) }),
}));
note('body of 100 KB and more', { bytes: JSON.stringify(large).length, status: (await shop.push(large)).status });

const stopped = await startStockClient(shop.url);
await stopped.products.bulkInsert(batch.map((row) => row.newDocumentState).map(({ _deleted, ...doc }) => doc));
const stoppedReplication = stopped.replicate();
await Promise.race([stoppedReplication.awaitInitialReplication().catch(() => {}), sleep(3_000)]);
await sleep(200);
note('client with one refused row', { replicationStopped: stoppedReplication.isStopped() });
await stopped.end();
shop.end();

for (const body of ['{}', '[null]']) {
  const server = await startStock();
  const { status } = await server.push(body);
  await sleep(200);
  note(`push of ${body}`, { answer: status, processEndedWith: server.state.exit });
  server.end();
}

const nested = await startStock();
const row = JSON.stringify([{ newDocumentState: own('deep', { name: 'DEEP' }) }]);
const pushed = await nested.push(row.replace('"DEEP"', '['.repeat(20_000) + ']'.repeat(20_000)));
const { status: pulledStatus } = await nested.pull('limit=100');
await sleep(500);
note('row of 20,000 brackets', {
  push: pushed.status,
  pullAfterwards: pulledStatus,
  processEndedWith: nested.state.exit,
});
nested.end();

const portal = await startFake((what, res) =>
  what === 'push' ? json(res, '[]', 502) : json(res, '{"documents":[],"checkpoint":{"id":"","lwt":0}}'),
);
const fooled = await startStockClient(portal.url);
await fooled.products.insert({ id: 'sale', branch: 'own', name: 'x', price: 1 });
await fooled.replicate().awaitInitialReplication();
await fooled.replicate().awaitInitialReplication();
note('502 with the body []', { pushes: portal.asked.push, pushedAgainByTheNextReplication: portal.asked.push > 1 });
await fooled.end();
portal.end();

const refusing = await startFake((what, res) =>
  what === 'push' ? json(res, '{"error":true}', 413) : json(res, '{"documents":[],"checkpoint":{"id":"","lwt":0}}'),
);
const looping = await startStockClient(refusing.url);
await looping.products.insert({ id: 'sale', branch: 'own', name: 'x', price: 1 });
const log = console.log;
console.log = console.dir = () => {};
const loop = looping.replicate();
await sleep(2_000);
console.log = log;
note('client on 413', { pushesIn2Seconds: refusing.asked.push, retryTimeMs: 100, stopped: loop.isStopped() });
await looping.end();
refusing.end();

/** What becomes of a document that the stream sends after `first`. */
async function streamAfter(first) {
  const server = await startFake((what, res) => {
    if (what !== 'pullStream') return json(res, '{"documents":[],"checkpoint":{"id":"","lwt":0}}');
    res.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
    const event = JSON.stringify({ documents: [own('later')], checkpoint: { id: 'x', lwt: 1 } });
    setTimeout(() => res.write(first), 300);
    setTimeout(() => res.write(`data: ${event}\n\n`), 600);
  });
  const said = await runWith('', 'stream-client.mjs', server.url);
  server.end();
  return said;
}
note('stream with a comment in it', await streamAfter(':\n\n'));
note('stream with "RESYNC" in it', await streamAfter('data: "RESYNC"\n\n'));

process.stdout.write(`${JSON.stringify(findings)}\n`);
process.exit(0);
