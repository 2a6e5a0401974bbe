import type { BranchId, DeviceId, ProductId } from '../../schema/ids.ts';
import { branchScope } from '../../schema/ids.ts';
import { emptyStock, type Stock, stockId } from '../../schema/stock/counter.ts';
import type { StockEffect } from '../../schema/stock/effect.ts';
import { foldEffect } from '../../schema/stock/fold.ts';
import type { WriteTx } from '../store/store.ts';

/**
 * The stock that one transaction touches, folded in memory and written once per product at its end: two hundred sales of one
 * product are one change, and only one device's counter moved.
 */
export interface StockBook {
  /** Folds an entry's effects. False, and nothing folded, when a counter would leave the safe integers. */
  fold(seq: number, effects: readonly StockEffect[]): Promise<boolean>;
  /** Writes what changed. */
  flush(): Promise<void>;
}

export interface StockBookPlace {
  readonly branch: BranchId;
  readonly deviceId: DeviceId;
  /** The epoch in which a product's first stock document is made. */
  readonly epoch: number;
}

export function createStockBook(tx: WriteTx, { branch, deviceId, epoch }: StockBookPlace): StockBook {
  const held = new Map<ProductId, Stock>();
  const changed = new Set<ProductId>();
  const load = async (productId: ProductId): Promise<Stock> => {
    const known = held.get(productId);
    if (known) return known;
    const stored = await tx.document('stock', stockId(branch, productId));
    return stored ? (JSON.parse(stored.json) as Stock) : emptyStock(branch, productId, epoch);
  };
  const fold = async (seq: number, effects: readonly StockEffect[]): Promise<boolean> => {
    const next: Stock[] = [];
    for (const effect of effects) next.push(foldEffect(await load(effect.productId), deviceId, seq, effect));
    if (!next.every((stock) => isSafeCounter(stock, deviceId))) return false;
    for (const stock of next) {
      held.set(stock.productId, stock);
      changed.add(stock.productId);
    }
    return true;
  };
  const flush = async (): Promise<void> => {
    for (const productId of changed) {
      const stock = held.get(productId) as Stock;
      const json = JSON.stringify(stock);
      await tx.putDocument('stock', { id: stock.id, scope: branchScope(branch), json, movedBy: deviceId });
    }
  };
  return { fold, flush };
}

function isSafeCounter(stock: Stock, deviceId: DeviceId): boolean {
  const counter = stock.counters[deviceId];
  return counter === undefined || (Number.isSafeInteger(counter.in) && Number.isSafeInteger(counter.out));
}
