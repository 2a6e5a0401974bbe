import type { Product } from '../../schema/product.ts';
import { firstByName } from './first-by-name.ts';
import { checksum } from './log/checksum.ts';
import { elementPlaces } from './log/element-places.ts';
import { FIRSTS_MAX, INDEXED_MAX, type PageIndex, type SaidOfPage } from './log/page-index.ts';

/** How a server's answer begins, up to its documents. */
const BEGINNING = /^{"epoch":\{[ -Z^-z|]*\},"documents":\[/;
const BEGINNING_BYTES_MAX = 400;

/**
 * The index of a page of products, to lie beside it; null where these bytes do not say just these documents one behind the other, as the server
 * writes them: then the page is read as a whole. Fetched when nobody sells.
 */
export function indexProducts(products: readonly Product[], answer: Uint8Array): PageIndex | null {
  try {
    return indexOf(products, answer);
  } catch {
    // One is not as a product must be: its page is read as a whole.
    return null;
  }
}

function indexOf(products: readonly Product[], answer: Uint8Array): PageIndex | null {
  const starts = products.length > 0 && products.length < INDEXED_MAX ? startsOf(products.length, answer) : null;
  if (!starts) return null;
  const table = tableOf(products);
  const numbers = new Uint32Array(starts.length + table.length);
  numbers.set(starts);
  numbers.set(table, starts.length);
  return { numbers, said: JSON.stringify(saidOf(products)) };
}

/** See {@link PageIndex.numbers}. */
function startsOf(count: number, answer: Uint8Array): Uint32Array | null {
  const text = (bytes: Uint8Array) => new TextDecoder('latin1').decode(bytes);
  const [beginning] = BEGINNING.exec(text(answer.subarray(0, BEGINNING_BYTES_MAX))) ?? [];
  const places = beginning ? elementPlaces(answer, beginning.length, count) : null;
  if (!beginning || !places || places[0] !== beginning.length) return null;
  const starts = new Uint32Array(count + 1);
  for (let at = 0; at < count; at += 1) {
    starts[at] = places[2 * at] as number;
    starts[at + 1] = (places[2 * at + 1] as number) + 1;
    // One comma between two, and nothing else.
    if (at + 1 < count && places[2 * at + 2] !== starts[at + 1]) return null;
  }
  // Of two lists under one name the last would count.
  return /\\|"documents"/.test(text(answer.subarray(starts[count]))) ? null : starts;
}

function saidOf(products: readonly Product[]): SaidOfPage {
  const numbers = new Map(products.map((product, at) => [product, at]));
  const eachProduct = (act: (product: Product) => void) => {
    for (const product of products) act(product);
  };
  const categories = new Map<string, number>();
  let last = '';
  for (const { id, active, category } of products) {
    if (id > last) last = id;
    if (active) categories.set(category, (categories.get(category) ?? 0) + 1);
  }
  return {
    count: products.length,
    last,
    firsts: firstByName(eachProduct, FIRSTS_MAX).map((product) => numbers.get(product) as number),
    limited: products.flatMap(({ limited, active }, at) => (limited && active ? [at] : [])),
    categories: [...categories],
  };
}

/** Of ids and of barcodes; at most half of it is taken. */
function tableOf(products: readonly Product[]): Uint32Array {
  let texts = 0;
  for (const { barcodes } of products) texts += 1 + barcodes.length;
  const table = new Uint32Array(2 ** Math.ceil(Math.log2(texts * 2)));
  const mask = table.length - 1;
  const add = (text: string, at: number) => {
    const sum = checksum(text);
    let place = sum & mask;
    while (table[place]) place = (place + 1) & mask;
    table[place] = ((sum >>> 16) << 16) | (at + 1);
  };
  for (const [at, { id, barcodes }] of products.entries()) {
    add(id, at);
    for (const barcode of barcodes) add(barcode, at);
  }
  return table;
}
