import type { Epoch } from '../../schema/epoch.ts';
import type { Deps } from '../deps.ts';
import type { KeySigner } from '../keys/key-signer.ts';
import type { Ledger } from '../keys/ledger.ts';
import type { ShopKey } from '../keys/shop-key.ts';
import type { Store } from '../store/store.ts';
import type { EpochKeeper } from './epoch-keeper.ts';
import type { Health } from './health.ts';
import type { Inbox } from './inbox.ts';
import type { Positions } from './position.ts';

/** What every rule of the server stands on. */
export interface Core {
  readonly store: Store;
  /** The history that this process serves now; a transaction asks what it sees itself (`epochOf`). */
  readonly epoch: Epoch;
  readonly epochs: EpochKeeper;
  readonly positions: Positions;
  readonly shopKey: ShopKey;
  /** Signs the entries of the server's own journals. */
  readonly serverKey: KeySigner;
  readonly ledger: Ledger;
  readonly health: Health;
  readonly inbox: Inbox;
  /** Keys the hashes of enrolment codes: 40 bits alone could be guessed from a stolen database. */
  readonly secret: string;
  readonly deps: Deps;
}
