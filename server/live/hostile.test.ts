import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import { until } from '../testing/test-deps.ts';
import { startTestServer, type TestServer, type TestSocket } from '../testing/test-http.ts';
import { openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';
import type { Hub } from './hub.ts';
import { BUFFERED_BYTES_MAX, SOCKETS_PER_DEVICE_MAX } from './limits.ts';
import { talk } from './live-server.ts';
import { createLiveSocket } from './live-socket.ts';

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

/** The server's end of a socket whose other end never reads: what is sent is never gone. */
function createStuckSocket() {
  const done: string[] = [];
  const socket = Object.assign(new EventEmitter(), {
    ...{ readyState: 1, OPEN: 1, bufferedAmount: 0 },
    send: (text: string) => {
      socket.bufferedAmount += text.length;
    },
    close: () => void done.push('closed'),
    terminate: () => void done.push('terminated'),
  });
  return { socket, done, asSocket: socket as unknown as WebSocket };
}

test('[LIVE3] [I12] a stranger who never reads is not waited for to hear why they may not listen', () => {
  const { socket, done, asSocket } = createStuckSocket();
  talk({ core: shop.core, hub: {} as Hub, takePush: async () => undefined }, asSocket, () => undefined);
  socket.emit('message', Buffer.from('no JSON'));
  expect(done).toEqual(['closed']);
});

test('[LIVE3] [I12] a device that asks and asks and never reads is cut off at a bound', () => {
  const { socket, done, asSocket } = createStuckSocket();
  const live = createLiveSocket(asSocket, till.stored, shop.deps.now);
  for (let turn = 0; turn < BUFFERED_BYTES_MAX && done.length === 0; turn += 1)
    live.send({ type: 'pong', serverTime: 1 });
  expect(done).toEqual(['terminated']);
  expect(socket.bufferedAmount).toBeLessThan(3 * BUFFERED_BYTES_MAX);
});

test('[LIVE12] a device has a few live sockets at most; with one more its oldest ends', async () => {
  const sockets: TestSocket[] = [];
  for (let n = 0; n <= SOCKETS_PER_DEVICE_MAX; n += 1) {
    const socket = await server.live(till.credential);
    await socket.next('hello');
    sockets.push(socket);
  }
  await until('the oldest ended', () => sockets[0]?.socket.readyState === WEBSOCKET_CLOSED);
  expect(sockets.slice(1).map(({ socket }) => socket.readyState)).toEqual(Array(SOCKETS_PER_DEVICE_MAX).fill(1));
  for (const socket of sockets) socket.close();
});

const WEBSOCKET_CLOSED = 3;
