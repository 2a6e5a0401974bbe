import { expect, test } from 'vitest';
import { QUANTITY_MAX } from '../../schema/limits.ts';
import { must } from '../../schema/result.ts';
import type { KnownDraft } from '../store/draft-book.ts';
import { addLineOps, changeLineOps, readOrder } from './order-draft.ts';

/** An order of one line, of which the draft counts this much. */
function lineOf(amount: number) {
  const fields = { productId: 'tea', unitCost: null, note: '' };
  const content = { fields: {}, rows: [{ key: 'l1', order: 1, amount, fields, mark: null, by: [] }] };
  const order = readOrder({ id: 'order-1', kind: 'order', content, at: 1 } as unknown as KnownDraft);
  return must(order?.lines[0], 'a line');
}

const afterwards = (amount: number, ops: readonly { readonly op: string; readonly by?: number }[]) =>
  lineOf(ops.reduce((sum, { op, by = 0 }) => (op === 'amount' ? sum + by : sum), amount)).quantity;

test.each([-3, 0, 5, QUANTITY_MAX, QUANTITY_MAX * 100])(
  '[ORD8] a line says what was typed for it, and one more with each scan, also where its draft counts %i',
  (amount) => {
    const line = lineOf(amount);
    expect(afterwards(amount, changeLineOps(line, { quantity: 24 }))).toBe(24);
    const more = addLineOps([line], [{ productId: line.productId, quantity: 1, unitCost: null }], () => 'new');
    expect(afterwards(amount, more)).toBe(Math.min(line.quantity + 1, QUANTITY_MAX));
  },
);

test('[ORD8] no line is made or changed to more than a quantity may be', () => {
  const tooMuch = QUANTITY_MAX * 1_000;
  expect(afterwards(5, changeLineOps(lineOf(5), { quantity: tooMuch }))).toBe(QUANTITY_MAX);
  const [made] = addLineOps([], [{ productId: lineOf(1).productId, quantity: tooMuch, unitCost: null }], () => 'new');
  expect(made).toMatchObject({ op: 'add', amount: QUANTITY_MAX });
});
