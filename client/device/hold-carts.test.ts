import { expect, test } from 'vitest';
import type { CartId, DeviceId, TillCode } from '../../schema/ids.ts';
import { money } from '../../schema/money.ts';
import { quantity } from '../../schema/quantity.ts';
import type { Cart, CartLine } from '../../schema/receipt.ts';
import { type DraftContent, type DraftOp, type DraftRow, EMPTY_CONTENT } from '../drafts/draft-content.ts';
import type { KnownDraft } from '../store/draft-book.ts';
import { createHeldCarts, type HoldCartsDeps } from './hold-carts.ts';
import { createLive } from './live.ts';

const ID = 'cart-00000001' as CartId;
const line = (name: string, units = 1): CartLine => ({
  name,
  unitPrice: money(1_000),
  unitScale: 1,
  quantity: quantity(units),
});
const cartOf = (...lines: CartLine[]): Cart => ({ cartId: ID, lines });

/** What a step makes of a draft, as far as carts that nobody changes apart need it. */
function step(content: DraftContent, op: DraftOp, by: string): DraftContent {
  const rowsWith = (key: string, change: (row: DraftRow) => DraftRow) =>
    content.rows.map((row) => (row.key === key ? change(row) : row));
  switch (op.op) {
    case 'set':
      return { ...content, fields: { ...content.fields, [op.field]: op.value } };
    case 'add': {
      const { op: _op, ...row } = op;
      return { ...content, rows: [...content.rows, { ...row, mark: null, by: [by] }] };
    }
    case 'amount':
      return { ...content, rows: rowsWith(op.key, (row) => ({ ...row, amount: row.amount + op.by })) };
    case 'remove':
      return { ...content, rows: content.rows.filter(({ key }) => key !== op.key) };
    default:
      return content;
  }
}

/** A till with one held cart, on a disk that writes when the test says so. */
function openTill() {
  const version = createLive(0);
  const writes: (() => void)[] = [];
  let content: DraftContent = EMPTY_CONTENT;
  const apply = (ops: readonly DraftOp[], by: string) => {
    content = ops.reduce((held, op) => step(held, op, by), content);
    version.set(version.get() + 1);
  };
  const draft = () => ({ id: ID, kind: 'cart', content, ending: undefined, waiting: 0 }) as unknown as KnownDraft;
  let ids = 0;
  const { carts } = createHeldCarts({
    draftBook: {
      version,
      drafts: () => [draft()],
      draft: (id: string) => (id === ID ? draft() : undefined),
      change: (_id: string, ops: readonly DraftOp[], by: string) =>
        new Promise<void>((resolve) => {
          writes.push(() => {
            apply(ops, by);
            resolve();
          });
        }),
    },
    journal: { index: { isSold: () => false } },
    branchJournal: { find: async () => undefined, version: createLive(0) },
    company: { devices: createLive([]) },
    findings: { open: createLive([]), report: async () => undefined },
    identity: { deviceId: 'a'.repeat(16) as DeviceId, till: 'K1' as TillCode, role: 'till' },
    active: createLive(true),
    version: createLive(0),
    clock: () => 0,
    newId: () => {
      ids += 1;
      return `line-${ids}`;
    },
  } as unknown as HoldCartsDeps);
  /** Everything that is on its way to the disk gets there. */
  const write = async () => {
    for (const one of writes.splice(0)) one();
    await Promise.resolve();
    await Promise.resolve();
  };
  return { carts, write, elsewhere: (...ops: DraftOp[]) => apply(ops, 'K2') };
}

const add = (key: string, name: string): DraftOp => {
  const { quantity: amount, ...fields } = line(name);
  return { op: 'add', key, order: 9, amount, fields };
};
const names = (cart: Cart | undefined) => cart?.lines.map(({ name }) => name);

test('[DRF26] what is done here is never told as another’s: not while it is written, and not when it is', async () => {
  const { carts, write, elsewhere } = openTill();
  elsewhere(add('first', 'Kopi'));
  carts.follow(cartOf(line('Kopi')));
  carts.follow(cartOf(line('Kopi'), line('Teh')));
  // Another till's change comes while the own one is on its way: the cart on the screen loses nothing by it.
  elsewhere(add('theirs', 'Susu'));
  expect(names(carts.merged.get()?.cart)).not.toContain('Susu');
  await write();
  expect(carts.merged.get()).toMatchObject({ added: 1, by: ['K2'] });
  expect(names(carts.merged.get()?.cart)?.toSorted()).toEqual(['Kopi', 'Susu', 'Teh']);
  // Nothing new came: what was told is not told again as news.
  carts.follow(carts.merged.get()?.cart ?? cartOf());
  elsewhere({ op: 'set', field: 'cart.note', value: 'tanpa gula' });
  expect(carts.merged.get()).toMatchObject({ added: 0, by: [] });
});

test('[DRF26] after a reload what others did meanwhile stands, and what only this screen has joins it', async () => {
  const { carts, write, elsewhere } = openTill();
  elsewhere(add('first', 'Kopi'), add('theirs', 'Susu'));
  // The screen kept the cart as it was before: without their line, with one of its own.
  carts.follow(cartOf(line('Kopi', 3), line('Teh')));
  await write();
  const { cart, added, by } = carts.merged.get() ?? {};
  expect(names(cart)?.toSorted()).toEqual(['Kopi', 'Susu', 'Teh']);
  expect(cart?.lines.find(({ name }) => name === 'Kopi')?.quantity).toBe(1);
  expect([added, by]).toEqual([1, ['K2']]);
});
