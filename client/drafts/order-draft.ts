import { z } from 'zod';
import { personIdShape, productIdShape, SERVER_PERSON } from '../../schema/ids.ts';
import { QUANTITY_MAX } from '../../schema/limits.ts';
import { moneyShape } from '../../schema/money.ts';
import type { Order, OrderLine, OrderWish } from '../device/orders.ts';
import type { KnownDraft } from '../store/draft-book.ts';
import type { DraftOp, DraftRow } from './draft-content.ts';

/** Characters of a supplier's name, as a `receive` entry has room for; of a line's note, and of the order's. */
export const ORDER_SUPPLIER_MAX = 80;
export const ORDER_LINE_NOTE_MAX = 120;
export const ORDER_NOTE_MAX = 2_000;
/** Lines of one order: one `receive` entry can take all of them in, and the whole draft stays a row that can be sent. */
export const ORDER_LINES_MAX = 300;

/** Fields of an order's draft; its rows are the lines, their amounts the quantities. */
export const ORDER_FIELDS = {
  supplier: 'supplier',
  note: 'note',
  begun: 'begun',
  ordered: 'ordered',
  closed: 'closed',
  discarded: 'discarded',
} as const;

const markShape = z.object({ at: z.int(), by: personIdShape });
const costShape = moneyShape.min(0);

/** The order that a draft says; null for another kind, and for one that was thrown away. */
export function readOrder({ id, kind, content, at }: KnownDraft): Order | null {
  const { supplier, note, begun, ordered, closed, discarded } = content.fields;
  if (kind !== 'order' || discarded === true) return null;
  return {
    ...{ id, at },
    supplier: textOf(supplier, ORDER_SUPPLIER_MAX),
    note: textOf(note, ORDER_NOTE_MAX),
    begun: markShape.safeParse(begun).data ?? { at, by: SERVER_PERSON },
    ordered: markShape.safeParse(ordered).data ?? null,
    closed: markShape.safeParse(closed).data ?? null,
    lines: content.rows.flatMap((row) => readLine(row) ?? []),
  };
}

/** Two who take away while apart leave one: a counted amount never takes a line away. */
function readLine({ key, amount, fields, mark, by }: DraftRow): OrderLine | null {
  const product = productIdShape.safeParse(fields.productId);
  if (!product.success) return null;
  return {
    ...{ key, productId: product.data, quantity: within(amount), counted: amount },
    unitCost: costShape.safeParse(fields.unitCost).data ?? null,
    note: textOf(fields.note, ORDER_LINE_NOTE_MAX),
    mark: mark === null ? null : { kind: mark, by: [...new Set(by)] },
  };
}

/** The quantity that a line says, in smallest units, whatever its draft counts. */
function within(amount: number): number {
  return Math.min(Math.max(1, amount), QUANTITY_MAX);
}

/** What puts goods on an order: more of a line that is there, or a line behind the others. */
export function addLineOps(lines: readonly OrderLine[], wishes: readonly OrderWish[], newKey: () => string): DraftOp[] {
  const known = new Map(lines.map((line) => [line.productId, { key: line.key, short: line.quantity - line.counted }]));
  return wishes.map(({ productId, quantity, unitCost }, place): DraftOp => {
    const line = known.get(productId);
    if (line === undefined) {
      const [key, order, amount] = [newKey(), lines.length + place + 1, within(quantity)];
      return { op: 'add', key, order, amount, fields: { productId, unitCost } };
    }
    known.set(productId, { ...line, short: 0 });
    return { op: 'amount', key: line.key, by: quantity + line.short };
  });
}

/** What changes a line, and nothing of it that stays as it is. */
export function changeLineOps(
  line: OrderLine,
  change: Partial<Pick<OrderLine, 'quantity' | 'unitCost' | 'note'>>,
): DraftOp[] {
  const { key } = line;
  const { quantity = line.quantity, unitCost = line.unitCost, note = line.note } = change;
  return [
    ...(quantity === line.quantity ? [] : [{ op: 'amount' as const, key, by: within(quantity) - line.counted }]),
    ...(unitCost === line.unitCost ? [] : [{ op: 'field' as const, key, field: 'unitCost', value: unitCost }]),
    ...(note === line.note ? [] : [{ op: 'field' as const, key, field: 'note', value: note }]),
  ];
}

function textOf(value: unknown, length: number): string {
  return typeof value === 'string' ? value.slice(0, length) : '';
}
