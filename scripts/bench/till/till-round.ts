/**
 * What a cashier waits for at a till, and the limit that writing a sale cannot go below. `commit` is a sale until its receipt is there,
 * `durable` the same until the browser says that it is on the disk.
 */
export const ACTS = ['commit', 'durable', 'search', 'barcode', 'list', 'raw'] as const;
export type Act = (typeof ACTS)[number];

/** One act, in milliseconds from the person's last touch. */
export interface Sample {
  /** Until the answer stands in the page, laid out. */
  readonly done: number;
  /** Until the frame that shows it was handed on. */
  readonly shown: number;
}

export type TillRound = Readonly<Record<Act, readonly Sample[]>>;

export interface TillOrder {
  readonly searches: readonly string[];
  readonly barcodes: readonly string[];
  /** Sales to commit, each of {@link SALE_LINES} lines. */
  readonly sales: number;
}

export const SALE_LINES = 5;

/** What the script in the app's page offers to the process that drives it. */
export interface TillMeter {
  readonly run: (order: TillOrder) => Promise<TillRound>;
}
