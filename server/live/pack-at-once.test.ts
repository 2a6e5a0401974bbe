import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { deflateRawSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import WebSocket, { WebSocketServer } from 'ws';
import { LIVE_DEFLATE, PACKING_SIZE } from './limits.ts';
import { packAtOnce } from './pack-at-once.ts';
import { createPacker } from './packing.ts';

const BYTES_MAX = 8 * 1024;
const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** A server that packs at once, and one device with `ws` as it comes; what either hears. */
async function connect(perMessageDeflate: WebSocket.ClientOptions['perMessageDeflate']) {
  const server = new WebSocketServer({ port: 0, maxPayload: BYTES_MAX, perMessageDeflate: LIVE_DEFLATE });
  ends.push(() => server.close());
  await once(server, 'listening');
  const arrived = once(server, 'connection') as Promise<[WebSocket]>;
  const device = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`, { perMessageDeflate });
  const [[socket]] = await Promise.all([arrived, once(device, 'open')]);
  ends.push(() => device.terminate());
  const packs = packAtOnce(socket, { own: 'server', packer: createPacker(PACKING_SIZE), bytesMax: BYTES_MAX });
  const [atServer, atDevice]: [string[], string[]] = [[], []];
  socket.on('message', (data) => atServer.push(String(data)));
  socket.on('error', () => undefined);
  device.on('message', (data) => atDevice.push(String(data)));
  return { socket, device, packs, atServer, atDevice };
}

const TEXTS = Array.from({ length: 40 }, (_, n) => `${n}: ${'a sale of coffee and rice, '.repeat(n * 5)}`);
const settings: [string, WebSocket.ClientOptions['perMessageDeflate']][] = [
  ['remembers', { threshold: 0 }],
  ['forgets what it says', { threshold: 0, clientNoContextTakeover: true }],
  ['forgets what it hears', { threshold: 0, serverNoContextTakeover: true }],
  ['has a small window', { threshold: 0, clientMaxWindowBits: 9 }],
];

test.each(settings)('[LIVE18] a device that %s hears and is heard word for word, in order', async (_how, deflate) => {
  const { socket, device, packs, atServer, atDevice } = await connect(deflate);
  expect(packs).toBe(true);
  for (const text of TEXTS) {
    socket.send(Buffer.from(text), { binary: false });
    device.send(text);
  }
  await expect.poll(() => [atServer.length, atDevice.length]).toEqual([TEXTS.length, TEXTS.length]);
  expect([atServer, atDevice]).toEqual([TEXTS, TEXTS]);
});

test('[LIVE18] what a device says packed and in pieces is put together before it is unpacked', async () => {
  const { device, atServer } = await connect({ threshold: 0 });
  for (const text of ['one '.repeat(30), 'two '.repeat(30)]) {
    device.send(text.slice(0, 50), { fin: false, compress: true });
    device.send(text.slice(50, 70), { fin: false });
    device.send(text.slice(70), { fin: true });
  }
  await expect.poll(() => atServer).toEqual(['one '.repeat(30), 'two '.repeat(30)]);
});

test('[LIVE18] [I12] a message that unpacks to more than may be ends its socket', async () => {
  const { device, atServer } = await connect({ threshold: 0 });
  device.send('x'.repeat(1_000_000));
  const [code] = await once(device, 'close');
  expect([code, atServer]).toEqual([1009, []]);
});

test('[LIVE18] one that cannot unpack gets what is said as it is', async () => {
  const { socket, packs, atDevice } = await connect(false);
  expect(packs).toBe(false);
  socket.send(Buffer.from('as it is'), { binary: false });
  await expect.poll(() => atDevice).toEqual(['as it is']);
});

test('[LIVE18] what cannot be unpacked ends its socket', async () => {
  const { socket, device, atServer } = await connect({ threshold: 0 });
  // A packed text frame with bytes that no packing makes.
  (device as unknown as { readonly _socket: Socket })._socket.write(
    Buffer.from([0xc1, 0x84, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff]),
  );
  await expect.poll(() => socket.readyState).toBe(WebSocket.CLOSED);
  expect(atServer).toEqual([]);
});

test('[LIVE18] who ends its packing with a message is heard, and begins anew behind it', async () => {
  const { device, atServer } = await connect({ threshold: 0 });
  const { _socket } = device as unknown as { readonly _socket: Socket };
  const texts = ['one coffee, '.repeat(8), 'two coffees, '.repeat(8)];
  for (const text of texts) {
    // RFC 7692, 7.2.3.4: a block that says it is the last, and an empty one behind it.
    const packed = Buffer.concat([deflateRawSync(text), Buffer.of(0)]);
    _socket.write(Buffer.concat([Buffer.of(0xc1, 0x80 | packed.length, 0, 0, 0, 0), packed]));
  }
  await expect.poll(() => atServer).toEqual(texts);
});
