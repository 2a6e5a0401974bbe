import { type Edit, overlayEdits } from '../../schema/edit.ts';
import { type BranchId, COMPANY_SCOPE, type ProductId } from '../../schema/ids.ts';
import { asSoldIn, type Product, productShape } from '../../schema/product.ts';
import type { Catalogue } from '../device/device.ts';
import type { Timers } from '../device/device-deps.ts';
import { createLive } from '../device/live.ts';
import { createBarcodes } from './barcodes.ts';
import { type CatalogueRows, createCatalogueRows } from './catalogue-rows.ts';
import { firstByName } from './first-by-name.ts';
import type { Layers } from './log/stored-docs.ts';
import { LazyRow, type SearchList, type SearchRow, searchList, searchRows } from './product-search.ts';
import { createServedProducts } from './served-products.ts';
import { createVocabulary } from './vocabulary.ts';

/** The catalogue with the ways to fill it. */
export interface CatalogueBook extends Catalogue {
  /** All products, one page after the other; the first forgets what was there. */
  load(products: readonly Product[], isFirst?: boolean): void;
  /** All products as they lie in the log, at a start: each is read when it is asked for, and all of them a moment later, some at a time. */
  lay(layers: Layers<Product>): void;
  /** Products as the server now has them. */
  put(products: readonly Product[]): void;
  /** Products that the server's history does not have. */
  remove(ids: readonly string[]): void;
  /** Products that are sold out of shares, as the server has them. */
  limited(): ReadonlySet<ProductId>;
  /** A product as the server has it, without pending edits. */
  serverProduct(id: ProductId): Product | undefined;
  /** Lays the pending edits over these products again; one that only an own edit makes is there as long as that edit is. */
  refresh(ids: readonly string[]): void;
  stop(): void;
}

/** `pendingFor` gives the edits of a product that its document does not hold yet, in order. Prices shown are those of `branch`. */
export function createCatalogue(
  timers: Timers,
  pendingFor: (id: string) => readonly Pick<Edit, 'patch'>[],
  branch: BranchId,
): CatalogueBook {
  const served = createServedProducts();
  const rows = createCatalogueRows(served, (product) =>
    asSoldIn(overlayEdits(product, pendingFor(product.id)), branch),
  );
  /** Makes what a start left for later, some at a time: false when nothing is left. */
  const makeSome = () => served.readSome() || rows.makeSome();
  const vocabulary = createVocabulary(timers, rows.all, makeSome);
  const barcodes = createBarcodes();
  const limited = new Set<ProductId>();
  const version = createLive(0);
  let sorted: SortedRows | null = null;
  let counted: Counted | null = null;

  const shown = function* () {
    for (const { product } of rows.all()) yield product;
  };
  const disturb = () => {
    sorted = null;
    counted = null;
  };
  /** Gives the row when its name is a new one. */
  const show = (product: Product, held: LazyRow | undefined): SearchRow | null => {
    served.settle();
    const seen = asSoldIn(overlayEdits(product, pendingFor(product.id)), branch);
    barcodes.change(held?.product, seen);
    if (held && sameOrder(held.product, seen)) {
      // In place, so that a new price costs no sorting.
      held.become(seen);
      return null;
    }
    const row = new LazyRow(seen);
    rows.set(product.id, row);
    disturb();
    return row;
  };
  const serve = (product: Product) => {
    served.set(product);
    if (product.limited && product.active) limited.add(product.id);
    else limited.delete(product.id);
  };
  const hide = (id: ProductId) => {
    const row = rows.of(id);
    if (row) barcodes.change(row.product, { ...row.product, active: false });
    rows.delete(id);
    disturb();
  };
  const edited = (id: ProductId) => {
    const product = rows.of(id) ? (served.get(id) ?? madeProduct(id, pendingFor)) : undefined;
    return product && overlayEdits(product, pendingFor(id));
  };
  const sortedRows = () => {
    sorted ??= sortRows(rows.all());
    return sorted;
  };
  const counts = () => {
    counted ??= countedOf(served.lazy()?.counts() ?? countProducts(rows.eachProduct));
    return counted;
  };
  const firstOf = (limit: number) => served.lazy()?.first(limit) ?? firstByName(rows.eachProduct, limit);
  const byName = (category: string, limit: number): readonly Product[] => {
    if (category === '' && sorted === null && limit <= FIRST_MAX)
      return firstOf(limit).flatMap((product) => rows.ofServed(product)?.product ?? []);
    return (listOf(category)?.rows ?? []).slice(0, limit).map((row) => row.product);
  };
  const listOf = (category: string) => (category === '' ? sortedRows().all : sortedRows().byCategory.get(category));
  const begin = () => {
    rows.begin();
    vocabulary.begin();
    disturb();
    barcodes.begin(shown);
    version.set(version.get() + 1);
  };
  return {
    version,
    load: (products, isFirst = true) => {
      if (isFirst) for (const held of [served, limited]) held.clear();
      for (const product of products) serve(product);
      begin();
    },
    lay: (layers) => {
      served.lay(layers);
      limited.clear();
      for (const id of served.lazy()?.limited() ?? []) limited.add(id);
      begin();
    },
    put: (products) => {
      const named: SearchRow[] = [];
      for (const product of products) {
        const held = rows.of(product.id);
        serve(product);
        const row = show(product, held);
        if (row) named.push(row);
      }
      vocabulary.add(named);
      version.set(version.get() + 1);
    },
    remove: (ids) => {
      for (const id of ids as readonly ProductId[]) {
        hide(id);
        served.delete(id);
        limited.delete(id);
      }
      version.set(version.get() + 1);
    },
    refresh: (ids) => {
      const seen = (ids as readonly ProductId[]).map(
        (id) => [id, served.get(id) ?? madeProduct(id, pendingFor)] as const,
      );
      for (const [id, product] of seen) if (!product) hide(id);
      counted = null;
      vocabulary.add(seen.flatMap(([id, product]) => (product ? (show(product, rows.of(id)) ?? []) : [])));
      version.set(version.get() + 1);
    },
    limited: () => limited,
    serverProduct: (id) => served.get(id),
    count: () => counts().active,
    product: (id) => rows.of(id)?.product,
    edited,
    all: () => [...rows.all()].flatMap(({ product }) => edited(product.id) ?? []),
    byBarcode: (barcode) => {
      const lazy = served.lazy();
      return rows.of((lazy ? lazy.byBarcode(barcode) : barcodes.find(barcode)) as ProductId)?.product;
    },
    search: (text, { category, limit }) => {
      if (text.trim() === '') return byName(category, limit);
      const among = listOf(category);
      return among ? searchRows(among, vocabulary, text, limit) : [];
    },
    categories: () => counts().categories,
    readOut: async () => {
      while (makeSome()) await new Promise<void>((resolve) => timers.after(0, resolve));
    },
    stop: vocabulary.stop,
  };
}

/** What the server gives a document that it makes, in a shop that was never restored. A sale that names it is at most flagged. */
const FIRST_REVISION = { epoch: 1, n: 1 };

/** A product that the server does not have yet, as the edits that make it say it. */
function madeProduct(id: ProductId, pendingFor: (id: string) => readonly Pick<Edit, 'patch'>[]): Product | undefined {
  const pending = pendingFor(id);
  if (pending.length === 0) return undefined;
  return productShape.safeParse(overlayEdits({ id, scope: COMPANY_SCOPE, rev: FIRST_REVISION }, pending)).data;
}

/** True when both stand at the same place in every list, and are found by the same texts. */
function sameOrder(left: Product, right: Product): boolean {
  const fields = ['name', 'active', 'category', 'sku'] as const;
  return fields.every((field) => left[field] === right[field]) && left.barcodes.join(' ') === right.barcodes.join(' ');
}

interface SortedRows {
  readonly all: SearchList;
  readonly byCategory: ReadonlyMap<string, SearchList>;
}

/** So few of all products are looked for without sorting all. */
const FIRST_MAX = 500;

/** Active products by name; made again only after a change, at the next read. */
function sortRows(rows: Iterable<SearchRow>): SortedRows {
  const all = [...rows].filter((row) => row.product.active).sort((left, right) => (left.place < right.place ? -1 : 1));
  const grouped = Map.groupBy(all, (row) => row.product.category);
  const byCategory = new Map([...grouped].map(([category, members]) => [category, searchList(members)]));
  return { all: searchList(all), byCategory };
}

interface Counted {
  readonly active: number;
  readonly categories: ReturnType<Catalogue['categories']>;
}

function countProducts(eachProduct: CatalogueRows['eachProduct']): ReadonlyMap<string, number> {
  const byCategory = new Map<string, number>();
  eachProduct(({ active, category }) => {
    if (active) byCategory.set(category, (byCategory.get(category) ?? 0) + 1);
  });
  return byCategory;
}

function countedOf(byCategory: ReadonlyMap<string, number>): Counted {
  const categories = [...byCategory]
    .map(([category, count]) => ({ category, count }))
    .filter(({ count }) => count > 0)
    .sort((left, right) => (left.category < right.category ? -1 : 1));
  return { active: categories.reduce((sum, { count }) => sum + count, 0), categories };
}
