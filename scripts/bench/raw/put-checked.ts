import { hash } from 'node:crypto';
import Database from 'better-sqlite3';
import { EMPTY_HEAD, hashHolds } from '../../../schema/chain.ts';
import { type DeviceEntry, readDeviceEntry } from '../../../schema/entry/entry.ts';
import { passGate } from '../../../schema/payload-gate.ts';
import type { PublicKey } from '../../../schema/protocol/enrol.ts';
import type { JournalPush } from '../../../schema/protocol/push.ts';
import { must } from '../../../schema/result.ts';
import { type EntrySignature, entrySigningText } from '../../../schema/signature.ts';
import { stockEffects } from '../../../schema/stock/effect.ts';
import { verifySignature } from '../../../server/keys/verify-signature.ts';

/** The bodies that one till pushes, and the key that it signs with. */
export interface SignedBodies {
  readonly publicKey: PublicKey;
  readonly bodies: readonly string[];
}

const TABLES = `
CREATE TABLE entry (
  id TEXT PRIMARY KEY, device_id TEXT NOT NULL, entry_seq INTEGER NOT NULL, json TEXT NOT NULL, received_at INTEGER NOT NULL,
  commit_seq INTEGER NOT NULL, cart_id TEXT NOT NULL, UNIQUE (device_id, entry_seq)
) STRICT;
CREATE INDEX entry_page ON entry (commit_seq, device_id);
CREATE INDEX entry_arrival ON entry (received_at);
CREATE INDEX entry_cart ON entry (cart_id);
CREATE TABLE stock (product_id TEXT PRIMARY KEY, seq INTEGER NOT NULL, json TEXT NOT NULL) STRICT;
CREATE INDEX stock_page ON stock (seq);`;

/**
 * The limit with all that must be looked at and nothing else, without a network: each body is parsed, each row measured, read by its schema, hashed and
 * chained, one signature checked per body, the row put into one table with the indexes that pulls and checks need, and the stock that it moves written
 * once per product; one transaction per body. Throws on a row that does not hold.
 */
export function putChecked(file: string, tills: readonly SignedBodies[]): void {
  const database = new Database(file);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec(TABLES);
  const put = database.prepare('INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?)');
  const putStock = database.prepare('INSERT OR REPLACE INTO stock VALUES (?, ?, ?)');
  const stock = new Map<string, Record<string, number>>();
  const heads = new Map<string, string>();
  let commitSeq = 0;
  const take = database.transaction(({ publicKey }: SignedBodies, body: string) => {
    const { entries, signatures } = JSON.parse(body) as JournalPush;
    const moved = new Set<string>();
    for (const row of entries) {
      const { entry, text } = check(row, heads);
      commitSeq += 1;
      const cart = entry.kind === 'sale' ? entry.body.cartId : '';
      put.run(entry.id, entry.deviceId, entry.seq, text, Date.now(), commitSeq, cart);
      for (const { productId, out } of stockEffects(entry)) {
        const counters = stock.get(productId) ?? {};
        counters[entry.deviceId] = (counters[entry.deviceId] ?? 0) + out;
        stock.set(productId, counters);
        moved.add(productId);
      }
    }
    for (const productId of moved) {
      commitSeq += 1;
      putStock.run(productId, commitSeq, JSON.stringify(stock.get(productId)));
    }
    const [{ id, hash: head, signature }] = signatures as [EntrySignature];
    if (!verifySignature(publicKey, entrySigningText(id, head), signature)) throw new Error(`${id} is not signed.`);
  });
  for (const till of tills) for (const body of till.bodies) take(till, body);
  database.close();
}

function check(row: unknown, heads: Map<string, string>): { readonly entry: DeviceEntry; readonly text: string } {
  const passed = passGate(row);
  const read = readDeviceEntry(row);
  if (!passed.ok || !read.ok) throw new Error('A row cannot be read.');
  const entry = read.value;
  const last = heads.get(entry.deviceId) ?? EMPTY_HEAD.hash;
  const isNext = entry.prev === last || !heads.has(entry.deviceId);
  if (!isNext || !hashHolds(entry, (text) => hash('sha256', text, 'hex')))
    throw new Error(`${entry.id} does not follow.`);
  heads.set(entry.deviceId, entry.hash);
  return { entry, text: must(passed.value, 'its text') };
}
