import type { DraftId } from '../../schema/draft.ts';
import type { DeviceEntry } from '../../schema/entry/entry.ts';
import type { DeviceId, EntryId, PersonId, ProductId } from '../../schema/ids.ts';
import type { Money } from '../../schema/money.ts';
import type { Result } from '../../schema/result.ts';
import { isAllHere, type OrderArrival } from '../../schema/stock/order-arrival.ts';
import type { SellFault } from './device.ts';
import type { HoldFault, LineMark } from './drafts.ts';
import type { Live } from './live.ts';

/** What is wanted of one product. */
export interface OrderWish {
  readonly productId: ProductId;
  /** In smallest units; 1 or more. */
  readonly quantity: number;
  /** What one unit is expected to cost, for the unit that the price is for; null where nobody knows. */
  readonly unitCost: Money | null;
}

export interface OrderLine extends OrderWish {
  readonly key: string;
  /** What its draft counts: less than 1 where two took away while apart; the quantity is what is ordered. */
  readonly counted: number;
  readonly note: string;
  /** Two changed it while apart: a person looks at it. */
  readonly mark: LineMark | null;
}

/** Who did it, and when by the clock of that device. */
export interface OrderMark {
  readonly at: number;
  readonly by: PersonId;
}

/** What is wanted of a supplier: a draft that merges. What arrives of it are entries. */
export interface Order {
  readonly id: DraftId;
  readonly supplier: string;
  readonly note: string;
  readonly lines: readonly OrderLine[];
  readonly begun: OrderMark;
  /** It went to the supplier; null while it is being written. */
  readonly ordered: OrderMark | null;
  /** Nothing more is waited for; null while something is. */
  readonly closed: OrderMark | null;
  /** Server time of the last change, or the device time of the last own one. */
  readonly at: number;
}

/** Goods that came for an order, as the entry says. */
export interface Delivery {
  readonly entry: EntryId;
  readonly device: DeviceId;
  readonly person: PersonId;
  /** Clock of that device. */
  readonly at: number;
  readonly reference: string;
  readonly lines: readonly OrderWish[];
}

/** What came of an order so far, as far as this device has heard. */
export interface OrderArrived {
  readonly arrivals: readonly OrderArrival[];
  /** Newest first. */
  readonly deliveries: readonly Delivery[];
}

/** `received` follows from the entries: nobody has to say it. */
export type OrderState = 'open' | 'ordered' | 'received' | 'closed';

/** Orders of this branch by its managers, each of them offline for as long as they like. */
export interface Orders {
  /** A new number whenever anything here would answer differently. */
  readonly version: Live<number>;
  /** Newest change first. */
  list(): readonly Order[];
  begin(supplier: string): Promise<Result<DraftId, HoldFault>>;
  setSupplier(id: DraftId, supplier: string): Promise<Result<null, HoldFault>>;
  setNote(id: DraftId, note: string): Promise<Result<null, HoldFault>>;
  /** Puts goods on an order; more of what stands there already. `full` when not all have room: then none was put. */
  add(id: DraftId, wishes: readonly OrderWish[]): Promise<Result<null, HoldFault | 'full'>>;
  changeLine(
    id: DraftId,
    key: string,
    change: Partial<Pick<OrderLine, 'quantity' | 'unitCost' | 'note'>>,
  ): Promise<Result<null, HoldFault>>;
  /** Says of a line that two changed that it is right as it is. */
  keepLine(id: DraftId, key: string): Promise<Result<null, HoldFault>>;
  removeLine(id: DraftId, key: string): Promise<Result<null, HoldFault>>;
  setOrdered(id: DraftId, ordered: boolean): Promise<Result<null, HoldFault>>;
  setClosed(id: DraftId, closed: boolean): Promise<Result<null, HoldFault>>;
  /** Throws an order away. What arrived for it stays in the journals. */
  discard(id: DraftId): Promise<Result<null, HoldFault>>;
  restore(id: DraftId): Promise<Result<null, HoldFault>>;
  /** What came of each of these orders. */
  received(orders: readonly Order[]): Promise<ReadonlyMap<DraftId, OrderArrived>>;
  receivedOf(order: Order): Promise<OrderArrived>;
  /** Takes goods in that came for an order: they are in the stock from then on. */
  receive(
    order: Order,
    delivery: { readonly reference: string; readonly lines: readonly OrderWish[] },
  ): Promise<Result<DeviceEntry, SellFault>>;
  /** Products at their reorder level or below it that stand on none of these orders, by name: as much as makes twice the level. */
  proposals(standing: readonly Order[]): readonly OrderWish[];
  /** What a product was expected to cost on the newest order that has it. */
  lastCost(product: ProductId): Money | null;
}

/** How an order stands; undefined arrivals have not been read yet. */
export function orderState(order: Order, arrived: OrderArrived | undefined): OrderState {
  if (order.closed) return 'closed';
  if (arrived && isAllHere(arrived.arrivals)) return 'received';
  return order.ordered ? 'ordered' : 'open';
}
