import { gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { DeviceEntry } from '../../schema/entry/entry.ts';
import { must } from '../../schema/result.ts';
import { createHttp } from '../sync/http.ts';
import { idsPushed, watchSockets } from '../sync/watched-sockets.ts';
import type { Device } from './device.ts';
import type { DeviceDeps } from './device-deps.ts';
import { enrolDevice } from './enrol-device.ts';
import { createNodeDeps } from './node-device.ts';
import { inStep, sellOne } from './node-sale.ts';
import { type NodeShop, startNodeShop } from './node-shop.ts';
import { openDevice } from './open-device.ts';
import { when } from './when.ts';

/** One till with a real server, and a network between them that does what networks do. */
let shop: NodeShop;
let deps: DeviceDeps;
let device: Device;
const line = createLine();
let clockMs = 0;

beforeAll(async () => {
  shop = await startNodeShop(4);
  deps = createNodeDeps('K1', shop.origin, {
    ...line.world(createNodeDeps('x', shop.origin)),
    clock: () => Date.now() + clockMs,
  });
  await enrolDevice(deps, { serverAddress: '', code: shop.code('K1') });
  device = await openDevice(deps);
  await inStep(device);
  await device.company.choosePerson(must(device.company.people.get()[0], 'a person').person);
});
afterAll(async () => {
  await device.close();
  await shop.close();
});
afterEach(() => {
  line.heal();
  clockMs = 0;
});

const PATIENCE = { timeout: 30_000, interval: 50 };
let carts = 0;
const sell = () => {
  carts += 1;
  return sellOne(device, '1001', carts);
};
const onHand = () => device.stock.onHand(must(device.catalogue.byBarcode('1001'), 'a product').id);
const heads = async () => {
  const { ownHead, serverHead } = await device.sync.inspect();
  return [ownHead, serverHead];
};

/** All has arrived, each entry once, and stock says so. */
async function expectLevel(stock: number): Promise<void> {
  device.sync.syncNow();
  await inStep(device);
  const [own, server] = await heads();
  expect(server).toEqual(own);
  await expect.poll(onHand, PATIENCE).toBe(stock);
}

test('[F3] [SYNC2] fifty flaps with a third of all answers lost delay, and lose or double nothing; one push at a time', {
  timeout: 60_000,
}, async () => {
  const before = onHand();
  for (let flap = 0; flap < 50; flap += 1) {
    line.cut();
    await sell();
    line.heal();
    line.loseAnswers(0.3);
    line.tellOnline();
    if (flap % 5 === 0) await new Promise((resolve) => deps.timers.after(20, () => resolve(null)));
  }
  line.heal();
  await expectLevel(before - 50);
  expect(line.pushesAtOnceMax()).toBe(1);
});

test('[F5] a push that arrives again long after, behind later ones, changes nothing', async () => {
  const before = onHand();
  line.delayNextPush();
  await sell();
  await expect.poll(() => line.delayed(), PATIENCE).toBe(1);
  await sell();
  device.sync.syncNow();
  await inStep(device);
  const late = await line.deliverDelayed();
  expect(late.verdicts.map(({ verdict }) => verdict)).toEqual(['duplicate']);
  await expectLevel(before - 2);
});

test('[F7] [SYNC1] whatever the clock says, entries go in the order they were written, over a restart too', async () => {
  const before = onHand();
  const written: DeviceEntry[] = [];
  for (const away of [-86_400_000, 86_400_000, -Date.now(), Date.UTC(2099, 0) - Date.now(), -3_600_000]) {
    clockMs = away;
    line.cut();
    written.push(await sell());
    await device.close();
    line.heal();
    device = await openDevice(deps);
    await inStep(device);
    expect((await heads()).map((head) => head?.seq)).toEqual([written.at(-1)?.seq, written.at(-1)?.seq]);
  }
  clockMs = 0;
  expect(written.map(({ seq }) => seq)).toEqual(written.map((_, index) => (written[0]?.seq ?? 0) + index));
  await expectLevel(before - 5);
});

test('[F15] [I11] back after a month with 5,000 sales: bounded posts, each row once, and selling goes on', {
  timeout: 120_000,
}, async () => {
  const before = onHand();
  line.cut();
  for (let sale = 0; sale < 5_000; sale += 1) await sell();
  expect(device.sync.status.get().waitingEntries).toBe(5_000);
  line.heal();
  line.forget();
  device.sync.syncNow();
  const meanwhile: DeviceEntry[] = [];
  while (device.sync.status.get().waitingEntries > 1_000) {
    meanwhile.push(await sell());
    await new Promise((resolve) => deps.timers.after(5, () => resolve(null)));
  }
  expect(meanwhile.length).toBeGreaterThan(0);
  await expectLevel(before - 5_000 - meanwhile.length);
  const sizes = line.pushedIds().map(({ length }) => length);
  const rows = line.pushedIds().flat();
  expect(Math.max(...sizes)).toBeLessThanOrEqual(200);
  expect([rows.length, new Set(rows).size]).toEqual([5_000 + meanwhile.length, 5_000 + meanwhile.length]);
  expect(sizes.length).toBeLessThanOrEqual(5_000 / 200 + meanwhile.length + 10);
});

test('[SYNC20] a revoked till says so, hands in what it holds, and loses nothing', async () => {
  const slot = createNodeDeps('M1', shop.origin);
  await enrolDevice(slot, { serverAddress: '', code: shop.code('M1') });
  const { credential } = must(await slot.vault.get('enrolment'), 'an enrolment');
  const http = createHttp(slot, () => ({ origin: shop.origin, credential, timeoutMs: 10_000 }));
  line.cut();
  await sell();
  const path = `/api/v1/devices/${device.identity.deviceId}/revoke`;
  expect(await http.request('POST', path, {}, z.object({}))).toMatchObject({ ok: true });
  line.heal();
  device.sync.syncNow();
  await when(device.sync.status, ({ revoked, waitingEntries }) => revoked && waitingEntries === 0);
  const sale = await sell();
  await when(device.sync.status, ({ waitingEntries }) => waitingEntries === 0);
  expect(device.till.safety(sale.id)).toBe('server');
  expect((await device.sync.inspect()).outbox).toBe('revoked');
  expect(device.sync.status.get()).toMatchObject({ connection: 'trouble', revoked: true });
});

/** A network that can be cut, lose answers, and hold a request back. */
function createLine() {
  let isCut = false;
  let lossRate = 0;
  let chance = 1;
  let holdNext = false;
  let held: (() => Promise<Response>)[] = [];
  let pushed: string[][] = [];
  let pushesAtOnce = 0;
  let most = 0;
  let cutSockets: () => void = () => undefined;
  const online = new Set<() => void>();
  /** Numbers that look random and are the same each time. */
  const random = () => {
    chance = (chance * 48_271) % 2_147_483_647;
    return chance / 2_147_483_647;
  };
  const rowsOf = ({ body }: RequestInit): string[] => {
    const text = typeof body === 'string' ? body : gunzipSync(body as Uint8Array).toString();
    return JSON.parse(text).entries.map(({ id }: DeviceEntry) => id);
  };
  const push = async (url: string, init: RequestInit): Promise<Response> => {
    pushesAtOnce += 1;
    most = Math.max(most, pushesAtOnce);
    try {
      if (holdNext) {
        holdNext = false;
        const { signal: _signal, ...late } = init;
        held.push(() => fetch(url, late));
        throw new Error('held back');
      }
      pushed.push(rowsOf(init));
      return await fetch(url, init);
    } finally {
      pushesAtOnce -= 1;
    }
  };
  const carry: DeviceDeps['fetch'] = async (url, init) => {
    if (isCut) throw new Error('cut');
    const response = await (url.endsWith('/journal/push') ? push(url, init) : fetch(url, init));
    if (random() < lossRate) throw new Error('lost');
    return response;
  };
  /** The same faults where a push goes over the live socket. */
  const overSockets = (open: DeviceDeps['openSocket']): DeviceDeps['openSocket'] => {
    let credential = '';
    let underWay = 0;
    const said = (message: { readonly type: string }) => {
      if (message.type === 'auth') credential = (message as unknown as { credential: string }).credential;
      const ids = idsPushed(message);
      if (ids === null) return true;
      if (holdNext) {
        holdNext = false;
        held.push(() => postPush(credential, message));
        return false;
      }
      pushed.push(ids);
      underWay = 1;
      most = Math.max(most, pushesAtOnce + underWay);
      return true;
    };
    const heard = ({ type }: { readonly type: string }) => {
      if (type !== 'pushed') return true;
      underWay = 0;
      return random() >= lossRate;
    };
    const { openSocket, cut } = watchSockets(open, { said, heard, mayOpen: () => !isCut });
    cutSockets = cut;
    return openSocket;
  };
  return {
    world: ({ openSocket }: DeviceDeps): Partial<DeviceDeps> => ({
      fetch: carry,
      openSocket: overSockets(openSocket),
      surroundings: {
        onVisible: () => () => undefined,
        onOnline: (act) => {
          online.add(act);
          return () => online.delete(act);
        },
      },
    }),
    cut: () => {
      isCut = true;
      cutSockets();
    },
    heal: () => {
      isCut = false;
      lossRate = 0;
    },
    loseAnswers: (rate: number) => {
      lossRate = rate;
    },
    tellOnline: () => {
      for (const act of online) act();
    },
    delayNextPush: () => {
      holdNext = true;
    },
    delayed: () => held.length,
    deliverDelayed: async (): Promise<{ verdicts: { verdict: string }[] }> => {
      const deliver = must(held[0], 'a push that is held back');
      held = [];
      return (await deliver()).json() as never;
    },
    forget: () => {
      pushed = [];
    },
    pushedIds: () => pushed,
    pushesAtOnceMax: () => most,
  };
}

/** What was said over a socket, as a request. */
function postPush(credential: string, message: object): Promise<Response> {
  const headers = { authorization: `Bearer ${credential}`, 'content-type': 'application/json' };
  const { push } = message as { push: object };
  return fetch(`${shop.origin}/sync/v1/journal/push`, { method: 'POST', headers, body: JSON.stringify(push) });
}
