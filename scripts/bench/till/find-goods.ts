import type { ServerProcess } from '../../replay/server-process.ts';
import { readProducts } from '../wire/server-products.ts';
import { MISSPELT, SEARCHES } from './search-words.ts';

/** What is searched and scanned at a till. */
export interface Goods {
  readonly searches: readonly string[];
  readonly barcodes: readonly string[];
  readonly documents: number;
}

const BARCODES = 25;
const MISSPELT_SHOWN = 2;

interface Product {
  readonly barcodes: readonly string[];
  readonly unitScale: number;
}

/** Barcodes of the shop's products as the server has them, spread over the catalogue. Throws when there are too few. */
export function findGoods(server: ServerProcess): Goods {
  const products = readProducts(server) as Product[];
  const usable = products.filter(({ barcodes, unitScale }) => unitScale === 1 && /^\d{12,14}$/.test(barcodes[0] ?? ''));
  const step = Math.max(1, Math.floor(usable.length / BARCODES));
  const chosen = usable.filter((_, index) => index % step === 0).slice(0, BARCODES);
  if (chosen.length < BARCODES) throw new Error(`Only ${chosen.length} products with a barcode are there.`);
  return {
    searches: [...SEARCHES, ...MISSPELT.slice(0, MISSPELT_SHOWN)],
    barcodes: chosen.map(({ barcodes }) => barcodes[0] ?? ''),
    documents: products.length,
  };
}
