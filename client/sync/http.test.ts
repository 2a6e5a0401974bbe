import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { journalPushAnswerShape } from '../../schema/protocol/push.ts';
import type { DeviceDeps } from '../device/device-deps.ts';
import { createNodeDeps } from '../device/node-device.ts';
import { createHttp } from './http.ts';
import { createManualTimers } from './manual-timers.ts';

let server: Server | null = null;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** Asks a real server that answers everything in one way. */
async function askOne(answer: RequestListener, timeoutMs = 5_000) {
  server = createServer(answer);
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const http = createHttp(createNodeDeps('x', origin), () => ({ origin, credential: 'secret', timeoutMs }));
  return http.request('POST', '/sync/v1/journal/push', { entries: [] }, journalPushAnswerShape);
}

const genuine = { epoch: { n: 1, id: '0'.repeat(16) }, head: { seq: 0, hash: '0'.repeat(64) }, verdicts: [] };

test('[SYNC4] an answer with its shape is believed; the request carries credential and version', async () => {
  let heard: unknown;
  const answer = await askOne((request, response) => {
    heard = [request.method, request.headers.authorization, request.headers['x-laci-protocol']];
    response.setHeader('content-type', 'application/json').end(JSON.stringify(genuine));
  });
  expect(answer).toEqual({ ok: true, value: genuine });
  expect(heard).toEqual(['POST', 'Bearer secret', '5']);
});

const strangers: [string, RequestListener][] = [
  ['200 with a login page', (_request, response) => response.end('<html>Welcome to the hotel</html>')],
  ['200 with an empty body', (_request, response) => response.end()],
  ['200 with []', (_request, response) => response.end('[]')],
  ['200 with {}', (_request, response) => response.end('{}')],
  ['200 with JSON cut off', (_request, response) => response.end(JSON.stringify(genuine).slice(0, -9))],
  ['502 with []', (_request, response) => response.writeHead(502).end('[]')],
  ['502 with a page', (_request, response) => response.writeHead(502).end('<html>Bad gateway</html>')],
  [
    'a redirect to a login',
    (_request, response) => response.writeHead(302, { location: 'http://127.0.0.1:9/login' }).end(),
  ],
  ['204', (_request, response) => response.writeHead(204).end()],
];
test.each(strangers)('[SYNC4] %s is not the server', async (_name, answer) => {
  expect(await askOne(answer)).toMatchObject({ ok: false, error: { kind: 'not-the-server' } });
});

test('[SYNC4] the server’s own error has a code, and says when to come back', async () => {
  const answer = await askOne((_request, response) =>
    response
      .writeHead(429, { 'retry-after': '7' })
      .end(JSON.stringify({ error: { code: 'too-many', message: 'Slowly' } })),
  );
  expect(answer).toEqual({
    ok: false,
    error: { kind: 'refused', code: 'too-many', text: 'Slowly', retryAfterMs: 7_000 },
  });
});

test('[SYNC8] a server that says nothing is offline after the time limit', async () => {
  expect(await askOne(() => undefined, 100)).toMatchObject({ ok: false, error: { kind: 'offline' } });
});

test('[SYNC8] a cut connection is offline', async () => {
  const answer = await askOne((request) => request.socket.destroy());
  expect(answer).toMatchObject({ ok: false, error: { kind: 'offline' } });
});

test('[SYNC8] a slow line is waited for as long as it brings something', async () => {
  const text = JSON.stringify(genuine);
  const answer = await askOne((_request, response) => {
    const parts = [...(text.match(/.{1,20}/g) ?? [])];
    const drip = () => {
      response.write(parts.shift() ?? '');
      if (parts.length === 0) response.end();
      else setTimeout(drip, 60);
    };
    drip();
  }, 300);
  expect(answer).toEqual({ ok: true, value: genuine });
});

test('[SYNC8] [F3] a long body is given the time that a slow line takes to carry it', async () => {
  const timers = createManualTimers();
  const asked: AbortSignal[] = [];
  const fetch: DeviceDeps['fetch'] = (_url, init) => {
    const signal = init?.signal as AbortSignal;
    asked.push(signal);
    return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  };
  const http = createHttp({ fetch, timers }, () => ({ origin: '', credential: null, timeoutMs: 5_000 }));
  const answer = http.request('POST', '/', { entries: ['x'.repeat(180_000)] }, journalPushAnswerShape);
  timers.pass(150_000);
  expect(asked[0]?.aborted).toBe(false);
  timers.pass(50_000);
  expect(await answer).toMatchObject({ ok: false, error: { kind: 'offline' } });
});

test.each([
  ['its own origin', true, '/sync/v1/journal/push', 'x'.repeat(2_000), 'gzip'],
  ['another origin, which may be an older server', false, '/sync/v1/journal/push', 'x'.repeat(2_000), undefined],
  ['a small body', true, '/sync/v1/journal/push', 'x', undefined],
  ['a path that strangers may ask', true, '/enrol/v1/readmit', 'x'.repeat(2_000), undefined],
])('[SYNC23] a body travels compressed where it helps: %s', async (_what, mayCompress, path, text, encoding) => {
  let heard: unknown;
  server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const bytes = Buffer.concat(pieces);
    const sent = request.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes;
    heard = [request.headers['content-encoding'], JSON.parse(sent.toString())];
    response.end(JSON.stringify(genuine));
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const target = () => ({ origin, credential: 'secret', timeoutMs: 5_000, mayCompress });
  const http = createHttp(createNodeDeps('x', origin), target);
  expect(await http.request('POST', path, { text }, journalPushAnswerShape)).toMatchObject({ ok: true });
  expect(heard).toEqual([encoding, { text }]);
});

const spoilers: [string, RequestListener][] = [
  ['a firewall takes no packed body', (_request, response) => response.writeHead(415).end('<html>Unsupported</html>')],
  [
    'something on the way unpacks a body and still calls it packed',
    (_request, response) => response.writeHead(400).end('{"error":{"code":"bad-request","message":"?"}}'),
  ],
];
test.each(spoilers)('[SYNC32] where %s it is sent as it is, and so are all that follow', async (_what, refuse) => {
  const seen: (string | undefined)[] = [];
  server = createServer((request, response) => {
    seen.push(request.headers['content-encoding']);
    if (request.headers['content-encoding'] === 'gzip') return refuse(request, response);
    response.end(JSON.stringify(genuine));
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const target = { origin, credential: null, timeoutMs: 5_000, mayCompress: true };
  const http = createHttp(createNodeDeps('x', origin), () => target);
  const push = () => http.request('POST', '/sync/v1/journal/push', { text: 'x'.repeat(2_000) }, journalPushAnswerShape);
  expect([(await push()).ok, (await push()).ok]).toEqual([true, true]);
  expect(seen).toEqual(['gzip', undefined, undefined]);
});

test('[SYNC23] a platform that fails to compress sends the body as it is', async () => {
  const bodies: unknown[] = [];
  const world = {
    timers: createManualTimers(),
    fetch: async (_url: string, init: RequestInit) => {
      bodies.push(init.body);
      return new Response(JSON.stringify(genuine));
    },
    gzip: () => Promise.reject(new Error('no memory')),
  };
  const http = createHttp(world, () => ({ origin: 'http://x', credential: null, timeoutMs: 1, mayCompress: true }));
  const body = { text: 'x'.repeat(2_000) };
  expect(await http.request('POST', '/sync/v1/journal/push', body, journalPushAnswerShape)).toMatchObject({ ok: true });
  expect(bodies).toEqual([JSON.stringify(body)]);
});

/** Somebody in between who says something again and again, and never comes to an end. */
function askEndless(piece: string) {
  const timers = createManualTimers();
  let cancelled = false;
  const fetch = async (_url: string, { signal }: RequestInit) => {
    const body = new ReadableStream<Uint8Array>({
      pull: async (stream) => {
        await Promise.resolve();
        if (signal?.aborted) stream.error(signal.reason);
        else stream.enqueue(new TextEncoder().encode(piece));
        timers.pass(10_000);
      },
      cancel: () => {
        cancelled = true;
      },
    });
    return new Response(body);
  };
  const deps = { fetch, timers } as unknown as DeviceDeps;
  const http = createHttp(deps, () => ({ origin: 'http://x', credential: null, timeoutMs: 20_000 }));
  const answer = http.request('GET', '/sync/v1/products/pull', undefined, journalPushAnswerShape);
  return { answer, timers, cancelled: () => cancelled };
}

test('[SYNC8] [F4] an answer that comes drop by drop and never ends is given up', async () => {
  const { answer, timers } = askEndless(' ');
  expect(await answer).toMatchObject({ ok: false, error: { kind: 'offline' } });
  expect(timers.waiting()).toBe(0);
});

test('[SYNC4] [F4] an endless page is not read into memory: it is not the server', async () => {
  const { answer, cancelled, timers } = askEndless('x'.repeat(1024 * 1024));
  expect(await answer).toMatchObject({ ok: false, error: { kind: 'not-the-server' } });
  expect([cancelled(), timers.waiting()]).toEqual([true, 0]);
});
