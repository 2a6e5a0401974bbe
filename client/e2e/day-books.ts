import Database from 'better-sqlite3';
import type { Shop } from './shop.ts';

/** What the server really holds, read beside it from its database: no code of the app stands between. */

export interface BookedLine {
  readonly productId?: string;
  readonly barcode?: string;
  readonly category?: string;
  readonly quantity: number;
  readonly unitScale?: number;
  readonly unitPrice: number;
  readonly promotion?: { readonly amount: number };
  readonly discount?: { readonly type: string; readonly amount?: number; readonly basisPoints?: number };
  readonly saleDiscount?: number;
  readonly taxId?: string;
}

export interface BookedPayment {
  readonly tender: string;
  readonly amount: number;
  readonly confirmed: boolean;
}

/** The fields of all kinds that a day's figures follow from. */
export interface BookedBody {
  readonly receipt: string;
  readonly cartId: string;
  readonly lines: readonly BookedLine[];
  readonly taxes: readonly {
    readonly id: string;
    readonly name: string;
    readonly rate: { readonly num: number; readonly den: number };
  }[];
  readonly discount?: BookedLine['discount'];
  readonly totals: { readonly due: number };
  readonly payments: readonly BookedPayment[];
  readonly customer?: { readonly id?: string } | string;
  readonly payment: BookedPayment | number;
  readonly sale: string;
  readonly action: string;
  readonly amount: number;
  readonly float: number;
  readonly countedCash: number;
}

export interface Booked {
  readonly id: string;
  readonly seq: number;
  readonly kind: string;
  readonly body: BookedBody;
  /** What the server thinks of it. */
  readonly verdict: string;
  readonly flags: readonly string[];
}

function read<Row>(shop: Shop, sql: string, ...values: string[]): Row[] {
  const database = new Database(shop.database, { readonly: true });
  try {
    return database.prepare(sql).all(...values) as Row[];
  } finally {
    database.close();
  }
}

/** All entries of a till in order. */
export function entriesOf(shop: Shop, till: string): readonly Booked[] {
  const rows = read<{ json: string; verdict: string; flags: string }>(
    shop,
    `SELECT e.json, s.verdict, s.flags FROM entry e JOIN entry_state s ON s.id = e.id JOIN device d ON d.id = e.device_id
     WHERE d.till = ? ORDER BY e.entry_seq`,
    till,
  );
  return rows.map(({ json, verdict, flags }) => ({
    ...JSON.parse(json),
    verdict,
    flags: flags.split(',').filter(Boolean),
  }));
}

interface Sums {
  readonly in: number;
  readonly out: number;
}

/** All that went in of one product or account, less all that went out. */
function sumOf(json: string): number {
  const { base, counters } = JSON.parse(json) as { base: Sums; counters: Record<string, Sums> };
  return [base, ...Object.values(counters)].reduce((sum, part) => sum + part.in - part.out, 0);
}

/** What the shop's counters say of a product or an account: all that went in, less all that went out. */
export function counted(shop: Shop, id: string): number {
  const [row] = read<{ json: string }>(
    shop,
    `SELECT json FROM document WHERE collection = 'stock' AND id LIKE ? ORDER BY id LIMIT 1`,
    `%${id}`,
  );
  if (!row) throw new Error(`The server has no counters of ${id}.`);
  return sumOf(row.json);
}

/** What the shop's counters say of every product, by its first barcode. */
export function countedByBarcode(shop: Shop): ReadonlyMap<string, number> {
  const documents = (collection: string) =>
    read<{ json: string }>(shop, 'SELECT json FROM document WHERE collection = ?', collection);
  const stock = documents('stock').map(({ json }) => [(JSON.parse(json) as { productId: string }).productId, json]);
  const jsonOf = new Map(stock as [string, string][]);
  const products = documents('products').map(({ json }) => JSON.parse(json) as { id: string; barcodes: string[] });
  return new Map(products.map(({ id, barcodes }) => [barcodes[0] ?? '', sumOf(jsonOf.get(id) ?? '')]));
}
