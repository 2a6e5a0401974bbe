/** One line of a sales file that could be read: so many pieces of one product on one invoice. */
export interface SalesRow {
  /** Line of the file, from 1; the heading counts. */
  readonly line: number;
  readonly invoice: string;
  /** The file's own code of the product, white space around it removed; case matters. */
  readonly code: string;
  readonly description: string;
  /** Pieces; negative for what came back or was written off. */
  readonly quantity: number;
  /** Pence for one piece; negative for corrections. */
  readonly price: number;
}

/** A line that becomes no entry, or not quite as it stands, and why. */
export interface Oddity {
  readonly line: number;
  readonly why: string;
}

export type SalesFormat = 'online-retail' | 'baskets';

/** A sales file as read: every line of it is either a row or stands in `skipped`. */
export interface SalesFile {
  readonly format: SalesFormat;
  readonly rows: readonly SalesRow[];
  /** Lines with nothing to sell in them. */
  readonly skipped: readonly Oddity[];
  /** Rows that were taken with a change, e.g. a price rounded to whole pence. */
  readonly changed: readonly Oddity[];
}

/** A sales file that cannot be read: the message is for the person who named it. */
export class SalesFileFault extends Error {
  override readonly name = 'SalesFileFault';
}
