import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Epoch } from '../../schema/epoch.ts';
import { base32FromBytes } from '../../schema/ids.ts';
import type { Deps } from '../deps.ts';
import { type Ledger, openLedger } from '../keys/ledger.ts';
import { PRIVATE_DIR_MODE, readOrMakeSecret } from '../keys/secret-file.ts';
import { openShopKey } from '../keys/shop-key.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import type { Store } from '../store/store.ts';
import type { Core } from './core.ts';
import { createPositions } from './position.ts';

/** The shop's files in its data folder. Backups hold the database; the others stay where they are. */
const FILES = {
  database: 'laci.db',
  shopKey: 'shop-key.json',
  secret: 'server-secret',
  ledger: 'ledger.jsonl',
} as const;
const SECRET_BYTES = 32;
const EPOCH_ID_LENGTH = 16;

/** Opens a shop's store, keys and ledger in `dataDir`, and makes what is missing. */
export async function openCore(dataDir: string, deps: Deps): Promise<Core> {
  mkdirSync(dataDir, { recursive: true, mode: PRIVATE_DIR_MODE });
  chmodSync(dataDir, PRIVATE_DIR_MODE);
  const path = (name: keyof typeof FILES) => join(dataDir, FILES[name]);
  const ledger = openLedger(path('ledger'));
  const secret = readOrMakeSecret(path('secret'), () =>
    Buffer.from(deps.randomBytes(SECRET_BYTES)).toString('base64url'),
  );
  const shopKey = await openShopKey(path('shopKey'));
  const store = openSqliteStore(path('database'), deps);
  return assembleCore({ store, ledger, shopKey, secret }, deps);
}

/** What a core is made of: files in a data folder, or what a simulator brings. */
export type CoreParts = Pick<Core, 'store' | 'ledger' | 'shopKey' | 'secret'>;

/** Makes a core of its parts, in the epoch they are in. */
export async function assembleCore({ store, ledger, shopKey, secret }: CoreParts, deps: Deps): Promise<Core> {
  const epoch = await currentEpoch(store, ledger, deps);
  return { store, epoch, positions: createPositions(secret, epoch), shopKey, ledger, secret, deps };
}

async function currentEpoch(store: Store, ledger: Ledger, deps: Deps): Promise<Epoch> {
  const known = await store.read((tx) => tx.epoch());
  if (known) {
    // Told, not healed: devices keep their entries, and send them again when a new epoch begins, which comes with recovery.
    if (known.n < ledger.lastEpoch()) deps.log.warn({ known }, 'the database is older than the ledger says');
    return known;
  }
  const epoch = { n: ledger.lastEpoch() + 1, id: base32FromBytes(deps.randomBytes(EPOCH_ID_LENGTH)) };
  const at = deps.now();
  ledger.append({ kind: 'epoch', epoch, at });
  await store.write([], (tx) => tx.addEpoch(epoch, at));
  return epoch;
}
