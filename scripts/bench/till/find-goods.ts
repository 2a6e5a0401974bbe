import type { ServerProcess } from '../../replay/server-process.ts';
import { SetupProblem } from '../../setup/setup-problem.mjs';
import { readProducts } from '../wire/server-products.ts';
import { type SearchWords, wordsFor } from './search-words.ts';

/** What is searched and scanned at a till. */
export interface Goods extends SearchWords {
  readonly barcodes: readonly string[];
  readonly documents: number;
}

const BARCODES = 25;

interface Product {
  readonly name: string;
  readonly barcodes: readonly string[];
  readonly unitScale: number;
}

/** Barcodes of the shop's products as the server has them, spread over the catalogue. Throws when there are too few. */
export function findGoods(server: ServerProcess): Goods {
  const products = readProducts(server) as Product[];
  const usable = products.filter(({ barcodes, unitScale }) => unitScale === 1 && /^\d{12,14}$/.test(barcodes[0] ?? ''));
  const step = Math.max(1, Math.floor(usable.length / BARCODES));
  const chosen = usable.filter((_, index) => index % step === 0).slice(0, BARCODES);
  if (chosen.length < BARCODES)
    throw new SetupProblem(
      `A till scans ${BARCODES} products here, and only ${chosen.length} have a barcode of 12 to 14 digits and are sold by the piece. Give a catalogue with more of them.`,
    );
  return {
    ...wordsFor(products.map(({ name }) => name)),
    barcodes: chosen.map(({ barcodes }) => barcodes[0] ?? ''),
    documents: products.length,
  };
}
