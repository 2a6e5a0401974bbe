import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type CountedWire, layCountedWire } from './wire-count.ts';

const TEXT = 'Kopi Tubruk '.repeat(500);
let server: Server;
let wire: CountedWire;

beforeAll(async () => {
  server = createServer((req, res) => {
    const packs = String(req.headers['accept-encoding']).includes('gzip');
    const headers = packs ? { 'content-encoding': 'gzip' } : {};
    req.resume().on('end', () => res.writeHead(200, headers).end(packs ? gzipSync(TEXT) : TEXT));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => server.close());
afterEach(() => wire.close());

async function lay(plain: boolean): Promise<void> {
  wire = await layCountedWire((server.address() as AddressInfo).port, { plain });
}

const ask = (path: string) => fetch(`${wire.origin}${path}`).then((response) => response.text());

test('every byte is counted once, and by request with its answer', async () => {
  await lay(false);
  expect(await ask('/one?a=1')).toBe(TEXT);
  await ask('/two');
  await wire.quiet(100);
  const { total, byRequest } = wire.take();
  expect([...byRequest.keys()]).toEqual(['GET /one', 'GET /two']);
  expect([...byRequest.values()].reduce((sum, bytes) => sum + bytes, 0)).toBe(total);
  expect(total).toBeLessThan(TEXT.length);
  expect(wire.take().total).toBe(0);
});

test('a plain wire asks for no compression, whatever the client asked for', async () => {
  await lay(true);
  expect(await ask('/one')).toBe(TEXT);
  await wire.quiet(100);
  expect(wire.take().total).toBeGreaterThan(TEXT.length);
});
