import type { ProductId } from '../../schema/ids.ts';
import type { Product } from '../../schema/product.ts';
import { createLazyProducts, type LazyProducts } from './lazy-products.ts';
import type { Layers } from './log/stored-docs.ts';

/** Products as the server has them, by id: behind a start as they lie in the log, until somebody goes through all of them or changes one. */
export interface ServedProducts {
  /** Forgets what was there: these are all there are. */
  lay(layers: Layers<Product>): void;
  /** There as long as not all of them are asked for. */
  lazy(): LazyProducts | null;
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
  const settle = () => {
    const unsettled = lazy;
    lazy = null;
    for (const product of unsettled?.all() ?? []) products.set(product.id, product);
    return products;
  };
  const clear = () => {
    lazy = null;
    products.clear();
  };
  return {
    lay: (layers) => {
      clear();
      lazy = createLazyProducts(layers);
    },
    lazy: () => lazy,
    settle,
    get: (id) => (lazy ? lazy.get(id) : products.get(id)),
    set: (product) => void settle().set(product.id, product),
    delete: (id) => void settle().delete(id),
    clear,
  };
}
