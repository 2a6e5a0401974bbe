import { type BranchId, branchScope, type DeviceId, type ProductId } from '../../schema/ids.ts';
import { counterOf, emptyStock, type Stock, stockId } from '../../schema/stock/counter.ts';
import type { StockEffect } from '../../schema/stock/effect.ts';
import { coverUpTo, foldEffect, foldIntoBase, forgetDevices, retireDevice } from '../../schema/stock/fold.ts';
import type { WriteTx } from '../store/store.ts';
import type { LeftStock } from './known-stock.ts';

/**
 * The stock that one transaction touches, folded in memory and written once per product at its end: two hundred sales of one
 * product are one change, and only one device's counter moved.
 */
export interface StockBook {
  /** Folds an entry's effects into its device's counters. False, and nothing folded, when one would leave the safe integers. */
  fold(deviceId: DeviceId, seq: number, effects: readonly StockEffect[]): Promise<boolean>;
  /** Counts an entry of a retired device. False as above. */
  foldIntoBase(deviceId: DeviceId, seq: number, effects: readonly StockEffect[]): Promise<boolean>;
  /** Says that a device's entry on these products is counted elsewhere: its counters cover it from now on. */
  cover(deviceId: DeviceId, seq: number, effects: readonly StockEffect[]): Promise<void>;
  /** Moves a device's counters into the base of every product that it ever moved, and drops the empty counters of `forgotten` ones there. */
  retire(deviceId: DeviceId, forgotten: ReadonlySet<DeviceId>): Promise<void>;
  /** In minus out of one document, with all that this transaction moved. */
  sumOf(productId: ProductId): Promise<number>;
  /** Writes what changed. */
  flush(): Promise<void>;
  /** Stock documents as they are now, which then need not be read; first of all. They are the book's own from then on. */
  recall(stock: Map<ProductId, Stock>): void;
  /** Every document that was looked at, and the place of the last that was written; null where none was. */
  left(): LeftStock | null;
}

export interface StockBookPlace {
  readonly branch: BranchId;
  /** The epoch in which a product's first stock document is made. */
  readonly epoch: number;
}

/** Stock documents read at once when a device retires. */
const PAGE = 1_000;

type Change = (stock: Stock, effect: StockEffect) => Stock;

export function createStockBook(tx: WriteTx, { branch, epoch }: StockBookPlace): StockBook {
  let held = new Map<ProductId, Stock>();
  let lastSeq: number | null = null;
  /** Per product the device whose counter moved; null where more changed than that. */
  const movers = new Map<ProductId, DeviceId | null>();
  const load = async (productId: ProductId): Promise<Stock> => {
    const known = held.get(productId);
    if (known) return known;
    const stored = await tx.document('stock', stockId(branch, productId));
    const stock = stored ? (JSON.parse(stored.json) as Stock) : emptyStock(branch, productId, epoch);
    // One that there is not is made in the epoch that it is made in.
    if (stored) held.set(productId, stock);
    return stock;
  };
  const keep = (stock: Stock, mover: DeviceId | null): void => {
    const { productId } = stock;
    held.set(productId, stock);
    movers.set(productId, movers.has(productId) && movers.get(productId) !== mover ? null : mover);
  };
  const change = async (effects: readonly StockEffect[], mover: DeviceId | null, act: Change): Promise<boolean> => {
    const next: Stock[] = [];
    for (const effect of effects) next.push(act(await load(effect.productId), effect));
    if (!next.every((stock) => isExact(stock, mover))) return false;
    for (const stock of next) keep(stock, mover);
    return true;
  };
  const retire = async (deviceId: DeviceId, forgotten: ReadonlySet<DeviceId>): Promise<void> => {
    const scope = branchScope(branch);
    const end = (await tx.place(scope)).seq;
    for (let after = 0; after < end; ) {
      const page = await tx.documentsAfter('stock', { scope, after, limit: PAGE });
      for (const { json } of page) {
        const { productId } = JSON.parse(json) as Stock;
        const stock = await load(productId);
        const retired = retireDevice(stock, deviceId);
        if (retired !== stock) keep(forgetDevices(retired, forgotten), null);
      }
      after = page.at(-1)?.seq ?? end;
    }
  };
  const flush = async (): Promise<void> => {
    for (const [productId, mover] of movers) {
      const stock = held.get(productId) as Stock;
      const document = { id: stock.id, scope: branchScope(branch), json: JSON.stringify(stock) };
      lastSeq = await tx.putDocument('stock', mover === null ? document : { ...document, movedBy: mover });
    }
    movers.clear();
  };
  return {
    fold: (deviceId, seq, effects) =>
      change(effects, deviceId, (stock, effect) => foldEffect(stock, deviceId, seq, effect)),
    foldIntoBase: (deviceId, seq, effects) =>
      change(effects, null, (stock, effect) => foldIntoBase(stock, deviceId, seq, effect)),
    cover: async (deviceId, seq, effects) => {
      await change(effects, deviceId, (stock) => coverUpTo(stock, deviceId, seq));
    },
    retire,
    sumOf: async (productId) => sumOf(await load(productId)),
    flush,
    recall: (stock) => {
      held = stock;
    },
    left: () => (lastSeq === null ? null : { seq: lastSeq, stock: held }),
  };
}

function sumOf({ base, counters }: Stock): number {
  return Object.values(counters).reduce((sum, { in: units, out }) => sum + units - out, base.in - base.out);
}

function isExact(stock: Stock, mover: DeviceId | null): boolean {
  const { in: units, out } = mover === null ? stock.base : counterOf(stock, mover);
  return Number.isSafeInteger(units) && Number.isSafeInteger(out);
}
