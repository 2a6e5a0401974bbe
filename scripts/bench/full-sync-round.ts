/** What one round measured, in milliseconds. */
export interface FullSyncRound {
  /** From opening the device until all products are on its disk and can be found on its screen. */
  readonly products: number;
  /** The same until stock, settings and journal are there too. */
  readonly everything: number;
  /** From opening the device again, offline, until it can sell all products. */
  readonly restart: number;
  /** The same products put one by one into a bare IndexedDB store in one strict transaction. */
  readonly raw: number;
  /** All of them read back from there. */
  readonly rawRead: number;
  /** As `products`, with every collection in RxDB's Dexie storage. */
  readonly dexie: number;
  /** As `restart`, likewise. */
  readonly dexieRestart: number;
  /** The same pages fetched and parsed, kept nowhere. */
  readonly fetch: number;
  readonly documents: number;
}

export interface FullSyncOrder {
  readonly slot: string;
  readonly code: string;
  /** Whether the peers go first: turn about, so that neither always meets the warmer machine. */
  readonly peersFirst: boolean;
}
