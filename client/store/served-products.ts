import type { ProductId } from '../../schema/ids.ts';
import type { Product } from '../../schema/product.ts';
import { createLazyProducts, type LazyProducts, SOME_ROWS } from './lazy-products.ts';
import type { Layers } from './log/stored-docs.ts';

/** Products as the server has them, by id: behind a start as they lie in the log, until somebody goes through all of them or changes one. */
export interface ServedProducts {
  /** Forgets what was there: these are all there are. */
  lay(layers: Layers<Product>): void;
  /** There as long as not all of them are asked for. */
  lazy(): LazyProducts | null;
  /** Reads some more; false when all are in hand. */
  readSome(): boolean;
  /** From now on all of them are in hand. */
  settle(): ReadonlyMap<ProductId, Product>;
  get(id: ProductId): Product | undefined;
  set(product: Product): void;
  delete(id: ProductId): void;
  clear(): void;
}

export function createServedProducts(): ServedProducts {
  const products = new Map<ProductId, Product>();
  let lazy: LazyProducts | null = null;
  let unread: Iterator<Product, void> | null = null;
  const read = (most: number) => {
    for (let count = 0; unread && count < most; count += 1) {
      const { value } = unread.next();
      if (value) products.set(value.id, value);
      else lazy = unread = null;
    }
  };
  const settle = () => {
    read(Number.POSITIVE_INFINITY);
    return products;
  };
  const clear = () => {
    lazy = unread = null;
    products.clear();
  };
  return {
    lay: (layers) => {
      clear();
      lazy = createLazyProducts(layers);
      unread = lazy.all();
    },
    lazy: () => lazy,
    readSome: () => {
      read(SOME_ROWS);
      return lazy !== null;
    },
    settle,
    get: (id) => (lazy ? lazy.get(id) : products.get(id)),
    set: (product) => void settle().set(product.id, product),
    delete: (id) => void settle().delete(id),
    clear,
  };
}
