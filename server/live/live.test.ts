import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import type { ProductId } from '../../schema/ids.ts';
import type { LiveChange, LiveServerMessage } from '../../schema/protocol/live.ts';
import { pull } from '../core/pull.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import { until } from '../testing/test-deps.ts';
import { createTestJournal, type TestJournal } from '../testing/test-device.ts';
import { startTestServer, type TestServer, type TestSocket } from '../testing/test-http.ts';
import { pushRows } from '../testing/test-push.ts';
import { OTHER_BRANCH, openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';

let shop: TestShop;
let server: TestServer;
let till: TestEnrolment;
let journal: TestJournal;
let coffee: ProductId;

beforeEach(async () => {
  shop = await openTestShop();
  server = await startTestServer(shop);
  till = await shop.enrol();
  journal = createTestJournal(till);
  coffee = await shop.addProduct('coffee');
});
afterEach(async () => {
  await server.close();
  await shop.close();
});

type Changes = Extract<LiveServerMessage, { type: 'changes' }>;
const push = (...rows: unknown[]) => pushRows(shop.core, till, rows);
const changesOf = (socket: TestSocket, scope: string) =>
  socket.messages.filter((message): message is Changes => message.type === 'changes' && message.scope === scope);
const allChanges = (socket: TestSocket, scope = 'utama') => changesOf(socket, scope).flatMap(({ changes }) => changes);
const find = (socket: TestSocket, what: (change: LiveChange) => boolean) =>
  until('the change', () => allChanges(socket).find(what));

describe('the greeting', () => {
  test('[LIVE6] hello says where each scope stands, and each message goes on from the one before', async () => {
    const other = await shop.enrol('manager', 'M1');
    const socket = await server.live(other.credential);
    const hello = await socket.next('hello');
    expect(hello.live).toEqual([other.device.deviceId]);
    for (let n = 0; n < 20; n += 1) await push(journal.receive(coffee, 1));
    await find(socket, ({ collection, seq }) => collection === 'branchJournal' && seq > 38);
    for (const scope of ['*', 'utama'] as const) {
      let at = hello.positions[scope as keyof typeof hello.positions] ?? -1;
      for (const { from, to } of changesOf(socket, scope)) {
        expect(from).toBe(at);
        at = to.seq;
      }
    }
    socket.close();
  });

  test('[LIVE6] whoever joins while others write misses nothing between hello and changes', async () => {
    const other = await shop.enrol('manager', 'M1');
    let done = false;
    const writing = (async () => {
      for (let n = 0; n < 60; n += 1) await push(journal.receive(coffee, 1));
      done = true;
    })();
    const sockets: TestSocket[] = [];
    while (!done) {
      const socket = await server.live(other.credential);
      await socket.next('hello');
      sockets.push(socket);
    }
    await writing;
    const last = journal.head.seq;
    for (const socket of sockets) {
      const hello = await socket.next('hello');
      const start = hello.positions['utama' as keyof typeof hello.positions] ?? 0;
      const behind = await shop.core.store.read((tx) =>
        tx.journalAfter({ scope: 'utama' as never, after: start, limit: 1000 }, 'nobody' as never),
      );
      if (behind.length > 0) await find(socket, (change) => 'document' in change && change.document.seq === last);
      // What waited when it came, its pull brings as well.
      const live = allChanges(socket).filter(({ collection, seq }) => collection === 'branchJournal' && seq > start);
      expect(live.map(({ seq }) => seq)).toEqual(behind.map(({ seq }) => seq));
      socket.close();
    }
  });

  test('[LIVE1] who does not authenticate first, or wrongly, is closed with a code', async () => {
    const say = async (...texts: string[]) => {
      const socket = new WebSocket(`${server.origin.replace('http', 'ws')}/sync/v1/live?credential=${till.credential}`);
      const said: unknown[] = [];
      socket.on('message', (data) => said.push(JSON.parse(String(data))));
      await new Promise((resolve) => socket.once('open', resolve));
      for (const text of texts) socket.send(text);
      await new Promise((resolve) => socket.once('close', resolve));
      return said[0];
    };
    const auth = { type: 'auth', protocol: 1, credential: 'wrong' };
    expect(await say(JSON.stringify(auth))).toEqual({ type: 'error', code: 'not-enrolled' });
    expect(await say('{"type":"ping","waiting":0}')).toEqual({ type: 'error', code: 'not-enrolled' });
    expect(await say(JSON.stringify({ ...auth, protocol: 99 }))).toEqual({ type: 'error', code: 'protocol-unknown' });
    for (const bad of ['', '{', '[]', 'null', '['.repeat(5000)]) {
      expect(await say(bad)).toEqual({ type: 'error', code: 'bad-request' });
    }
    expect(await say('x'.repeat(100_000))).toBeUndefined();
    expect((await server.ask('/health')).status).toBe(200);
  });

  test('[HTTP3] another address takes no socket', async () => {
    for (const path of ['/', '/sync/v1/lives', '/sync/v1/products/pull']) {
      const socket = new WebSocket(`${server.origin.replace('http', 'ws')}${path}`);
      const error = await new Promise((resolve) => socket.once('error', resolve));
      expect(String(error)).toContain('404');
    }
  });
});

describe('changes', () => {
  test('[LIVE7] everybody in scope gets the same text; a counter that moved alone travels alone', async () => {
    await push(journal.receive(coffee, 10));
    const other = await shop.enrol('manager', 'M1');
    const sockets = [await server.live(till.credential), await server.live(other.credential)] as const;
    for (const socket of sockets) await socket.next('hello');
    await push(journal.sell(coffee, 3));
    const delta = await find(sockets[0], (change) => 'delta' in change);
    expect(delta).toMatchObject({
      delta: { productId: coffee, epoch: 1, n: 1, deviceId: till.device.deviceId, counter: { in: 10, out: 3, seq: 2 } },
    });
    await find(sockets[1], (change) => 'delta' in change);
    const texts = sockets.map((socket) => JSON.stringify(changesOf(socket, 'utama').at(-1)));
    expect(texts[0]).toBe(texts[1]);
    for (const socket of sockets) socket.close();
  });

  test('[LIVE16] who sold hears the counters, and not what it wrote itself', async () => {
    const other = await shop.enrol('till', 'K2');
    const [own, theirs] = [await server.live(till.credential), await server.live(other.credential)];
    for (const socket of [own, theirs]) await socket.next('hello');
    await push(journal.sell(coffee, 3));
    await find(theirs, ({ collection }) => collection === 'branchJournal');
    await pushRows(shop.core, other, [createTestJournal(other).receive(coffee, 7)]);
    await find(own, ({ collection }) => collection === 'branchJournal');
    const entries = allChanges(own).filter(({ collection }) => collection === 'branchJournal');
    expect(entries).toMatchObject([{ document: { deviceId: other.device.deviceId } }]);
    expect(allChanges(own).some(({ collection }) => collection === 'stock')).toBe(true);
    for (const socket of [own, theirs]) socket.close();
  });

  test('[LIVE7] two commits that the tail reads at once make no half a document', async () => {
    const other = await shop.enrol('till', 'K2');
    await push(journal.receive(coffee, 10));
    const socket = await server.live(till.credential);
    await socket.next('hello');
    const afar = { ...shop.core, store: openSqliteStore(join(shop.dataDir, 'laci.db'), shop.deps) };
    // One long read keeps the tail waiting until both commits of another process are there.
    const theirs = createTestJournal(other);
    await shop.core.store.read(async () => {
      await pushRows(afar, till, [journal.sell(coffee, 3)]);
      await pushRows(afar, other, [theirs.receive(coffee, 7)]);
    });
    const change = await find(socket, ({ collection }) => collection === 'stock');
    const counters = {
      [till.device.deviceId]: { in: 10, out: 3, seq: 2 },
      [other.device.deviceId]: { in: 7, out: 0, seq: 1 },
    };
    expect(change).toMatchObject({ document: { counters } });
    socket.close();
    await afar.store.close();
  });

  test('[LIVE7] a product’s first stock travels whole', async () => {
    const socket = await server.live(till.credential);
    await socket.next('hello');
    await push(journal.receive(coffee, 10));
    const change = await find(socket, ({ collection }) => collection === 'stock');
    expect(change).toMatchObject({ document: { productId: coffee, counters: {} } });
    socket.close();
  });

  test('[LIVE6] a message’s end is a position that a pull goes on from', async () => {
    const socket = await server.live(till.credential);
    await socket.next('hello');
    await shop.addProduct('tea');
    const last = await until('tea', () =>
      changesOf(socket, '*').find(({ changes }) => changes[0]?.collection === 'products'),
    );
    const request = { collection: 'products', checkpoint: undefined, limit: 10 } as const;
    const { checkpoint } = await pull(shop.core, till.stored, request);
    const scopes = { ...checkpoint.scopes, '*': { ...last.to, grant: 'home' } };
    expect(await pull(shop.core, till.stored, { ...request, checkpoint: { ...checkpoint, scopes } })).toMatchObject({
      documents: [],
    });
    socket.close();
  });

  test('[LIVE7] more than one message holds becomes a call to pull', async () => {
    const socket = await server.live(till.credential);
    await socket.next('hello');
    const lines = Array.from({ length: 300 }, (_, n) => ({ productId: `p${n}` as ProductId, quantity: 1 as never }));
    await push(
      journal.write('receive', { reference: '', lines }),
      journal.write('receive', {
        reference: '',
        lines: lines.map((line) => ({ ...line, productId: `q${line.productId}` as ProductId })),
      }),
    );
    await socket.next('resync');
    await push(journal.receive(coffee, 1));
    const after = await find(socket, (change) => 'document' in change && change.document.id === `utama:${coffee}`);
    expect(after.collection).toBe('stock');
    socket.close();
  });

  test('[LIVE6] what another process wrote into the same store is found without a call', async () => {
    const socket = await server.live(till.credential);
    await socket.next('hello');
    const other = openSqliteStore(join(shop.dataDir, 'laci.db'), shop.deps);
    const json = JSON.stringify({ id: 'from-afar' });
    await other.write(['*' as never], (tx) =>
      tx.putDocument('products', { id: 'from-afar', scope: '*' as never, json }),
    );
    await until('the change', () => JSON.stringify(changesOf(socket, '*')).includes('from-afar'));
    await other.close();
    socket.close();
  });

  test('[I9] nothing of another branch is said, its devices included', async () => {
    const there = await shop.enrol('till', 'K9', OTHER_BRANCH);
    const socket = await server.live(till.credential);
    await socket.next('hello');
    const theirs = await server.live(there.credential);
    await theirs.next('hello');
    await pushRows(shop.core, there, [createTestJournal(there).receive('CANARY' as ProductId, 1)]);
    await until('their change', () => changesOf(theirs, OTHER_BRANCH).length > 0);
    await push(journal.receive(coffee, 1));
    await find(socket, ({ collection }) => collection === 'stock');
    const text = JSON.stringify(socket.messages);
    for (const secret of ['CANARY', OTHER_BRANCH, there.device.deviceId]) expect(text).not.toContain(secret);
    for (const one of [socket, theirs]) one.close();
  });
});

test('[LIVE3] a reader that stops reading is cut off at a bound, and told to pull when it reads again', async () => {
  const [reader, witness] = [await server.live(till.credential), await server.live(till.credential)];
  for (const socket of [reader, witness]) await socket.next('hello');
  reader.socket.pause();
  // Nothing that packs: the bound is one of bytes that wait.
  const bytes = 150_000;
  const count = 150;
  for (let n = 0; n < count; n += 1) {
    const json = JSON.stringify({ id: 'big', text: randomBytes(bytes).toString('base64') });
    await shop.core.store.write(['*' as never], (tx) =>
      tx.putDocument('products', { id: 'big', scope: '*' as never, json }),
    );
    await until('the witness got it', () => changesOf(witness, '*').length > n);
  }
  expect(witness.messages.some(({ type }) => type === 'resync')).toBe(false);
  reader.socket.resume();
  await reader.next('resync');
  expect(changesOf(reader, '*').length).toBeLessThan(count);
  for (const socket of [reader, witness]) socket.close();
});

describe('who is there', () => {
  test('[LIVE8] the branch hears who comes and goes', async () => {
    const other = await shop.enrol('till', 'K2');
    const socket = await server.live(till.credential);
    await socket.next('hello');
    const second = await server.live(other.credential);
    const both = [till.device.deviceId, other.device.deviceId].sort();
    const says = (live: readonly string[]) => () =>
      socket.messages.some((message) => message.type === 'presence' && String(message.live) === String(live));
    await until('both', says(both));
    const place = socket.messages.length;
    second.close();
    await until('one left', () =>
      socket.messages
        .slice(place)
        .some((message) => message.type === 'presence' && String(message.live) === till.device.deviceId),
    );
    socket.close();
  });

  test('[LIVE9] a device’s document says when it was last heard from', async () => {
    const heardAt = async () => {
      const stored = await shop.core.store.read((tx) => tx.document('company', `device:${till.device.deviceId}`));
      return (JSON.parse(stored?.json ?? '') as { heardAt: number }).heardAt;
    };
    const first = await heardAt();
    shop.deps.passTime(60_000);
    const socket = await server.live(till.credential);
    await socket.next('hello');
    await find(socket, (change) => 'document' in change && change.document.id === `device:${till.device.deviceId}`);
    const second = await heardAt();
    expect(second - first).toBeGreaterThanOrEqual(60_000);
    const before = allChanges(socket).length;
    shop.deps.passTime(4 * 60_000);
    socket.socket.send('{"type":"ping","waiting":0}');
    await socket.next('pong');
    expect(await heardAt()).toBe(second);
    shop.deps.passTime(60_000);
    socket.socket.send('{"type":"ping","waiting":0}');
    await until('noted again', () => allChanges(socket).length > before);
    expect(await heardAt()).toBeGreaterThan(second);
    socket.close();
  });
});
