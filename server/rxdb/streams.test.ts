import { once } from 'node:events';
import { get as httpGet, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { branchScope, COMPANY_SCOPE, type ProductId } from '../../schema/ids.ts';
import { LIVE_HEARTBEAT_MS } from '../../schema/limits.ts';
import { putProduct, readProduct } from '../core/product-writer.ts';
import { until } from '../testing/test-deps.ts';
import { createTestJournal } from '../testing/test-device.ts';
import { startTestServer, type TestServer } from '../testing/test-http.ts';
import { pushRows } from '../testing/test-push.ts';
import { OTHER_BRANCH, openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';
import { STREAMS_PER_DEVICE_MAX } from './limits.ts';
import { createStreams } from './streams.ts';

interface Event {
  readonly documents: readonly Record<string, unknown>[];
  readonly checkpoint: { readonly id: string; readonly lwt: number };
}

/** Characters that hold the newest event whole. */
const EVENT_LENGTH_MAX = 300_000;

let shop: TestShop;
let server: TestServer;
let till: TestEnrolment;
let opened: IncomingMessage[] = [];

beforeEach(async () => {
  shop = await openTestShop();
  server = await startTestServer(shop);
  till = await shop.enrol();
  opened = [];
});
afterEach(async () => {
  for (const response of opened) response.destroy();
  await server.close();
  await shop.close();
});

async function open(path: string, device = till) {
  const headers = { authorization: `Bearer ${device.credential}`, 'accept-encoding': 'gzip, br' };
  const [response] = (await once(httpGet(`${server.origin}/rxdb/${path}`, { headers }), 'response')) as [
    IncomingMessage,
  ];
  opened.push(response);
  let text = '';
  let latest = '';
  response.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    latest = (latest + chunk).slice(-EVENT_LENGTH_MAX);
  });
  response.on('error', () => undefined);
  const events = () => [...text.matchAll(/^data: (.*)\n\n/gm)].map(([, data = '']) => JSON.parse(data) as Event);
  return { response, events, text: () => text, latest: () => latest };
}
const ids = (events: readonly Event[]) => events.flatMap(({ documents }) => documents.map(({ id }) => id));
const pull = async (id: string) =>
  (await server.ask(`/rxdb/products/0/pull?id=${id}&limit=10`, { credential: till.credential })).json as Event;

test('[RXW7] a change is sent as it is committed, with a place from which a pull goes on', async () => {
  const stream = await open('products/0/pullStream');
  expect(stream.response.headers['content-type']).toContain('text/event-stream');
  expect(stream.response.headers['content-encoding']).toBeUndefined();
  await shop.addProduct('coffee');
  const event = await until('the event', () => stream.events()[0]);
  expect(event.documents).toMatchObject([{ id: 'coffee', price: 1000, _deleted: false }]);
  expect((await pull(event.checkpoint.id)).documents).toEqual([]);
  await shop.addProduct('tea');
  const next = await until('the next event', () => stream.events()[1]);
  expect(ids([next])).toEqual(['tea']);
  expect(next.checkpoint.lwt).toBeGreaterThan(event.checkpoint.lwt);
});

test('[RXW7] each stream carries its collection and scope only, stock whole', async () => {
  const coffee = await shop.addProduct('coffee');
  const [products, stock] = [await open('products/0/pullStream'), await open('stock/0/pullStream')];
  await pushRows(shop.core, till, [createTestJournal(till).receive(coffee, 5)]);
  await until('the stock', () => stock.events()[0]);
  expect(stock.events()[0]?.documents).toMatchObject([{ id: `utama:${coffee}`, counters: {} }]);
  await shop.addProduct('tea');
  await until('the product', () => products.events()[0]);
  expect(ids(products.events())).toEqual(['tea']);
  expect(ids(stock.events())).toEqual([`utama:${coffee}`]);
});

test('[ENR8] [RXW8] the streams of a device end when it is revoked, before anything more is sent', async () => {
  const [manager, other] = [await shop.enrol('manager', 'M1'), await shop.enrol('till', 'K2')];
  const [theirs, others] = [await open('products/0/pullStream'), await open('products/0/pullStream', other)];
  const path = `/api/v1/devices/${till.device.deviceId}/revoke`;
  expect((await server.ask(path, { method: 'POST', credential: manager.credential })).status).toBe(200);
  await shop.addProduct('coffee');
  await until('the others heard', () => others.events()[0]);
  await until('the end', () => theirs.response.closed);
  expect(theirs.events()).toEqual([]);
});

test('[RXW7] whoever opens a stream while others write, and pulls then, misses nothing', async () => {
  let done = false;
  const writing = (async () => {
    for (let n = 0; n < 150; n += 1) await shop.addProduct(`p${n}`);
    done = true;
  })();
  const readers: { stream: Awaited<ReturnType<typeof open>>; place: number }[] = [];
  while (!done && readers.length < STREAMS_PER_DEVICE_MAX - 1) {
    const stream = await open('products/0/pullStream');
    readers.push({ stream, place: ids([await pullAll()]).length });
  }
  await writing;
  for (const { stream, place } of readers) {
    const rest = Array.from({ length: 150 - place }, (_, n) => `p${place + n}`);
    await until('the rest', () => rest.every((id) => ids(stream.events()).includes(id)));
  }
});
const pullAll = async () =>
  (await server.ask('/rxdb/products/0/pull?limit=1000', { credential: till.credential })).json as Event;

test('[I9] nothing of another branch is sent', async () => {
  await shop.addProduct('coffee');
  const there = await shop.enrol('till', 'K9', OTHER_BRANCH);
  const streams = await Promise.all(
    ['products', 'stock', 'company', 'branchJournal'].map((name) => open(`${name}/0/pullStream`)),
  );
  const theirs = await open('stock/0/pullStream', there);
  await pushRows(shop.core, there, [createTestJournal(there).receive('CANARY' as ProductId, 1)]);
  await shop.core.store.write([branchScope(OTHER_BRANCH)], async (tx) => {
    const product = await readProduct(tx, 'coffee');
    if (product) await putProduct(tx, { ...product, id: 'CANARY' as ProductId, scope: branchScope(OTHER_BRANCH) });
  });
  await until('their event', () => theirs.events()[0]);
  await shop.addProduct('tea');
  await until('our event', () => streams[0]?.events()[0]);
  expect(streams.map(({ text }) => text()).join()).not.toMatch(new RegExp(`CANARY|${OTHER_BRANCH}`));
});

test('[RXW8] a reader that stops reading is cut off at a bound, and nobody else', async () => {
  const [slow, witness] = [await open('products/0/pullStream'), await open('products/0/pullStream')];
  let isCut = false;
  slow.response.on('close', () => (isCut = true));
  slow.response.pause();
  for (let n = 0; n < 150; n += 1) {
    const json = JSON.stringify({ id: 'big', n, text: 'x'.repeat(200_000) });
    await shop.core.store.write([COMPANY_SCOPE], (tx) =>
      tx.putDocument('products', { id: 'big', scope: COMPANY_SCOPE, json }),
    );
    await until('the witness got it', () => witness.latest().includes(`"n":${n},`));
  }
  slow.response.resume();
  await until('the cut', () => isCut);
  expect(slow.events().length).toBeLessThan(150);
  expect(slow.text()).not.toContain('RESYNC');
});

test('[RXW8] a quiet stream says something all the same', async () => {
  const beats: (() => void)[] = [];
  const every = (ms: number, work: () => void) => {
    if (ms === LIVE_HEARTBEAT_MS) beats.push(work);
    return () => undefined;
  };
  const streams = createStreams({ ...shop.core, deps: { ...shop.deps, every } });
  const app = express().get('/', (_req, res) => void streams.open(till.stored, 'stock', res));
  const listener = app.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const [response] = await once(httpGet({ port: (listener.address() as AddressInfo).port }), 'response');
  let text = '';
  response.on('data', (chunk: Buffer) => (text += String(chunk))).on('error', () => undefined);
  for (const beat of beats) beat();
  await until('the beat', () => text === ':\n\n');
  streams.close();
  listener.close();
});

test('[RXW8] a device has so many streams and no more; one that is closed makes room', async () => {
  const streams = [];
  for (let n = 0; n < STREAMS_PER_DEVICE_MAX; n += 1) streams.push(await open('products/0/pullStream'));
  expect((await open('stock/0/pullStream')).response.statusCode).toBe(429);
  expect((await open('stock/0/pullStream', await shop.enrol('till', 'K2'))).response.statusCode).toBe(200);
  streams[0]?.response.destroy();
  for (let status = 429; status !== 200; ) status = (await open('stock/0/pullStream')).response.statusCode ?? 0;
});

test('[RXW8] the server ends its streams when it ends', async () => {
  const stream = await open('products/0/pullStream');
  await server.close();
  await until('the end', () => stream.response.closed);
  server = await startTestServer(shop);
});
