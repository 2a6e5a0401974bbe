import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { IMAGE_BYTES_MAX } from '../../schema/protocol/image.ts';
import { startTestServer, type TestServer } from '../testing/test-http.ts';
import { openTestShop, type TestShop } from '../testing/test-shop.ts';

let shop: TestShop;
let server: TestServer;
let manager: string;

beforeEach(async () => {
  shop = await openTestShop();
  server = await startTestServer(shop);
  manager = (await shop.enrol('manager', 'M1')).credential;
});
afterEach(async () => {
  await server.close();
  await shop.close();
});

/** The smallest PNG: one transparent pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);
const nameOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const put = (bytes: Buffer, { credential = manager, type = 'image/png', name = nameOf(bytes) } = {}) =>
  server.ask(`/images/${name}`, { method: 'PUT', credential, body: bytes, headers: { 'content-type': type } });

test('[IMG1] a picture is served under the hash of its bytes, to be kept for ever and run nothing', async () => {
  expect((await put(PNG)).status).toBe(200);
  expect((await put(PNG)).status).toBe(200);
  const answer = await fetch(`${server.origin}/images/${nameOf(PNG)}`);
  expect(Buffer.from(await answer.arrayBuffer()).equals(PNG)).toBe(true);
  expect(answer.headers.get('content-type')).toBe('image/png');
  expect(answer.headers.get('cache-control')).toContain('immutable');
  expect(answer.headers.get('content-security-policy')).toContain('sandbox');
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
});

test('[IMG2] only who may edit products puts pictures', async () => {
  const till = (await shop.enrol('till', 'K1')).credential;
  expect((await put(PNG, { credential: till })).status).toBe(403);
  expect((await put(PNG, { credential: 'nobody' })).status).toBe(401);
  expect((await server.ask(`/images/${nameOf(PNG)}`)).status).toBe(404);
});

test('[IMG3] bytes that are not what name and type say, and too many of them, are refused', async () => {
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
  const large = Buffer.concat([PNG, Buffer.alloc(IMAGE_BYTES_MAX)]);
  expect((await put(PNG, { name: '0'.repeat(64) })).status).toBe(400);
  expect((await put(PNG, { type: 'image/webp' })).status).toBe(400);
  expect((await put(svg)).status).toBe(400);
  expect((await put(svg, { type: 'image/svg+xml' })).status).toBe(400);
  expect((await put(large)).status).toBe(413);
  for (const name of ['..%2Flaci.db', 'x', `${nameOf(PNG)}.part`]) {
    expect((await server.ask(`/images/${name}`)).status).toBe(404);
    expect((await put(PNG, { name })).status).toBe(400);
  }
  const posted = { method: 'POST', credential: manager, body: {} };
  expect((await server.ask(`/images/${nameOf(PNG)}`, posted)).status).toBe(405);
});

test('[IMG5] a picture that many put at once is taken from each', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => put(PNG)));
  expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
  expect(readdirSync(`${shop.dataDir}/images`)).toEqual([nameOf(PNG)]);
});

test('[IMG5] a picture whose file a power cut tore is whole once it is put again', async () => {
  mkdirSync(`${shop.dataDir}/images`);
  for (const torn of [Buffer.alloc(0), PNG.subarray(0, 20)]) {
    writeFileSync(`${shop.dataDir}/images/${nameOf(PNG)}`, torn);
    expect((await put(PNG)).status).toBe(200);
    expect(readFileSync(`${shop.dataDir}/images/${nameOf(PNG)}`).equals(PNG)).toBe(true);
  }
});
