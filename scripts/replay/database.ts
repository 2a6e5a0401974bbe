import Database from 'better-sqlite3';
import { findChainFault } from '../../schema/chain.ts';
import type { DeviceEntry } from '../../schema/entry/entry.ts';
import type { ReplicaReport } from './compare.ts';
import { observeEntry } from './content.ts';
import { judgeReceipts } from './judge-receipts.ts';

/** On hand by barcode as the server's stock documents say it: base and counters, added up by SQLite and not by our own fold. */
const STOCK_BY_BARCODE = `
  WITH summed AS MATERIALIZED (
    SELECT json_extract(d.json, '$.productId') AS product_id,
      sum(json_extract(d.json, '$.base.in') - json_extract(d.json, '$.base.out') + coalesce((
        SELECT sum(json_extract(c.value, '$.in') - json_extract(c.value, '$.out'))
        FROM json_each(d.json, '$.counters') c), 0)) AS on_hand
    FROM document d WHERE d.collection = 'stock' GROUP BY 1)
  SELECT p.barcode, coalesce(s.on_hand, 0) AS onHand
  FROM product_barcode p LEFT JOIN summed s ON s.product_id = p.product_id`;

/** The same from the lines of every stored entry, past all documents. */
const STOCK_BY_LINES = `
  WITH summed AS MATERIALIZED (
    SELECT json_extract(l.value, '$.productId') AS product_id, sum(CASE e.kind
      WHEN 'sale' THEN -json_extract(l.value, '$.quantity')
      WHEN 'refund' THEN json_extract(l.value, '$.quantity')
      WHEN 'receive' THEN json_extract(l.value, '$.quantity')
      WHEN 'adjust' THEN json_extract(l.value, '$.delta') ELSE 0 END) AS on_hand
    FROM entry e, json_each(e.json, '$.body.lines') l GROUP BY 1)
  SELECT p.barcode, coalesce(s.on_hand, 0) AS onHand
  FROM product_barcode p LEFT JOIN summed s ON s.product_id = p.product_id`;

interface StockRow {
  readonly barcode: string;
  readonly onHand: number;
}

interface EntryRow {
  readonly deviceId: string;
  readonly json: string;
  readonly verdict: string;
  readonly flags: string;
}

/** What the shop's database file holds, read without the server's code. The file is opened for reading only. */
export function reportDatabase(file: string): ReplicaReport {
  const database = new Database(file, { readonly: true, fileMustExist: true });
  try {
    const rows = readEntries(database);
    const barcodes = readBarcodes(database);
    const barcodeOf = (id: string) => barcodes.get(id) ?? `unknown ${id}`;
    const entries = rows.map(({ json }) => JSON.parse(json) as DeviceEntry);
    const onHand = readStock(database, STOCK_BY_BARCODE);
    return {
      replica: 'database',
      entries: entries.map((entry) => observeEntry(entry, barcodeOf)),
      onHand,
      violations: [
        ...judgeVerdicts(rows),
        ...judgeSetAside(database),
        ...judgeJournals(entries),
        ...judgeFold(onHand, readStock(database, STOCK_BY_LINES)),
      ],
    };
  } finally {
    database.close();
  }
}

function readEntries(database: Database.Database): EntryRow[] {
  return database
    .prepare<[], EntryRow>(
      `SELECT e.device_id AS deviceId, e.json, s.verdict, s.flags FROM entry e JOIN entry_state s ON s.id = e.id
       ORDER BY e.device_id, e.entry_seq`,
    )
    .all();
}

function readStock(database: Database.Database, sql: string): Map<string, number> {
  const rows = database.prepare<[], StockRow>(sql).all();
  return new Map(rows.map(({ barcode, onHand }) => [barcode, onHand]));
}

function readBarcodes(database: Database.Database): Map<string, string> {
  const rows = database
    .prepare<[], { id: string; barcode: string }>('SELECT product_id AS id, barcode FROM product_barcode')
    .all();
  return new Map(rows.map(({ id, barcode }) => [id, barcode]));
}

/** Real sales are readable and look right: anything else is a defect of the till or of the server. */
function judgeVerdicts(rows: readonly EntryRow[]): string[] {
  const odd = rows.filter(({ verdict, flags }) => verdict !== 'accepted' || flags !== '');
  return odd.map(({ deviceId, verdict, flags }) => `an entry of ${deviceId} is ${verdict} ${flags}`);
}

function judgeSetAside(database: Database.Database): string[] {
  const rows = database.prepare<[], { verdict: string; reason: string }>('SELECT verdict, reason FROM set_aside').all();
  return rows.map(({ verdict, reason }) => `a row was set aside: ${verdict}, ${reason}`);
}

function judgeJournals(entries: readonly DeviceEntry[]): string[] {
  return [...Map.groupBy(entries, (entry) => entry.deviceId)].flatMap(([deviceId, own]) => {
    const fault = findChainFault(own);
    return [
      ...(fault ? [`chain of ${deviceId}: ${fault.fault} at ${fault.seq}`] : []),
      ...judgeReceipts(deviceId, own),
    ];
  });
}

function judgeFold(documents: ReadonlyMap<string, number>, lines: ReadonlyMap<string, number>): string[] {
  const wrong = [...lines].filter(([barcode, onHand]) => documents.get(barcode) !== onHand);
  return wrong.map(
    ([barcode, onHand]) => `stock document of ${barcode} says ${documents.get(barcode)}, the entries ${onHand}`,
  );
}
