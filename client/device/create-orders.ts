import { type DraftId, ORDER_ID_PREFIX } from '../../schema/draft.ts';
import { cartIdShape } from '../../schema/ids.ts';
import type { DeviceIdentity } from '../../schema/protocol/enrol.ts';
import { fail, ok, type Result } from '../../schema/result.ts';
import { orderArrivals } from '../../schema/stock/order-arrival.ts';
import type { DraftOp } from '../drafts/draft-content.ts';
import {
  addLineOps,
  changeLineOps,
  ORDER_FIELDS,
  ORDER_LINE_NOTE_MAX,
  ORDER_LINES_MAX,
  ORDER_NOTE_MAX,
  ORDER_SUPPLIER_MAX,
  readOrder,
} from '../drafts/order-draft.ts';
import type { CompanyBook } from '../store/company-book.ts';
import type { DeliveryBook } from '../store/delivery-book.ts';
import type { DraftBook } from '../store/draft-book.ts';
import { createMutex } from '../store/mutex.ts';
import type { StockBook } from '../store/stock-book.ts';
import type { Catalogue, Till } from './device.ts';
import type { HoldFault } from './drafts.ts';
import type { Live } from './live.ts';
import type { Delivery, Order, OrderArrived, OrderMark, Orders } from './orders.ts';
import { proposeOrders } from './propose-orders.ts';

export interface OrdersDeps {
  readonly identity: Pick<DeviceIdentity, 'till'>;
  readonly active: Live<boolean>;
  readonly draftBook: DraftBook;
  readonly deliveryBook: Pick<DeliveryBook, 'readAll' | 'of'>;
  readonly catalogue: Pick<Catalogue, 'all'>;
  readonly stockBook: Pick<StockBook, 'onHand'>;
  readonly company: Pick<CompanyBook, 'person'>;
  readonly till: Pick<Till, 'receive'>;
  readonly version: Live<number>;
  readonly clock: () => number;
  readonly newId: () => string;
}

/** Lines of one change: it stays far below what a row may be. */
const LINES_PER_CHANGE = 100;

/** The purchase orders of one open device. */
export function createOrders(deps: OrdersDeps): Orders {
  const { draftBook: book, identity } = deps;
  /** Amounts are counted up from what stands there: the next change is made of what the one before it left. */
  const inTurn = createMutex();
  const list = () => book.drafts().flatMap((draft) => readOrder(draft) ?? []);
  const order = (id: DraftId) => {
    const draft = book.draft(id);
    return draft ? readOrder(draft) : null;
  };
  const write = async (id: DraftId, ops: readonly DraftOp[], discards = false): Promise<Result<null, HoldFault>> => {
    if (!deps.active.get()) return fail('not-active');
    return book.change(id, ops, identity.till, { kind: 'order', discards }).then(
      () => ok(null),
      () => fail('not-written' as const),
    );
  };
  const set = (id: DraftId, field: keyof typeof ORDER_FIELDS, value: unknown) =>
    write(id, [{ op: 'set', field: ORDER_FIELDS[field], value }]);
  const mark = (): OrderMark | null => {
    const by = deps.company.person.get()?.person;
    return by ? { at: deps.clock(), by } : null;
  };
  const received = async (orders: readonly Order[]) => {
    await deps.deliveryBook.readAll();
    return new Map(orders.map((one) => [one.id, arrivedOf(one, deps.deliveryBook.of(one.id))]));
  };
  const receivedOf = async (one: Order) => (await received([one])).get(one.id) ?? arrivedOf(one, []);
  return {
    version: deps.version,
    list,
    received,
    receivedOf,
    begin: async (supplier) => {
      const id = `${ORDER_ID_PREFIX}${deps.newId()}` as DraftId;
      const fields = { supplier: cut(supplier, ORDER_SUPPLIER_MAX), begun: mark() };
      const done = await write(
        id,
        Object.entries(fields).map(([field, value]) => ({ op: 'set', field, value })),
      );
      return done.ok ? ok(id) : done;
    },
    setSupplier: (id, supplier) => set(id, 'supplier', cut(supplier, ORDER_SUPPLIER_MAX)),
    setNote: (id, note) => set(id, 'note', cut(note, ORDER_NOTE_MAX)),
    add: (id, wishes) =>
      inTurn(async () => {
        const lines = order(id)?.lines ?? [];
        const ops = addLineOps(lines, wishes, deps.newId);
        if (lines.length + ops.filter(({ op }) => op === 'add').length > ORDER_LINES_MAX) return fail('full');
        for (let from = 0; from < ops.length; from += LINES_PER_CHANGE) {
          const done = await write(id, ops.slice(from, from + LINES_PER_CHANGE));
          if (!done.ok) return done;
        }
        return ok(null);
      }),
    changeLine: (id, key, { note, ...change }) =>
      inTurn(async () => {
        const line = order(id)?.lines.find((one) => one.key === key);
        if (!line) return fail('gone');
        const cutNote = note === undefined ? {} : { note: cut(note, ORDER_LINE_NOTE_MAX) };
        const ops = changeLineOps(line, { ...change, ...cutNote });
        return ops.length === 0 ? ok(null) : write(id, ops);
      }),
    keepLine: (id, key) => write(id, [{ op: 'keep', key }]),
    removeLine: (id, key) => write(id, [{ op: 'remove', key }]),
    setOrdered: (id, ordered) => set(id, 'ordered', ordered ? mark() : null),
    setClosed: (id, closed) => set(id, 'closed', closed ? mark() : null),
    discard: (id) => write(id, [{ op: 'set', field: ORDER_FIELDS.discarded, value: true }], true),
    restore: (id) => set(id, 'discarded', false),
    receive: ({ id, supplier }, { reference, lines }) => {
      const body = {
        reference: cut(reference, 120),
        ...(supplier ? { supplier } : {}),
        order: cartIdShape.parse(id),
        lines: lines.map(({ productId, quantity, unitCost }) => {
          return { productId, quantity, ...(unitCost === null ? {} : { unitCost }) };
        }),
      };
      return deps.till.receive(body as never);
    },
    proposals: (standing) => proposeOrders(deps.catalogue.all(), deps.stockBook.onHand, standing, lastCosts(list())),
    lastCost: (product) => lastCosts(list()).get(product) ?? null,
  };
}

/** What was expected of each product on the newest order that says so. */
function lastCosts(orders: readonly Order[]) {
  const oldest = orders.toSorted((left, right) => left.begun.at - right.begun.at);
  return new Map(
    oldest.flatMap(({ lines }) =>
      lines.flatMap(({ productId, unitCost }) => (unitCost === null ? [] : [[productId, unitCost] as const])),
    ),
  );
}

function arrivedOf({ lines }: Order, deliveries: readonly Delivery[]): OrderArrived {
  const delivered = deliveries.flatMap((delivery) => delivery.lines);
  const newest = deliveries.toSorted((left, right) => right.at - left.at || (left.entry < right.entry ? 1 : -1));
  return { arrivals: orderArrivals(lines, delivered), deliveries: newest };
}

function cut(text: string, length: number): string {
  return text.trim().slice(0, length).toWellFormed();
}
