/**
 * Why nothing, or not all, was printed. A sentence for each says what to do; none of them touches the sale.
 *
 * `not-begun` and `interrupted`: the app ended before, or while, it printed. `gone`: what should be printed is not on this device any more.
 */
export type PrintFault =
  | 'no-printer'
  | 'not-found'
  | 'taken'
  | 'paper-out'
  | 'cover-open'
  | 'cable'
  | 'no-answer'
  | 'not-begun'
  | 'interrupted'
  | 'gone';

export type PrinterKind = 'usb' | 'serial';

/** A printer that a person chose in the browser's own list. */
export interface PairedPrinter {
  readonly kind: PrinterKind;
  /** As the browser names it. */
  readonly name: string;
  readonly vendorId?: number;
  readonly productId?: number;
  readonly serialNumber?: string;
}

/** An open printer. Each way gives the fault as a value; after one the line is closed. */
export interface PrinterLine {
  /** Resolves when the printer took all bytes. */
  send(bytes: Uint8Array<ArrayBuffer>): Promise<PrintFault | null>;
  /** Sends a question and gives the first byte of the answer; null where this printer does not answer. */
  ask(bytes: Uint8Array<ArrayBuffer>): Promise<number | null>;
  close(): Promise<void>;
}

/** The way to this machine's receipt printers. */
export interface PrinterDoor {
  /** What this browser can reach; empty in Firefox and Safari. */
  readonly kinds: readonly PrinterKind[];
  /** Asks the person in the browser's own list; null when they chose none. Needs a click or key just before. */
  pair(kind: PrinterKind): Promise<PairedPrinter | null>;
  /** Opens a paired printer; prints nothing. */
  open(printer: PairedPrinter): Promise<PrinterLine | PrintFault>;
  /** Gives the browser's permission back, where it can be. */
  forget(printer: PairedPrinter): Promise<void>;
}

/** A machine without receipt printers. */
export const NO_PRINTERS: PrinterDoor = {
  kinds: [],
  pair: async () => null,
  open: async () => 'not-found',
  forget: async () => undefined,
};
