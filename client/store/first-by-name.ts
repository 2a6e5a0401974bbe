import type { Product } from '../../schema/product.ts';
import { LazyRow, type SearchRow } from './product-search.ts';

/**
 * The first products of a list by name, at most `limit`, as sorting all of them would give: a start shows these before it sorts. Most are past over
 * at their first letter.
 */
export function firstByName(eachProduct: (act: (product: Product) => void) => void, limit: number): readonly Product[] {
  const first: SearchRow[] = [];
  let last = '';
  eachProduct((product) => {
    const isFull = first.length === limit;
    if (!product.active || (isFull && beginsBehind(product.name, last))) return;
    const row = new LazyRow(product);
    if (isFull && row.place >= last) return;
    first.splice(placeOf(row, first), 0, row);
    if (isFull) first.pop();
    last = first.at(-1)?.place ?? '';
  });
  return first.map((row) => row.product);
}

/** True only where the first letter already says so; a name that begins with anything else is looked at whole. */
function beginsBehind(name: string, last: string): boolean {
  const letter = name.charCodeAt(0) | LOWER;
  return letter >= A && letter <= Z && letter > last.charCodeAt(0);
}

const [A, Z] = ['a'.charCodeAt(0), 'z'.charCodeAt(0)];
/** What makes an ASCII letter a small one. */
const LOWER = 0x20;

/** Behind those of the same place: who came first stands first. */
function placeOf(row: SearchRow, sorted: readonly SearchRow[]): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((sorted[middle] as SearchRow).place <= row.place) from = middle + 1;
    else to = middle;
  }
  return from;
}
