import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ENROL_TRIES_MAX } from '../../schema/limits.ts';
import { enrolAnswerShape } from '../../schema/protocol/enrol.ts';
import { ERROR_TEXTS, errorAnswerShape } from '../../schema/protocol/error.ts';
import { pullAnswerShape } from '../../schema/protocol/pull.ts';
import { journalPushAnswerShape } from '../../schema/protocol/push.ts';
import { statusAnswerShape } from '../../schema/protocol/status.ts';
import { startServer } from '../start-server.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import { createTestJournal } from '../testing/test-device.ts';
import { startTestServer, type TestAnswer, type TestServer } from '../testing/test-http.ts';
import { makePublicKey, openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';

let shop: TestShop;
let server: TestServer;
let till: TestEnrolment;
let credential: string;

beforeEach(async () => {
  shop = await openTestShop();
  server = await startTestServer(shop, join(shop.dataDir, 'app'));
  till = await shop.enrol();
  credential = till.credential;
});
afterEach(async () => {
  await server.close();
  await shop.close();
});

const PUSH = '/sync/v1/journal/push';
const codeOf = (answer: TestAnswer) => errorAnswerShape.parse(answer.json).error.code;
/** The server is alive, and takes what is right. */
const expectAlive = async () => {
  const entry = createTestJournal(await shop.enrol('till', 'K5')).head;
  expect(entry.seq).toBe(0);
  expect((await server.ask('/health')).status).toBe(200);
};

describe('the way of an entry', () => {
  test('[PUSH1] push, pull and status answer in their shapes', async () => {
    const product = await shop.addProduct('coffee');
    const entries = [createTestJournal(till).receive(product, 3)];
    const pushed = await server.ask(PUSH, { credential, body: { entries } });
    expect(journalPushAnswerShape.parse(pushed.json).verdicts[0]?.verdict).toBe('accepted');
    for (const name of ['company', 'products', 'stock', 'branchJournal']) {
      const pulled = await server.ask(`/sync/v1/${name}/pull?limit=2`, { credential });
      expect(pullAnswerShape.parse(pulled.json).epoch).toEqual(shop.core.epoch);
    }
    const status = await server.ask('/sync/v1/status', { credential, body: { checkpoints: {} } });
    expect(statusAnswerShape.parse(status.json).collections.products).toEqual({ total: 1, lag: 1 });
  });

  test('[PULL1] a checkpoint travels through the URL', async () => {
    await shop.addProduct('coffee');
    const first = pullAnswerShape.parse((await server.ask('/sync/v1/products/pull', { credential })).json);
    const checkpoint = encodeURIComponent(JSON.stringify(first.checkpoint));
    const second = await server.ask(`/sync/v1/products/pull?checkpoint=${checkpoint}`, { credential });
    expect([first.documents.length, pullAnswerShape.parse(second.json).documents.length]).toEqual([1, 0]);
  });

  test('[PUSH1] a compressed push is read, and long pulls are compressed', async () => {
    const product = await shop.addProduct('coffee');
    const entries = [createTestJournal(till).receive(product, 3)];
    const body = gzipSync(JSON.stringify({ entries }));
    const pushed = await server.ask(PUSH, { credential, body, headers: { 'content-encoding': 'gzip' } });
    expect(pushed.status).toBe(200);
    for (let n = 0; n < 20; n += 1) await shop.addProduct(`long-${n}`);
    const pulled = await server.ask('/sync/v1/products/pull', { credential, headers: { 'accept-encoding': 'br' } });
    expect(pulled.headers.get('content-encoding')).toBe('br');
  });
});

describe('who may', () => {
  test('[ROLE2] without a credential, or with a wrong one, nothing is answered', async () => {
    for (const wrong of [undefined, '', 'x', `${credential}x`, 'a'.repeat(5000)]) {
      const request = wrong === undefined ? {} : { credential: wrong };
      expect(codeOf(await server.ask('/sync/v1/products/pull', request))).toBe('not-enrolled');
      expect(codeOf(await server.ask(PUSH, { ...request, body: { entries: [1] } }))).toBe('not-enrolled');
    }
  });

  test('[I8] collections that the server writes have no push', async () => {
    for (const name of ['company', 'products', 'stock', 'branchJournal']) {
      const answer = await server.ask(`/sync/v1/${name}/push`, { credential, body: { entries: [1] } });
      expect([answer.status, codeOf(answer)]).toEqual([405, 'method-not-allowed']);
    }
  });

  test('[ROLE2] a till enrols nobody and edits nothing', async () => {
    const asked = await server.ask('/api/v1/enrolment-codes', { credential, body: { role: 'till', till: 'K3' } });
    expect([asked.status, codeOf(asked)]).toEqual([403, 'not-allowed']);
    const edits = [{ editId: 'edit-0001', collection: 'products', docId: 'x', baseRevision: null }];
    const edited = await server.ask('/sync/v1/edits/push', { credential, body: { edits } });
    expect(edited.json).toMatchObject({ verdicts: [{ verdict: 'refused' }] });
  });

  test.each(['1', '2', '3', '4', '5'])('[PRO4] protocol version %s is served', async (version) => {
    const headers = { 'x-laci-protocol': version };
    const pulled = await server.ask('/sync/v1/company/pull', { credential, headers });
    expect(pullAnswerShape.parse(pulled.json).documents.length).toBeGreaterThan(0);
  });

  test('[PRO4] an unknown protocol version is told so', async () => {
    for (const version of ['6', '0', 'x', '1.5']) {
      const answer = await server.ask('/sync/v1/products/pull', {
        credential,
        headers: { 'x-laci-protocol': version },
      });
      expect(codeOf(answer)).toBe('protocol-unknown');
    }
  });
});

describe('enrolment', () => {
  test('[ENR2] a manager makes a code, a device uses it once, and each fault has its own word', async () => {
    const manager = await shop.enrol('manager', 'M1');
    const asked = await server.ask('/api/v1/enrolment-codes', {
      credential: manager.credential,
      body: { role: 'till', till: 'K3' },
    });
    expect(asked.status).toBe(201);
    const { code } = asked.json as { code: string };
    const enrol = (typed: unknown) => server.ask('/enrol/v1', { body: { code: typed, publicKey: makePublicKey() } });
    expect(enrolAnswerShape.parse((await enrol(code)).json).device).toMatchObject({ till: 'K3', role: 'till' });
    expect(codeOf(await enrol(code))).toBe('code-used');
    expect(codeOf(await enrol('00000000'))).toBe('code-wrong');
    expect(codeOf(await enrol(5))).toBe('bad-request');
    const taken = { role: 'till', till: 'M1' };
    const answer = await server.ask('/api/v1/enrolment-codes', { credential: manager.credential, body: taken });
    expect([answer.status, codeOf(answer)]).toEqual([409, 'till-taken']);
  });

  test('[ENR5] a public key that is none is not taken', async () => {
    const bad = [{}, null, { kty: 'EC', crv: 'P-256', x: 'a', y: 'b' }, { ...makePublicKey(), crv: 'P-521' }];
    for (const publicKey of bad) {
      expect(codeOf(await server.ask('/enrol/v1', { body: { code: '00000000', publicKey } }))).toBe('bad-request');
    }
  });

  test('[ENR2] guessing is slowed down, and forgiven with time', async () => {
    const guess = () => server.ask('/enrol/v1', { body: { code: '00000000', publicKey: makePublicKey() } });
    for (let n = 0; n < ENROL_TRIES_MAX; n += 1) expect(codeOf(await guess())).toBe('code-wrong');
    const slowed = await guess();
    expect([slowed.status, codeOf(slowed)]).toEqual([429, 'too-many']);
    const wait = Number(slowed.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(0);
    shop.deps.passTime(wait * 1000);
    expect(codeOf(await guess())).toBe('code-wrong');
  });
});

describe('bad input', () => {
  test.each([
    ['nothing', ''],
    ['cut JSON', '{"entries":[{"id":'],
    ['HTML', '<html></html>'],
    ['an empty object', '{}'],
    ['a list', '[null]'],
    ['a word', '"entries"'],
    ['null', 'null'],
    ['no rows', '{"entries":[]}'],
    ['rows that are none', '{"entries":{"length":3}}'],
    ['a prototype', '{"__proto__":{"entries":[1]}}'],
    ['brackets', '['.repeat(100_000)],
  ])('[HTTP1] %s is a bad request, and the server goes on', async (_what, body) => {
    for (const path of [PUSH, '/sync/v1/edits/push', '/sync/v1/status', '/enrol/v1']) {
      const answer = await server.ask(path, { credential, body });
      expect([answer.status, codeOf(answer)]).toEqual([400, 'bad-request']);
    }
    await expectAlive();
  });

  test('[HTTP1] rows that are no rows are refused one by one', async () => {
    const answer = await server.ask(PUSH, { credential, body: { entries: [null, 1, {}, []] } });
    const { verdicts } = journalPushAnswerShape.parse(answer.json);
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(Array(4).fill('refused'));
  });

  test('[HTTP2] more than 200 rows, more than 1 MiB, or more than 4 MiB uncompressed is too large', async () => {
    const rows = await server.ask(PUSH, { credential, body: { entries: Array(201).fill(1) } });
    const bytes = await server.ask(PUSH, { credential, body: { entries: ['x'.repeat(1024 * 1024)] } });
    const bomb = gzipSync(JSON.stringify({ entries: ['x'.repeat(5 * 1024 * 1024)] }));
    const inflated = await server.ask(PUSH, { credential, body: bomb, headers: { 'content-encoding': 'gzip' } });
    const noise = gzipSync(
      JSON.stringify({ entries: [shop.deps.randomBytes(1_200_000)].map((b) => Buffer.from(b).toString('base64')) }),
    );
    const wire = await server.ask(PUSH, { credential, body: noise, headers: { 'content-encoding': 'gzip' } });
    for (const answer of [rows, bytes, inflated, wire])
      expect([answer.status, codeOf(answer)]).toEqual([413, 'too-large']);
    await expectAlive();
  });

  test('[HTTP2] the body of a stranger is not read before its credential, and small and plain where there is none yet', async () => {
    for (const path of [PUSH, '/sync/v1/edits/push', '/sync/v1/status', '/api/v1/enrolment-codes'])
      expect((await server.ask(path, { credential: 'nobody', body: '{[' })).status).toBe(401);
    const brackets = gzipSync('['.repeat(1_000_000));
    const packed = await server.ask('/enrol/v1', { body: brackets, headers: { 'content-encoding': 'gzip' } });
    const long = await server.ask('/enrol/v1', { body: { code: 'x'.repeat(200_000) } });
    expect([packed, long].map(({ status }) => status)).toEqual([400, 413]);
    await expectAlive();
  });

  test.each(['abc', '-1', '0', '1e99', '5000000', '%00', ''])(
    '[PULL2] a limit of %s is answered all the same',
    async (limit) => {
      await shop.addProduct('coffee');
      const answer = await server.ask(`/sync/v1/products/pull?limit=${limit}&checkpoint={bad`, { credential });
      expect(pullAnswerShape.parse(answer.json).documents).toHaveLength(1);
    },
  );

  test('[HTTP3] unknown addresses are not found, malformed ones bad, wrong methods not allowed', async () => {
    for (const path of [
      '/sync/v1/people/pull',
      '/sync/v1/journal/pull',
      '/sync/v1',
      '/sync/v2/x',
      '/api',
      '/enrol',
      '/rxdb/x',
      '//sync/v1/products/pull',
      '//health',
    ])
      expect(codeOf(await server.ask(path, { credential, headers: { accept: 'text/html' } }))).toBe('not-found');
    for (const path of ['/sync/v1/%E0%A4%A/pull', '/%E0%A4%A'])
      expect(codeOf(await server.ask(path, { credential }))).toBe('bad-request');
    for (const path of [PUSH, '/sync/v1/status', '/enrol/v1', '/api/v1/enrolment-codes'])
      expect(codeOf(await server.ask(path, { method: 'DELETE', credential }))).toBe('method-not-allowed');
    expect(codeOf(await server.ask('/sync/v1/products/pull', { method: 'PUT', credential }))).toBe(
      'method-not-allowed',
    );
  });

  test('[HTTP1] the sentence is in the language asked for, English else', async () => {
    const sentence = async (language: string) => {
      const answer = await server.ask('/sync/v1/products/pull', { headers: { 'accept-language': language } });
      return errorAnswerShape.parse(answer.json).error.message;
    };
    expect(await sentence('id-ID,id;q=0.9,en;q=0.8')).toBe(ERROR_TEXTS['not-enrolled'].id);
    for (const other of ['fr', '*', '', ';;;']) expect(await sentence(other)).toBe(ERROR_TEXTS['not-enrolled'].en);
  });

  test('[STORE12] a full disk acknowledges nothing and says so; reading goes on', async () => {
    const product = await shop.addProduct('coffee');
    const store = openSqliteStore(join(shop.dataDir, 'laci.db'), { ...shop.deps, pagesMax: 1 });
    const full = await startServer({ ...shop.core, store }, { host: '127.0.0.1', port: 0, appDir: shop.dataDir });
    const journal = createTestJournal(till);
    const entries = Array.from({ length: 100 }, () => journal.receive(product, 1));
    const askFull = (path: string, body?: unknown) =>
      fetch(`http://127.0.0.1:${full.port}${path}`, {
        method: body ? 'POST' : 'GET',
        headers: { authorization: `Bearer ${credential}`, 'content-type': 'application/json' },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
    const answer = await askFull(PUSH, { entries });
    expect([answer.status, await answer.json()]).toMatchObject([507, { error: { code: 'store-failed' } }]);
    expect((await askFull('/sync/v1/products/pull')).status).toBe(200);
    await full.close();
    await store.close();
    const again = await server.ask(PUSH, { credential, body: { entries } });
    expect(journalPushAnswerShape.parse(again.json).head.seq).toBe(100);
  });

  test('[HTTP1] when the server itself fails, no stack is shown', async () => {
    await shop.core.store.close();
    const answer = await server.ask(PUSH, { credential, body: { entries: [1] } });
    expect([answer.status, codeOf(answer)]).toEqual([500, 'internal']);
    expect(answer.text).not.toMatch(/\bat |node_modules|\.ts/);
  });
});

describe('the app', () => {
  test('[HTTP4] pages are asked for each time, hashed files are kept, missing files are no pages', async () => {
    const app = join(shop.dataDir, 'app');
    mkdirSync(join(app, 'assets'), { recursive: true });
    for (const [name, text] of [
      ['index.html', '<p>Laci'],
      ['sw.js', '1'],
      ['assets/a-1a2b.js', '2'],
    ] as const)
      writeFileSync(join(app, name), text);
    const html = { headers: { accept: 'text/html' } };
    const cachingOf = async (path: string) => (await server.ask(path, html)).headers.get('cache-control');
    expect((await server.ask('/?till=K1', html)).text).toBe('<p>Laci');
    expect((await server.ask('/office/stock', html)).text).toBe('<p>Laci');
    expect(await Promise.all(['/', '/sw.js'].map(cachingOf))).toEqual(['no-cache', 'no-cache']);
    expect(await cachingOf('/assets/a-1a2b.js')).toContain('immutable');
    expect(codeOf(await server.ask('/assets/gone.js', html))).toBe('not-found');
    for (const path of ['/../laci.db', '/..%2flaci.db', '/%2e%2e/server-secret', '/assets/..%5c..%5claci.db']) {
      expect((await server.ask(path, html)).text).not.toContain('SQLite format');
    }
  });

  test('[HTTP4] an app that is not built says so', async () => {
    const answer = await server.ask('/', { headers: { accept: 'text/html' } });
    expect([answer.status, answer.text]).toEqual([503, expect.stringContaining('npm start')]);
  });

  test('[HTTP5] the app may run only what its server serves, and is not forced to HTTPS', async () => {
    const { headers } = await server.ask('/');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval'");
    expect(policy).not.toContain('upgrade-insecure-requests');
    for (const name of ['strict-transport-security', 'access-control-allow-origin', 'x-powered-by'])
      expect(headers.get(name)).toBeNull();
  });

  test('[HTTP6] an app loaded from another origin may speak to the server, and gains no right by it', async () => {
    const origin = { origin: 'https://elsewhere.example' };
    const question = await server.ask('/sync/v1/journal/push', {
      method: 'OPTIONS',
      headers: { ...origin, 'access-control-request-method': 'POST' },
    });
    expect([question.status, question.headers.get('access-control-allow-origin')]).toEqual([204, '*']);
    for (const said of ['authorization', 'x-laci-protocol', 'content-encoding', 'if-none-match'])
      expect(question.headers.get('access-control-allow-headers')).toContain(said);
    const pull = await server.ask('/sync/v1/products/pull', { headers: origin });
    expect(pull.headers.get('access-control-expose-headers')).toBe('retry-after, etag');
    expect([codeOf(pull), pull.headers.get('access-control-allow-origin')]).toEqual(['not-enrolled', '*']);
    expect(pull.headers.get('access-control-allow-credentials')).toBeNull();
  });
});

test('[HTTP1] a port that is taken is an error with a code', async () => {
  const options = { host: '127.0.0.1', port: server.server.port, appDir: shop.dataDir };
  await expect(startServer(shop.core, options)).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
