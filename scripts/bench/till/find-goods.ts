import type { Page } from '@playwright/test';

/** What is searched and scanned: goods of the shop as it is on the page. */
export interface Goods {
  readonly searches: readonly string[];
  readonly barcodes: readonly string[];
  readonly documents: number;
}

/** Words that shoppers and cashiers say, two of them misspelt; each finds something in the demo catalogue. */
const SEARCHES = [
  ...['milk', 'choco', 'green tea', 'kopi', 'organic', 'chocolat', 'jus', 'shampo', 'noodle', 'bio', 'sauce', 'yogurt'],
  ...['choclate', 'biscuti', 'pasta', 'cheese', 'salt', 'rice', 'water', 'bread'],
];
const BARCODES = 25;

/** Barcodes are read past the screens, from the products on this device's disk. */
export async function findGoods(page: Page): Promise<Goods> {
  const { barcodes, documents } = await page.evaluate(readBarcodes, BARCODES);
  if (barcodes.length < BARCODES) throw new Error(`Only ${barcodes.length} products with a barcode are on the disk.`);
  return { searches: SEARCHES, barcodes, documents };
}

async function readBarcodes(wanted: number): Promise<{ barcodes: string[]; documents: number }> {
  const settled = <Value>(request: IDBRequest<Value>) =>
    new Promise<Value>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  type Product = { id: string; barcodes: string[]; unitScale: number };
  const names = (await indexedDB.databases()).map(({ name }) => name ?? '');
  const database = await settled(indexedDB.open(names.find((name) => name.endsWith('--log')) ?? ''));
  const records: { collection: string; text: string }[] = await settled(
    database.transaction('log').objectStore('log').getAll(),
  );
  database.close();
  const written = records.filter(({ collection }) => collection === 'products.0');
  const docs: Product[] = written.flatMap(({ text }) => JSON.parse(text).docs);
  const products = [...new Map(docs.map((product) => [product.id, product])).values()];
  const usable = products.filter(({ barcodes, unitScale }) => unitScale === 1 && /^\d{12,14}$/.test(barcodes[0] ?? ''));
  const step = Math.max(1, Math.floor(usable.length / wanted));
  const chosen = usable.filter((_, index) => index % step === 0).slice(0, wanted);
  return { barcodes: chosen.map(({ barcodes }) => barcodes[0] ?? ''), documents: products.length };
}
