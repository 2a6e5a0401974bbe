import type { ProductId, Scope } from '../../schema/ids.ts';
import type { Stock } from '../../schema/stock/counter.ts';
import type { ReadTx, Store } from '../store/store.ts';
import type { StockBook } from './stock-book.ts';

/** Stock documents remembered per branch: with a hundred tills some 10 MB. */
const KNOWN_MAX = 1_000;

/** Stock documents as one transaction left them, which made change `seq` of their scope its last. */
export interface LeftStock {
  readonly seq: number;
  readonly stock: Map<ProductId, Stock>;
}

const leftOf = new WeakMap<Store, Map<Scope, LeftStock>>();

/**
 * Hands the stock documents of one transaction on to the next, where nothing of the scope has changed between: the next sales are of the same
 * products. They are given once: what a transaction does to them is nobody else's before it is committed.
 */
export function knownStock(store: Store, scope: Scope) {
  const used: StockBook[] = [];
  return {
    /** At the start of a transaction. */
    recall: async (tx: ReadTx, book: StockBook): Promise<void> => {
      used.push(book);
      const left = leftOf.get(store)?.get(scope);
      leftOf.get(store)?.delete(scope);
      if (left !== undefined && left.seq === (await tx.place(scope)).seq) book.recall(left.stock);
    },
    /** Once it is committed. */
    keep: (): void => {
      const left = used.at(-1)?.left();
      if (!left || left.stock.size > KNOWN_MAX) return;
      const ofStore = leftOf.get(store) ?? new Map<Scope, LeftStock>();
      leftOf.set(store, ofStore.set(scope, left));
    },
  };
}
