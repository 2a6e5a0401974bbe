import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Epoch } from '../../schema/epoch.ts';
import type { Deps } from '../deps.ts';
import { openKeySigner } from '../keys/key-signer.ts';
import { openLedger } from '../keys/ledger.ts';
import { PRIVATE_DIR_MODE, readOrMakeSecret } from '../keys/secret-file.ts';
import { openShopKey } from '../keys/shop-key.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import { checkNewest } from '../verify/check-newest.ts';
import { findingText } from '../verify/findings.ts';
import type { Core } from './core.ts';
import { beginEpoch, type EpochParts } from './epoch.ts';
import { createEpochKeeper } from './epoch-keeper.ts';
import { createHealth } from './health.ts';
import { openInbox } from './inbox.ts';
import { createPositions } from './position.ts';
import { SHOP_FILES } from './shop-files.ts';
import { tellBranches } from './tell-branches.ts';

const SECRET_BYTES = 32;

/** Opens a shop's store, keys and ledger in `dataDir`, and makes what is missing. */
export async function openCore(dataDir: string, deps: Deps): Promise<Core> {
  mkdirSync(dataDir, { recursive: true, mode: PRIVATE_DIR_MODE });
  chmodSync(dataDir, PRIVATE_DIR_MODE);
  const path = (name: keyof typeof SHOP_FILES) => join(dataDir, SHOP_FILES[name]);
  const ledger = openLedger(path('ledger'));
  const secret = readOrMakeSecret(path('secret'), () =>
    Buffer.from(deps.randomBytes(SECRET_BYTES)).toString('base64url'),
  );
  const shopKey = await openShopKey(path('shopKey'));
  const serverKey = openKeySigner(path('serverKey'));
  const store = openSqliteStore(path('database'), deps);
  const core = await assembleCore({ store, ledger, shopKey, serverKey, secret }, deps);
  for (const finding of checkNewest(path('database'), deps.verify).findings) core.health.report(findingText(finding));
  return core;
}

/** What a core is made of: files in a data folder, or what a simulator brings. */
export type CoreParts = Pick<Core, 'store' | 'ledger' | 'shopKey' | 'serverKey' | 'secret'>;

/** Makes a core of its parts, in the epoch they are in or in a new one where they are at odds. */
export async function assembleCore(parts: CoreParts, deps: Deps): Promise<Core> {
  const { store, ledger, secret } = parts;
  const epochs = createEpochKeeper({ store, ledger, deps }, await openEpoch({ store, ledger, deps }));
  const inbox = await store.read(openInbox);
  const core: Core = {
    ...{ ...parts, epochs, positions: createPositions(secret), health: createHealth(deps), inbox, deps },
    get epoch() {
      return epochs.current();
    },
  };
  // What a stop between two transactions left undone.
  await tellBranches(core);
  return core;
}

/** The epoch to go on in: the database's own, unless the ledger knows a later one or another of that number. */
async function openEpoch(parts: EpochParts): Promise<Epoch> {
  const { store, ledger, deps } = parts;
  const known = await store.read((tx) => tx.epoch());
  if (!known) return beginEpoch(parts, ledger.lastEpoch() === 0 ? 'first' : 'older-than-ledger');
  // A ledger that was lost learns at least of this one.
  if (known.n > ledger.lastEpoch()) ledger.append({ kind: 'epoch', epoch: known, at: deps.now() });
  const isNewest = known.n === ledger.lastEpoch() && ledger.knowsEpoch(known);
  return isNewest ? known : beginEpoch(parts, 'older-than-ledger');
}
