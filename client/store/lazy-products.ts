import type { ProductId } from '../../schema/ids.ts';
import type { Product } from '../../schema/product.ts';
import { checksum } from './log/checksum.ts';
import { FIRSTS_MAX } from './log/page-index.ts';
import type { Layers } from './log/stored-docs.ts';
import { LazyRow } from './product-search.ts';

/** All products of a device as they lie in its log. One is read when it is asked for; what is asked of all is known without reading them. */
export interface LazyProducts {
  get(id: ProductId): Product | undefined;
  /** The last that claims it, in the order of {@link all}. */
  byBarcode(barcode: string): ProductId | undefined;
  /** Of each category, how many are sold. */
  counts(): ReadonlyMap<string, number>;
  /** The first by name, at most `limit`, of those that are sold; null where only reading all would tell. */
  first(limit: number): readonly Product[] | null;
  limited(): readonly ProductId[];
  /** In the order in which they came, one that was written again in its former place; {@link SOME_ROWS} are read with the first of them. */
  all(): Iterator<Product, void>;
}

/** Products read at once: two or three milliseconds. */
export const SOME_ROWS = 500;

/** A product, and which in the order of all it is. */
interface Placed {
  readonly product: Product;
  readonly place: number;
}

export function createLazyProducts({ pages, later }: Layers<Product>): LazyProducts {
  let total = 0;
  const placed = pages.map((page) => {
    const begin = total;
    total += page.said.count;
    const at = (number: number): Placed => ({ product: page.doc(number) as object as Product, place: begin + number });
    return { page, at, isWritten: (number: number) => written.has(begin + number) };
  });
  /** Products that were written behind the pages, and the places of those of them that a page holds as they were. */
  const over = new Map<ProductId, Placed>();
  const written = new Set<number>();
  const formers: Product[] = [];
  const find = (id: ProductId): Placed | undefined => {
    const sum = checksum(id);
    for (const { page, at } of placed)
      for (const number of page.find(sum)) {
        const one = at(number);
        if (one.product.id === id) return one;
      }
    return undefined;
  };
  for (const [number, product] of later.entries()) {
    const before = over.get(product.id) ?? find(product.id);
    const place = before?.place ?? total + number;
    over.set(product.id, { product, place });
    if (!before || place >= total || written.has(place)) continue;
    written.add(place);
    formers.push(before.product);
  }
  return {
    get: (id) => (over.get(id) ?? find(id))?.product,
    byBarcode: (barcode) => {
      const sum = checksum(barcode);
      const those = placed.flatMap(({ page, at, isWritten }) =>
        page.find(sum).flatMap((number) => (isWritten(number) ? [] : at(number))),
      );
      return [...those, ...over.values()]
        .filter(({ product: { active, barcodes } }) => active && barcodes.includes(barcode))
        .reduce<Placed | null>((last, one) => (last && last.place > one.place ? last : one), null)?.product.id;
    },
    counts: () => {
      const counts = new Map<string, number>();
      const add = (category: string, more: number) => counts.set(category, (counts.get(category) ?? 0) + more);
      for (const { said } of pages) for (const [category, count] of said.categories) add(category, count);
      for (const { active, category } of formers) if (active) add(category, -1);
      for (const { product } of over.values()) if (product.active) add(product.category, 1);
      return counts;
    },
    first: (limit) => {
      const lists: List[] = placed.map(({ page: { said }, at, isWritten }) => ({
        isCut: said.firsts.length === FIRSTS_MAX,
        rows: (function* () {
          for (const number of said.firsts) if (!isWritten(number)) yield asRow(at(number));
        })(),
      }));
      const more = [...over.values()].filter(({ product }) => product.active);
      const sorted = more.map(asRow).sort((left, right) => (isBefore(left, right) ? -1 : 1));
      return mergeFirst([...lists, { isCut: false, rows: sorted.values() }], limit);
    },
    limited: () => {
      const those = placed.flatMap(({ page, at, isWritten }) =>
        page.said.limited.flatMap((number) => (isWritten(number) ? [] : at(number))),
      );
      const more = [...over.values()].filter(({ product: { limited, active } }) => limited && active);
      return [...those, ...more].map(({ product }) => product.id);
    },
    all: function* () {
      const again = new Map([...over.values()].map((one) => [one.place, one.product]));
      for (const { page, at } of placed)
        for (let number = 0; number < page.said.count; number += 1) {
          if (number % SOME_ROWS === 0) page.readSome(SOME_ROWS);
          const { product, place } = at(number);
          yield again.get(place) ?? product;
        }
      for (const one of over.values()) if (one.place >= total) yield one.product;
    },
  };
}

interface PlacedRow {
  readonly row: LazyRow;
  readonly place: number;
}

function asRow({ product, place }: Placed): PlacedRow {
  return { row: new LazyRow(product), place };
}

/** Rows in order, each read when it is its turn. What follows in one that was cut nobody knows. */
interface List {
  readonly isCut: boolean;
  readonly rows: Iterator<PlacedRow>;
}

/** As sorting puts them: those of one name in the order in which they came. */
function isBefore(left: PlacedRow, right: PlacedRow): boolean {
  return left.row.place === right.row.place ? left.place < right.place : left.row.place < right.row.place;
}

function mergeFirst(lists: readonly List[], limit: number): readonly Product[] | null {
  /** Of each list the row that is next, in order. */
  const heads: { readonly list: List; readonly next: PlacedRow }[] = [];
  const found: Product[] = [];
  const advance = (list: List): boolean => {
    const next: PlacedRow | undefined = list.rows.next().value;
    if (!next) return !list.isCut;
    let at = 0;
    for (let head = heads[at]; head && isBefore(head.next, next); head = heads[at]) at += 1;
    heads.splice(at, 0, { list, next });
    return true;
  };
  if (!lists.every(advance)) return null;
  while (found.length < limit) {
    const head = heads.shift();
    if (!head) break;
    found.push(head.next.row.product);
    if (!advance(head.list)) return null;
  }
  return found;
}
