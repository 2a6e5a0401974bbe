import * as automerge from '@automerge/automerge';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DraftChunk } from '../../schema/draft.ts';
import { sameHeads } from '../../schema/draft.ts';
import type { DeviceId } from '../../schema/ids.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { SEED, SEED_ACTOR } from './draft-chunk.ts';
import type { DraftOp } from './draft-content.ts';
import { createDraftEngine, type DraftEngine } from './draft-engine.ts';

const ID = 'cart-of-ibu-sari';
const api = automerge as never;
const deviceId = (letter: string) => letter.repeat(16) as DeviceId;

/** One device, and all that it was served. */
function createSeat(letter: string) {
  const device = deviceId(letter);
  const engine: DraftEngine = createDraftEngine(api, { device, session: '01234567' });
  const read = (served: readonly DraftChunk[]) => engine.read({ id: ID, served, former: [], own: [] });
  const change = (...ops: DraftOp[]): DraftChunk => {
    const made = engine.change(ID, ops, letter.toUpperCase());
    if (made === null) throw new Error('Nothing changed.');
    return { by: device, bytes: made.bytes };
  };
  read([]);
  return { device, engine, read, change };
}

const line = (key: string, amount = 1, order = 1): DraftOp => ({
  op: 'add',
  key,
  order,
  amount,
  fields: { name: key },
});
const rowsOf = (seat: ReturnType<typeof createSeat>, served: readonly DraftChunk[]) =>
  seat.read(served).content.rows.map(({ key, amount, mark }) => [key, amount, mark]);

test('[DRF12] every draft begins with the same change, whoever made it', () => {
  const draft = automerge.change(automerge.init<Record<string, object>>({ actor: SEED_ACTOR }), { time: 0 }, (doc) => {
    doc.rows = {};
    doc.fields = {};
  });
  expect(toBase64(automerge.getLastLocalChange(draft) as Uint8Array)).toBe(SEED);
});

test('[DRF12] what two tills add to one cart while apart is all there when they meet, in the same order on both', () => {
  const [a, b] = [createSeat('a'), createSeat('b')];
  const first = a.change(line('tea'));
  b.read([first]);
  const [left, right] = [a.change(line('milk', 2, 2)), b.change(line('sugar', 3, 2))];
  const served = [first, left, right];
  expect(rowsOf(a, served)).toEqual([
    ['tea', 1, null],
    ['milk', 2, null],
    ['sugar', 3, null],
  ]);
  expect(rowsOf(b, served.toReversed())).toEqual(rowsOf(a, served));
  expect(a.read(served).heads).toEqual(b.read(served).heads);
});

test('[DRF12] both add to the same line while apart: the amounts add up, and the line is marked until somebody looks', () => {
  const [a, b] = [createSeat('a'), createSeat('b')];
  const first = a.change(line('tea'));
  b.read([first]);
  const served = [first, a.change({ op: 'amount', key: 'tea', by: 2 }), b.change({ op: 'amount', key: 'tea', by: 1 })];
  expect(rowsOf(a, served)).toEqual([['tea', 4, 'changed-apart']]);
  expect(a.read(served).content.rows[0]?.by).toEqual(['A', 'B']);
  const looked = a.change({ op: 'keep', key: 'tea' });
  expect(rowsOf(b, [...served, looked])).toEqual([['tea', 4, null]]);
});

test('[DRF13] a line that one removed while another changed it stays, and is marked', () => {
  const [a, b] = [createSeat('a'), createSeat('b')];
  const first = a.change(line('tea'), line('milk', 1, 2));
  b.read([first]);
  const served = [first, a.change({ op: 'remove', key: 'tea' }), b.change({ op: 'amount', key: 'tea', by: 1 })];
  for (const seat of [a, b])
    expect(rowsOf(seat, served)).toEqual([
      ['tea', 2, 'removed-apart'],
      ['milk', 1, null],
    ]);
  const gone = b.change({ op: 'remove', key: 'tea' });
  for (const seat of [a, b]) expect(rowsOf(seat, [...served, gone])).toEqual([['milk', 1, null]]);
});

test('[DRF13] a line that both removed is gone, and one that was removed comes back as it was', () => {
  const [a, b] = [createSeat('a'), createSeat('b')];
  const first = a.change(line('tea', 5));
  b.read([first]);
  const served = [first, a.change({ op: 'remove', key: 'tea' }), b.change({ op: 'remove', key: 'tea' })];
  for (const seat of [a, b]) expect(rowsOf(seat, served)).toEqual([]);
  a.read(served);
  const back = a.change({ op: 'keep', key: 'tea' });
  expect(rowsOf(b, [...served, back])).toEqual([['tea', 5, null]]);
});

test('[DRF14] what is served, and what only this device or an earlier history holds, is told apart', () => {
  const [a, b] = [createSeat('a'), createSeat('b')];
  const first = a.change(line('tea'));
  b.read([first]);
  const made = b.engine.change(ID, [line('milk')], 'B');
  const own = [{ bytes: made?.bytes ?? '', heads: [] }];
  expect(b.engine.read({ id: ID, served: [first], former: [], own })).toMatchObject({ unserved: [0], more: false });
  const second = { by: b.device, bytes: made?.bytes ?? '' };
  expect(b.engine.read({ id: ID, served: [first, second], former: [], own })).toMatchObject({ unserved: [] });
  const back = b.engine.read({ id: ID, served: [], former: [first, second], own });
  expect(back).toMatchObject({ unserved: [0], more: true });
  expect(back.content.rows).toHaveLength(2);
});

test('[DRF14] a whole document brings all of a draft to a device that has nothing of it', () => {
  const [a, b] = [createSeat('a'), createSeat('b')];
  a.change(line('tea'));
  a.change({ op: 'amount', key: 'tea', by: 4 });
  const { heads, bytes } = a.engine.whole(ID);
  expect(rowsOf(b, [{ by: a.device, bytes }])).toEqual([['tea', 5, null]]);
  expect(sameHeads(b.read([]).heads, heads)).toBe(true);
});

test('[DRF15] [F22] a chunk that is not what Automerge writes is set aside, and everything else stands', () => {
  const [a, b] = [createSeat('a'), createSeat('b')];
  const first = a.change(line('tea'));
  const second = a.change(line('milk', 1, 2));
  const bytes = fromBase64(second.bytes);
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 400 }),
      fc.nat(bytes.length - 1),
      fc.integer({ min: 1, max: 255 }),
      (noise, place, flip) => {
        const fresh = createSeat('b');
        const damaged = bytes.slice();
        damaged[place] = (damaged[place] ?? 0) ^ flip;
        const wrong = [noise, damaged, bytes.slice(0, place)].map((each) => ({ by: a.device, bytes: toBase64(each) }));
        const view = fresh.read([first, ...wrong]);
        expect(view.bad).toEqual([1, 2, 3]);
        expect(view.content.rows.map(({ key }) => key)).toEqual(['tea']);
      },
    ),
    { numRuns: 300 },
  );
  expect(rowsOf(b, [first, second])).toEqual([
    ['tea', 1, null],
    ['milk', 1, null],
  ]);
});

test('[DRF15] [F22] a change in the name of another device is set aside', () => {
  const [a, b, evil] = [createSeat('a'), createSeat('b'), createSeat('c')];
  const first = a.change(line('tea'));
  const forged = { by: evil.device, bytes: first.bytes };
  expect(b.read([forged])).toMatchObject({ bad: [0], content: { rows: [] } });
  expect(b.read([forged, first])).toMatchObject({ bad: [0] });
});

test('[DRF15] [F22] two changes in one place of a device, as a copied one makes them, leave the first standing', () => {
  const [a, copy, b] = [createSeat('a'), createSeat('a'), createSeat('b')];
  const [one, other] = [a.change(line('tea')), copy.change(line('milk'))];
  expect(b.read([one, other])).toMatchObject({ bad: [1], content: { rows: [{ key: 'tea' }] } });
});

test('[DRF15] [F22] a document of more steps than people make is set aside', () => {
  const [b, evil] = [createSeat('b'), deviceId('c')];
  let huge = automerge.init<{ n: number[] }>({ actor: `${'63'.repeat(16)}00000000` });
  huge = automerge.change(huge, (doc) => {
    doc.n = Array.from({ length: 210_000 }, () => 0);
  });
  const bytes = toBase64(automerge.save(huge));
  expect(bytes.length).toBeLessThan(20_000);
  expect(b.read([{ by: evil, bytes }])).toMatchObject({ bad: [0], content: { rows: [] } });
});

test('[DRF15] [F22] contents that no cart has leave the last good state, and what follows is taken', () => {
  const [a, b] = [createSeat('a'), createSeat('b')];
  const first = a.change(line('tea'));
  b.read([first]);
  const wild = automerge.applyChanges(automerge.init<Record<string, object>>({ actor: `${'63'.repeat(16)}00000000` }), [
    fromBase64(SEED),
  ])[0];
  const long = automerge.change(wild, (doc) => {
    Object.assign(doc.fields as object, { name: 'x'.repeat(9_000) });
  });
  const bad = { by: deviceId('c'), bytes: toBase64(automerge.getLastLocalChange(long) as Uint8Array) };
  expect(b.read([first, bad])).toMatchObject({ bad: [1], content: { rows: [{ key: 'tea' }] } });
  const next = b.change(line('milk', 1, 2));
  expect(rowsOf(a, [first, bad, next])).toEqual([
    ['tea', 1, null],
    ['milk', 1, null],
  ]);
});
