/** The shop's files in its data folder. Backups hold the database; the others stay where they are, whatever is restored. */
export const SHOP_FILES = {
  database: 'laci.db',
  shopKey: 'shop-key.json',
  serverKey: 'server-key.json',
  secret: 'server-secret',
  ledger: 'ledger.jsonl',
  /** A folder: each picture under the hash of its bytes. */
  images: 'images',
} as const;
