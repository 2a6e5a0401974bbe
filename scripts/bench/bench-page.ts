import type { DeviceTimes, LimitTimes } from './full-sync-round.ts';
import type { SearchWords } from './till/search-words.ts';

/** What the benchmarks' page offers to the process that drives it. Times are milliseconds. */
export interface BenchPage {
  readonly fullSync: {
    /** Enrols a device, pulls everything, and opens it again without a connection. */
    ours(order: SlotOrder): Promise<DeviceTimes>;
    /** The same with all its collections in Dexie. */
    dexie(order: SlotOrder): Promise<DeviceTimes>;
    /** Fetches the same products, and puts them into a bare store. */
    limit(order: SlotOrder): Promise<LimitTimes>;
  };
  /** Enrols a device, pulls everything, closes it, and keeps the same products in a bare store beside it. Gives their number. */
  settle(order: SlotOrder): Promise<number>;
  /** Opens a settled device without a connection. */
  coldStart(slot: string): Promise<ColdStart>;
  /** Opens the bare store and reads it all. */
  readBack(slot: string): Promise<{ readonly ms: number; readonly documents: number }>;
  /** Enrols a device, pulls everything and keeps it open. Gives its products. */
  hold(order: SlotOrder): Promise<number>;
  /** Sells on the device that is kept open. */
  sellDay(sales: number): Promise<void>;
  /** Keeps only the products as they come from the server, parsed. Gives their number. */
  holdBare(order: SlotOrder): Promise<number>;
  /** Enrols a device, pulls everything, gives it so many entries of its own, and opens it without a connection. */
  openFigures(order: FiguresOrder): Promise<FiguresGoods>;
  /** Searches, scans and lists past the screens. */
  readFigures(words: SearchWords): Promise<ReadFigures>;
  /** Sells so often, with the limit between. */
  sellFigures(sales: number): Promise<SaleFigures>;
}

export interface SlotOrder {
  readonly slot: string;
  readonly code: string;
}

export interface ColdStart {
  /** Until all products are in hand: the first screen's list was given, and products from all over found by id and by barcode. */
  readonly open: number;
  /** Until a first cart was found in order, with the products of its lines found by barcode. */
  readonly firstSale: number;
  /** What that first sale took until it was on the disk. */
  readonly sale: number;
  readonly documents: number;
}

export interface FiguresOrder extends SlotOrder {
  readonly entries: number;
}

/** What the device holds. */
export interface FiguresGoods {
  readonly documents: number;
  readonly entries: number;
}

/** Each a series; `barcode` is the mean of 1,000, because one is shorter than the clock is fine. */
export interface ReadFigures {
  readonly prefix: readonly number[];
  readonly misspelt: readonly number[];
  readonly barcode: number;
  readonly list: readonly number[];
}

export interface SaleFigures {
  readonly commit: readonly number[];
  readonly raw: readonly number[];
}

declare global {
  interface Window {
    laciBench: BenchPage;
  }
}
