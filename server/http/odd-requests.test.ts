import { connect } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { errorAnswerShape } from '../../schema/protocol/error.ts';
import { startTestServer, type TestServer } from '../testing/test-http.ts';
import { openTestShop, type TestShop } from '../testing/test-shop.ts';

let shop: TestShop;
let server: TestServer;

beforeEach(async () => {
  shop = await openTestShop();
  server = await startTestServer(shop);
});
afterEach(async () => {
  await server.close();
  await shop.close();
});

/** What the server says to these very bytes: status, and the JSON of its body. */
function say(text: string): Promise<{ readonly status: number; readonly json: unknown }> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(server.origin).port), '127.0.0.1');
    let heard = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      heard += chunk;
    });
    socket.on('close', () => {
      const body = heard.slice(heard.indexOf('\r\n\r\n') + 4);
      resolve({ status: Number(heard.split(' ')[1]), json: body.startsWith('{') ? JSON.parse(body) : body });
    });
    socket.write(text);
  });
}
const codeOf = ({ json }: { readonly json: unknown }) => errorAnswerShape.parse(json).error.code;
const get = (...headers: string[]) =>
  ['GET /health HTTP/1.1', 'host: x', 'connection: close', ...headers, '', ''].join('\r\n');

test('[HTTP7] a client that offers another protocol is answered in the one that it speaks', async () => {
  const offer = ['connection: close, upgrade, http2-settings', 'upgrade: h2c', 'http2-settings: AAMAAABkAAQAAP__'];
  const text = ['GET /health HTTP/1.1', 'host: x', ...offer, '', ''].join('\r\n');
  expect(await say(text)).toMatchObject({ status: 200, json: { ok: true } });
});

test('[HTTP1] what is no HTTP, and headers without end, are told so in JSON', async () => {
  const [garbage, large] = [await say('what is this\r\n\r\n'), await say(get(`x: ${'a'.repeat(40_000)}`))];
  expect([garbage.status, codeOf(garbage)]).toEqual([400, 'bad-request']);
  expect([large.status, codeOf(large)]).toEqual([431, 'too-large']);
});

test('[HTTP1] a request that expects what nobody knows is answered as if it did not', async () => {
  expect(await say(get('expect: 200-maybe'))).toMatchObject({ status: 200, json: { ok: true } });
});
