/** A device, in milliseconds. */
export interface DeviceTimes {
  /** From opening the device until all products are on its disk and can be found on its screen. */
  readonly products: number;
  /** The same until stock, settings and journal are there too. */
  readonly everything: number;
  /** From opening the device again, offline, until it can sell all products. */
  readonly restart: number;
  readonly documents: number;
}

/** What no device can be faster than, in milliseconds. */
export interface LimitTimes {
  /** The same pages fetched and parsed, kept nowhere. */
  readonly fetch: number;
  /** The same products put one by one into a bare IndexedDB store in one strict transaction. */
  readonly raw: number;
  /** All of them read back from there. */
  readonly rawRead: number;
  readonly documents: number;
}

/** What one round measured, each in a browser of its own. */
export interface FullSyncRound {
  readonly ours: DeviceTimes;
  /** As `ours`, with every collection in RxDB's Dexie storage. */
  readonly dexie: DeviceTimes;
  readonly limit: LimitTimes;
}
