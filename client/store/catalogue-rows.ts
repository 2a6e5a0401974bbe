import type { ProductId } from '../../schema/ids.ts';
import type { Product } from '../../schema/product.ts';
import { SOME_ROWS } from './lazy-products.ts';
import { LazyRow } from './product-search.ts';
import type { ServedProducts } from './served-products.ts';

/** What lists and searches look at, a row for each product: made for one that is asked for, and for all some at a time, or at once with the first question about all. */
export interface CatalogueRows {
  /** Forgets all: rows are made of the products as they are when somebody asks. */
  begin(): void;
  of(id: ProductId): LazyRow | undefined;
  /** The same for one that is in hand as it is served: it need not be looked for. */
  ofServed(product: Product): LazyRow | undefined;
  set(id: ProductId, row: LazyRow): void;
  delete(id: ProductId): void;
  /** Makes some more of all, with what they are sorted by; false when there is none left to make. */
  makeSome(): boolean;
  /** In the order in which their products came, whichever was asked for before. */
  all(): Iterable<LazyRow>;
  /** All products by their names and categories, in the same order, without making a row: prices may be those of another branch. */
  eachProduct(act: (product: Product) => void): void;
}

/** Of each of `served` what `seen` makes of it. */
export function createCatalogueRows(
  served: Pick<ServedProducts, 'get' | 'settle'>,
  seen: (product: Product) => Product,
): CatalogueRows {
  let made = new Map<ProductId, LazyRow>();
  let isWhole = true;
  let unmade: Iterator<[ProductId, Product], undefined> | null = null;
  const make = (id: ProductId, product: Product) => {
    const row = new LazyRow(seen(product));
    made.set(id, row);
    return row;
  };
  const makeAll = () => {
    const before = made;
    made = new Map();
    for (const [id, product] of served.settle()) {
      const row = before.get(id);
      if (row) made.set(id, row);
      else make(id, product);
    }
    // What only an own edit makes.
    for (const [id, row] of before) made.set(id, row);
    isWhole = true;
  };
  const makeSome = () => {
    if (isWhole) return false;
    unmade ??= served.settle().entries();
    for (let count = 0; count < SOME_ROWS; count += 1) {
      const { value } = unmade.next();
      if (!value) return false;
      const [id, product] = value;
      void (made.get(id) ?? make(id, product)).place;
    }
    return true;
  };
  const ofRow = (product: Product) => made.get(product.id)?.product ?? product;
  return {
    begin: () => {
      made.clear();
      unmade = null;
      isWhole = false;
    },
    ofServed: (product) => made.get(product.id) ?? (isWhole ? undefined : make(product.id, product)),
    of: (id) => {
      const row = made.get(id);
      const product = row || isWhole ? undefined : served.get(id);
      return product ? make(id, product) : row;
    },
    set: (id, row) => void made.set(id, row),
    delete: (id) => void made.delete(id),
    makeSome,
    all: () => {
      if (!isWhole) makeAll();
      return made.values();
    },
    eachProduct: (act) => {
      const seenOf = made.size === 0 ? (product: Product) => product : ofRow;
      const all = served.settle();
      if (!isWhole) for (const product of all.values()) act(seenOf(product));
      for (const [id, { product }] of made) if (isWhole || !all.has(id)) act(product);
    },
  };
}
