import { expect, test } from 'vitest';
import { entryId } from '../../schema/ids.ts';
import { createPushWatch, type Moment, type StruckPush } from './push-watch.ts';

const ROW = entryId('d'.repeat(16) as never, 7);
const request = (() => {
  const body = JSON.stringify({ entries: [{ id: ROW }] });
  return Buffer.from(`POST /sync/v1/journal/push HTTP/1.1\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
})();
const answer = (verdict: string) => {
  const body = JSON.stringify({ verdicts: [{ id: ROW, hash: 'x', verdict }] });
  return Buffer.from(`HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
};

/** Sends one push through a connection and notes what passes and when the blow falls. */
async function pushThrough(moment: Moment) {
  const watch = createPushWatch();
  const events: string[] = [];
  let struck: StruckPush | undefined;
  const dealt = watch.deal({
    moment,
    afterMs: 0,
    withhold: true,
    strike: async (push) => {
      struck = push;
      events.push('struck');
    },
  });
  const { toServer, toDevice } = watch.middle();
  await toServer(request, async (bytes) => void events.push(bytes.length < request.length ? 'a part out' : 'out'));
  await toDevice(answer('accepted'), async () => void events.push('answered'));
  await dealt;
  return { events, struck, watch };
}

test.each([
  ['body', ['a part out', 'struck', 'a part out', 'answered']],
  ['work', ['out', 'struck']],
  ['answer', ['out', 'struck']],
] as const)('[F1] a blow at %s falls while the push is open', async (moment, expected) => {
  const { events, struck, watch } = await pushThrough(moment);
  expect(events).toEqual(expected);
  expect(struck).toEqual({ moment, rows: [ROW], open: true });
  expect([...watch.acknowledged]).toEqual([ROW]);
});

test('[F1] what the server promised counts, and a refusal is no promise', async () => {
  const watch = createPushWatch();
  const { toServer, toDevice } = watch.middle();
  for (const verdict of ['refused', 'accepted']) {
    await toServer(request, async () => undefined);
    await toDevice(answer(verdict), async () => undefined);
    expect(watch.acknowledged.size).toBe(verdict === 'accepted' ? 1 : 0);
  }
  expect([...watch.ends.values()].map((ends) => [...ends])).toEqual([[7]]);
});

test('[F1] a blow whose connection died falls on the next push', async () => {
  const watch = createPushWatch();
  const dealt = watch.deal({ moment: 'answer', afterMs: 0, withhold: true, strike: async () => undefined });
  const first = watch.middle();
  await first.toServer(request, async () => undefined);
  first.closed?.();
  const second = watch.middle();
  await second.toServer(request, async () => undefined);
  await second.toDevice(answer('accepted'), async () => undefined);
  expect(await dealt).toBe('dealt');
});

test('[F1] a blow that comes after the answer falls, also when the next push is on its way', async () => {
  const watch = createPushWatch();
  const dealt = watch.deal({ moment: 'work', afterMs: 5, withhold: false, strike: async () => undefined });
  const { toServer, toDevice } = watch.middle();
  for (let push = 0; push < 2; push += 1) {
    await toServer(request, async () => undefined);
    await toDevice(answer('accepted'), async () => undefined);
  }
  expect(await dealt).toBe('dealt');
});

test('[F1] [LIVE14] a push over the live socket is seen, struck and counted, and what the socket says besides is not its answer', async () => {
  const watch = createPushWatch();
  const passed: number[] = [];
  const pass = async (bytes: Buffer) => void passed.push(bytes.length);
  const dealt = watch.deal({ moment: 'answer', afterMs: 0, withhold: true, strike: async () => undefined });
  const { toServer, toDevice } = watch.middle();
  const opening =
    'GET /sync/v1/live HTTP/1.1\r\nSec-WebSocket-Extensions: permessage-deflate\r\nUpgrade: websocket\r\n\r\n';
  await toServer(Buffer.from(opening), async (bytes) => expect(String(bytes)).not.toContain('permessage-deflate'));
  await toDevice(Buffer.from('HTTP/1.1 101 Switching Protocols\r\n\r\n'), pass);
  const [said, other] = [{ type: 'push', ask: 1, push: { entries: [{ id: ROW }] } }, { type: 'changes' }];
  await toServer(frame(said, true), pass);
  await toDevice(frame(other, false), pass);
  expect([passed.length, watch.acknowledged.size]).toEqual([3, 0]);
  const answered = { type: 'pushed', ask: 1, answer: { verdicts: [{ id: ROW, hash: 'x', verdict: 'accepted' }] } };
  await toDevice(frame(answered, false), pass);
  expect([await dealt, passed.length, [...watch.acknowledged]]).toEqual(['dealt', 3, [ROW]]);
});

/** A text frame, masked as a browser's are. */
function frame(message: object, masked: boolean): Buffer {
  const payload = Buffer.from(JSON.stringify(message));
  const head = Buffer.from([0x81, (masked ? 0x80 : 0) | 126, payload.length >> 8, payload.length & 0xff]);
  if (!masked) return Buffer.concat([head, payload]);
  const mask = Buffer.from([1, 2, 3, 4]);
  return Buffer.concat([head, mask, payload.map((byte, at) => byte ^ (mask[at % 4] ?? 0))]);
}
