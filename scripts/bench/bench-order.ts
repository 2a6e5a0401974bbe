import type { SalesFormat } from '../replay/sales-file.ts';
import type { BenchResult } from './statistics.ts';

/** What a benchmark is asked for. */
export interface BenchOrder {
  /** Measured rounds. */
  readonly rounds: number;
  /** Entries of the shops that `office` and `history-growth` make. */
  readonly sales: number;
  /** Products in the shop; undefined: the demo's 20,000. */
  readonly products: number | undefined;
  /** A catalogue of one's own in place of the demo's, CSV, also gzipped. */
  readonly catalogue: string | undefined;
  /** Real sales that bare tills and made shops sell; undefined: made ones. */
  readonly salesFile: string | undefined;
  readonly format: SalesFormat;
  /** Entries on the device for the last part of `till`. */
  readonly entries: number;
}

/** Tells people how far it is. */
export type Tell = (text: string) => void;
export type Bench = (order: BenchOrder, tell: Tell) => Promise<BenchResult>;
