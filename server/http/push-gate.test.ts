import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type RequestHandler, type Response } from 'express';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { journalPushAnswerShape } from '../../schema/protocol/push.ts';
import { until } from '../testing/test-deps.ts';
import { createTestJournal } from '../testing/test-device.ts';
import { startTestServer } from '../testing/test-http.ts';
import { signedRows } from '../testing/test-push.ts';
import { openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';
import { createFairQueue } from './fair-queue.ts';
import { createPushGate } from './push-gate.ts';
import { createTokenBuckets } from './token-bucket.ts';

describe('token buckets', () => {
  let now = 0;
  const create = () => createTokenBuckets({ burst: 100, perSecond: 10 }, () => now);
  beforeEach(() => {
    now = 0;
  });

  test('[F16] a device uses its burst, then waits for what it wants, and others do not', () => {
    const buckets = create();
    expect([buckets.take('a', 60), buckets.take('a', 40), buckets.take('a', 5)]).toEqual([0, 0, 500]);
    expect(buckets.take('b', 100)).toBe(0);
    now = 500;
    expect([buckets.take('a', 5), buckets.take('a', 1)]).toEqual([0, 100]);
  });

  test('[F16] what is larger than a bucket passes with a full one, and is paid for later', () => {
    const buckets = create();
    expect(buckets.take('a', 150)).toBe(0);
    expect(buckets.take('a', 1)).toBe(5100);
  });

  test('[F16] what was used already is paid for before anything more is taken, also by who asks for nothing', () => {
    const buckets = create();
    buckets.charge('a', 150);
    expect([buckets.take('a', 0), buckets.take('b', 100)]).toEqual([5000, 0]);
    now = 5000;
    expect(buckets.take('a', 0)).toBe(0);
  });

  test('[F16] a clock set back takes nothing away and gives nothing', () => {
    const buckets = create();
    now = 10_000;
    buckets.take('a', 100);
    now = 0;
    expect(buckets.take('a', 1)).toBe(100);
    now = 100;
    expect(buckets.take('a', 1)).toBe(0);
  });
});

describe('the fair queue', () => {
  test('[F16] a device with many pushes waits behind one with few', () => {
    const order: string[] = [];
    const ends: (() => void)[] = [];
    const queue = createFairQueue(1);
    for (const key of ['a', 'a', 'a', 'b', 'c']) ends.push(queue.enter(key, () => order.push(key)));
    const endOf = (key: string, nth: number) => ends[['a', 'a', 'a', 'b', 'c'].indexOf(key) + nth]?.();
    endOf('a', 0);
    endOf('a', 1);
    endOf('b', 0);
    endOf('c', 0);
    expect(order).toEqual(['a', 'a', 'b', 'c', 'a']);
  });

  test('[F16] no more work at once than allowed; who leaves while waiting is passed over', () => {
    const begun: number[] = [];
    const queue = createFairQueue(2);
    const ends = [0, 1, 2, 3].map((n) => queue.enter(`k${n}`, () => begun.push(n)));
    expect(begun).toEqual([0, 1]);
    ends[2]?.();
    ends[0]?.();
    ends[0]?.();
    expect(begun).toEqual([0, 1, 3]);
  });
});

describe('many devices at once', () => {
  let shop: TestShop;
  beforeEach(async () => {
    shop = await openTestShop();
  });
  afterEach(() => shop.close());

  test('[F16] of a hundred devices that connect at once each is served once', async () => {
    const product = await shop.addProduct('coffee');
    const server = await startTestServer(shop);
    const tills: TestEnrolment[] = [];
    for (let index = 0; index < 100; index += 1) tills.push(await shop.enrol('till', `K${index}`));
    const push = async (till: TestEnrolment): Promise<void> => {
      const journal = createTestJournal(till);
      const body = signedRows(till, [journal.receive(product, 5), journal.sell(product, 1)]);
      const ask = () => server.ask('/sync/v1/journal/push', { credential: till.credential, body });
      let answer = await ask();
      while (answer.status === 429) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        answer = await ask();
      }
      expect(journalPushAnswerShape.parse(answer.json).head.seq).toBe(2);
    };
    await Promise.all(tills.map(push));
    await server.close();
  });
});

describe('the gate', () => {
  let server: Server;
  const held: Response[] = [];
  /** Pushes that were let into the house. */
  let inside = 0;

  beforeEach(async () => {
    held.length = 0;
    inside = 0;
    const size = { burst: 100, perSecond: 1 };
    const gate = createPushGate(
      { now: () => 0 },
      {
        ...{ rows: size, bytes: { burst: 1000, perSecond: 100 }, inHouse: 3, perDevice: 2, atOnce: 1 },
        small: { bytes: 20, rows: 1, places: 1 },
      },
    );
    const app = express();
    const name: RequestHandler = (req, res, next) => {
      res.locals.device = { deviceId: req.get('x-device') };
      next();
    };
    const count: RequestHandler = (_req, _res, next) => {
      inside += 1;
      next();
    };
    app.post('/', name, gate.before, count, express.json(), gate.after, (_req, res) => void held.push(res));
    server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const BACKLOG = { entries: [1, 2, 3, 4, 5] };
  const push = (device: string, body: unknown = BACKLOG) =>
    fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, {
      method: 'POST',
      headers: { 'x-device': device, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const waitTold = (response: globalThis.Response) => [response.status, Number(response.headers.get('retry-after'))];

  test('[F16] with the house full, or too many of one device, the next is told when to come again', async () => {
    const begun = [push('a'), push('a')];
    await until('both of a in the house', () => inside === 2);
    expect((await push('a')).status).toBe(429);
    begun.push(push('b'));
    await until('the third in the house', () => inside === 3);
    expect((await waitTold(await push('d')))[1]).toBeGreaterThanOrEqual(1);
    for (let n = 0; n < 3; n += 1) (await until('the next turn', () => held[n])).json({});
    expect((await Promise.all(begun)).map(({ status }) => status)).toEqual([200, 200, 200]);
    const after = push('d');
    (await until('room again', () => held[3])).json({});
    expect((await after).status).toBe(200);
  });

  test('[F16] what was just sold finds a place in a full house, and waits behind no backlog', async () => {
    const begun = [push('a'), push('b'), push('c')];
    await until('a full house', () => inside === 3);
    const sale = push('d', { entries: [1] });
    await until('the sale, though only one may be worked on', () => held.length === 2);
    expect((await push('e', { entries: [1] })).status).toBe(429);
    held[1]?.json({});
    expect((await sale).status).toBe(200);
    for (const n of [0, 2, 3]) (await until('the next turn', () => held[n])).json({});
    expect((await Promise.all(begun)).map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  test('[F16] rows and bytes beyond what a device may use are told when they may come', async () => {
    const first = push('a', { entries: Array(100).fill(1) });
    (await until('the first', () => held[0])).json({});
    await first;
    expect(waitTold(await push('a', { entries: [1, 2] }))).toEqual([429, 2]);
    const second = push('b', { entries: ['x'.repeat(900)] });
    (await until('the second', () => held[1])).json({});
    await second;
    expect(waitTold(await push('b', { entries: ['x'.repeat(400)] }))).toEqual([429, 4]);
  });
});
