import * as automerge from '@automerge/automerge';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DraftChunk } from '../../schema/draft.ts';
import type { CartId, DeviceId, EntryId, ProductId } from '../../schema/ids.ts';
import { money } from '../../schema/money.ts';
import { quantity } from '../../schema/quantity.ts';
import type { Cart, CartLine } from '../../schema/receipt.ts';
import { cartOps, type KeyedCart, readCart, sameCart } from './cart-draft.ts';
import type { DraftContent } from './draft-content.ts';
import { createDraftEngine } from './draft-engine.ts';

const ID = 'cart-of-ibu-sari' as CartId;
const line = (name: string, units = 1, more: Partial<CartLine> = {}): CartLine => ({
  ...{ productId: name as ProductId, name, quantity: quantity(units), unitScale: 1, unitPrice: money(1_000), ...more },
});
const cart = (...lines: CartLine[]): Cart => ({ cartId: ID, lines });
const NOTHING: KeyedCart = { cart: cart(), lines: [] };

/** A till with the cart open: what it shows, and what it makes of a change. */
function createTill(letter: string) {
  const device = letter.repeat(16) as DeviceId;
  const engine = createDraftEngine(automerge as never, { device, session: '00000000' });
  let count = 0;
  let shown = NOTHING;
  const read = (served: readonly DraftChunk[]) => {
    const { content } = engine.read({ id: ID, served, former: [], own: [] });
    shown = readCart(ID, content);
    return shown;
  };
  read([]);
  return {
    read,
    shown: () => shown,
    become: (next: Cart): DraftChunk[] => {
      const { ops, keyed } = cartOps(shown, next, () => `${letter}${count++}`);
      shown = keyed;
      const made = ops.length === 0 ? null : engine.change(ID, ops, letter.toUpperCase());
      return made ? [{ by: device, bytes: made.bytes }] : [];
    },
  };
}

const told = ({ cart: { lines } }: KeyedCart) => lines.map((one) => `${one.quantity} ${one.name}`);

test('[DRF16] a cart comes out of its draft as it went in', () => {
  const till = createTill('a');
  const whole: Cart = {
    ...cart(
      line('tea', 2, { discount: { type: 'percent', basisPoints: 500 }, note: 'hot' }),
      line('open', 1, { productId: undefined, category: 'Other' }),
    ),
    note: 'for the office',
    customer: { name: 'Sari' },
  };
  const [a, b] = [till.become(whole), createTill('b')];
  expect(sameCart(b.read(a).cart, whole)).toBe(true);
  expect(sameCart(b.read(a).cart, cart())).toBe(false);
});

test('[DRF16] only what a person changed is a step, so that nothing else is undone', () => {
  const { keyed } = cartOps(NOTHING, cart(line('tea'), line('milk'), line('sugar')), nextKey());
  const more = cartOps(keyed, cart(line('tea'), line('milk', 4), line('sugar')), nextKey());
  expect(more.ops).toEqual([{ op: 'amount', key: 'k1', by: 3 }]);
  const less = cartOps(more.keyed, cart(line('tea'), line('sugar')), nextKey());
  expect(less.ops).toEqual([{ op: 'remove', key: 'k1' }]);
  const noted = cartOps(less.keyed, cart(line('tea', 1, { note: 'cold' }), line('sugar')), nextKey());
  expect(noted.ops).toEqual([{ op: 'field', key: 'k0', field: 'note', value: 'cold' }]);
  expect(cartOps(noted.keyed, noted.keyed.cart, nextKey()).ops).toEqual([]);
});

test('[DRF16] a line that is put back stands where it stood', () => {
  const { keyed } = cartOps(NOTHING, cart(line('tea'), line('sugar')), nextKey());
  const { ops } = cartOps(keyed, cart(line('tea'), line('milk'), line('sugar')), nextKey());
  expect(ops).toMatchObject([{ op: 'add', order: 1.5, amount: 1, fields: { name: 'milk' } }]);
});

test('[DRF12] two tills that change one cart while apart both find everything when they meet', () => {
  const [a, b] = [createTill('a'), createTill('b')];
  const first = a.become(cart(line('tea'), line('milk')));
  b.read(first);
  const left = a.become(cart(line('tea', 3), line('milk'), line('rice')));
  const right = b.become(cart(line('tea', 2), line('milk', 1, { note: 'warm' }), line('egg', 6)));
  const served = [...first, ...left, ...right];
  for (const till of [a, b]) {
    till.read(served);
    expect(told(till.shown()).sort()).toEqual(['1 milk', '1 rice', '4 tea', '6 egg']);
    expect(till.shown().lines.find(({ line: { name } }) => name === 'tea')).toMatchObject({
      mark: 'changed-apart',
      by: ['A', 'B'],
    });
  }
  expect(sameCart(a.shown().cart, b.shown().cart)).toBe(true);
});

test('[DRF13] both take one of two away while apart: the line stays with one, marked, and counts on from there', () => {
  const [a, b] = [createTill('a'), createTill('b')];
  const first = a.become(cart(line('tea', 2)));
  b.read(first);
  const served = [...first, ...a.become(cart(line('tea', 1))), ...b.become(cart(line('tea', 1)))];
  for (const till of [a, b]) expect(told(till.read(served))).toEqual(['1 tea']);
  const more = a.become(cart(line('tea', 5)));
  expect(told(b.read([...served, ...more]))).toEqual(['5 tea']);
});

test('[DRF15] a line that no cart can have is left out, and the others stay', () => {
  const row = (key: string, fields: object) => ({
    key,
    order: 1,
    amount: 1,
    fields: { ...fields },
    mark: null,
    by: ['K1'],
  });
  const good = { name: 'tea', unitScale: 1, unitPrice: 1_000 };
  const bad = [{ ...good, unitPrice: -5 }, { ...good, name: 7 }, {}, { ...good, unitPrice: 0.5 }];
  const content: DraftContent = {
    fields: { 'cart.note': 'hi', 'cart.discount': 'all', name: 'Sari' },
    rows: [row('k0', good), ...bad.map((fields, place) => row(`b${place}`, fields))],
  };
  const { cart: read } = readCart(ID, content);
  expect(read.lines.map(({ name }) => name)).toEqual(['tea']);
  expect(read).toMatchObject({ note: 'hi' });
  expect(read.discount).toBeUndefined();
});

test('[DRF12] whatever two tills do to a cart while apart, they end the same, and no line that one added is lost', () => {
  const NAMES = ['tea', 'milk', 'rice', 'egg'];
  const step = fc.record({ name: fc.constantFrom(...NAMES), units: fc.integer({ min: 0, max: 5 }) });
  const steps = fc.array(step, { maxLength: 6 });
  const after = (at: Cart, { name, units }: { name: string; units: number }): Cart => {
    const rest = at.lines.filter((one) => one.name !== name);
    return { ...at, lines: units === 0 ? rest : [...rest, line(name, units)] };
  };
  fc.assert(
    fc.property(steps, steps, steps, (before, left, right) => {
      const [a, b] = [createTill('a'), createTill('b')];
      const start = a.become(before.reduce(after, cart()));
      b.read(start);
      const play = (till: typeof a, wishes: typeof left) =>
        wishes.flatMap((wish) => till.become(after(till.shown().cart, wish)));
      const [fromA, fromB] = [play(a, left), play(b, right)];
      const [wantedA, wantedB] = [a.shown().cart, b.shown().cart];
      const served = [...start, ...fromA, ...fromB];
      a.read(served);
      b.read([...start, ...fromB, ...fromA]);
      expect(sameCart(a.shown().cart, b.shown().cart)).toBe(true);
      const had = new Set(before.reduce(after, cart()).lines.map(({ name }) => name));
      const added = [...wantedA.lines, ...wantedB.lines].map(({ name }) => name).filter((name) => !had.has(name));
      const there = a.shown().cart.lines.map(({ name }) => name);
      expect(added.filter((name) => !there.includes(name))).toEqual([]);
    }),
    { numRuns: 40 },
  );
});

function nextKey(): () => string {
  let count = 0;
  return () => `k${count++}`;
}

test('[DRF23] what two tills allow in one cart while apart is all there when they meet, in the same order on both', () => {
  const [one, two] = ['1'.repeat(16), '2'.repeat(16)].map((id) => `${id}:0000000007` as EntryId) as [EntryId, EntryId];
  const [a, b] = [createTill('a'), createTill('b')];
  const begun = a.become(cart(line('tea')));
  b.read(begun);
  const [byA, byB] = [
    a.become({ ...a.shown().cart, approvals: [two] }),
    b.become({ ...b.shown().cart, approvals: [one] }),
  ];
  const all = [...begun, ...byA, ...byB];
  expect(a.read(all).cart.approvals).toEqual([one, two]);
  expect(b.read(all).cart.approvals).toEqual([one, two]);
  expect(sameCart(a.shown().cart, { ...b.shown().cart, approvals: [two, one] })).toBe(true);
  // Shown in another order nothing is written; taken back, it is gone everywhere.
  expect(a.become({ ...a.shown().cart, approvals: [two, one] })).toEqual([]);
  const fewer = a.become({ ...a.shown().cart, approvals: [one] });
  expect(b.read([...all, ...fewer]).cart.approvals).toEqual([one]);
});
