import { get } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { COMPANY_SCOPE } from '../../schema/ids.ts';
import type { Checkpoint } from '../../schema/protocol/checkpoint.ts';
import { pull } from '../core/pull.ts';
import { until } from '../testing/test-deps.ts';
import { startTestServer, type TestServer } from '../testing/test-http.ts';
import { openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';

let shop: TestShop;
let server: TestServer;
let till: TestEnrolment;

beforeEach(async () => {
  shop = await openTestShop();
  server = await startTestServer(shop);
  till = await shop.enrol();
});
afterEach(async () => {
  await server.close();
  await shop.close();
});

/** What a device pulled from a history that is gone. */
async function lostCheckpoint(): Promise<Checkpoint> {
  const { core } = shop;
  const { checkpoint } = await pull(core, till.stored, { collection: 'stock', checkpoint: undefined, limit: 1 });
  const future = core.positions.sign(core.epoch, COMPANY_SCOPE, { seq: 999, tag: 'lost' });
  return { ...checkpoint, scopes: { ...checkpoint.scopes, [COMPANY_SCOPE]: { ...future, grant: 'home' } } };
}

test('[EPOCH2] what a socket says it has pulled is looked at before the hello', async () => {
  const live = await server.live(till.credential, { checkpoints: { stock: await lostCheckpoint() } });
  expect((await live.next('hello')).epoch.n).toBe(2);
  expect(live.messages.filter(({ type }) => type === 'hello')).toHaveLength(1);
});

test('[EPOCH5] whoever has a socket is greeted again in the new epoch, and told to pull', async () => {
  const other = await shop.enrol('till', 'K2');
  const sockets = [await server.live(till.credential), await server.live(other.credential)];
  for (const socket of sockets) await socket.next('hello');
  const heard = sockets.map(({ messages }) => messages.length);
  await pull(shop.core, till.stored, { collection: 'stock', checkpoint: await lostCheckpoint(), limit: 1 });
  for (const [index, socket] of sockets.entries()) {
    const from = heard[index] ?? 0;
    const hello = await socket.next('hello', from);
    expect(hello.epoch).toEqual(shop.core.epoch);
    const at = socket.messages.indexOf(hello);
    expect(socket.messages[at + 1]).toEqual({ type: 'resync' });
  }
});

test('[EPOCH5] after the second hello changes go on from the positions it said', async () => {
  const live = await server.live(till.credential);
  await live.next('hello');
  const heard = live.messages.length;
  await pull(shop.core, till.stored, { collection: 'stock', checkpoint: await lostCheckpoint(), limit: 1 });
  const hello = await live.next('hello', heard);
  const from = live.messages.indexOf(hello);
  await shop.addProduct('new');
  await until('the product', () => JSON.stringify(live.messages.slice(from)).includes('"new"'));
  let at = hello.positions[COMPANY_SCOPE];
  for (const message of live.messages.slice(from)) {
    if (message.type !== 'changes' || message.scope !== COMPANY_SCOPE) continue;
    expect(message.from).toBe(at);
    expect(shop.core.positions.verify(shop.core.epoch, COMPANY_SCOPE, message.to)).toBe(true);
    at = message.to.seq;
  }
});

test('[EPOCH5] streams of stock clients end, so that they open new ones and pull', async () => {
  let ended = false;
  const headers = { authorization: `Bearer ${till.credential}` };
  const request = get(`${server.origin}/rxdb/products/0/pullStream`, { headers });
  const opened = await new Promise<import('node:http').IncomingMessage>((resolve) => request.on('response', resolve));
  opened
    .on('error', () => undefined)
    .on('close', () => {
      ended = true;
    });
  opened.resume();
  await pull(shop.core, till.stored, { collection: 'stock', checkpoint: await lostCheckpoint(), limit: 1 });
  await until('the end of the stream', () => ended);
});
