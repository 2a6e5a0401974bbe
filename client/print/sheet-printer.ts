import type { ReceiptBlock } from '../../schema/receipt-block.ts';
import type { PaperWidth } from '../../schema/receipt-layout.ts';
import { createLive, type Live } from '../device/live.ts';
import type { PrintFault } from './printer.ts';

/** What the page shows to the browser's print dialog, and nothing else of the page. */
export interface PrintSheet {
  readonly blocks: readonly ReceiptBlock[];
  readonly paper: PaperWidth;
  /** The browser offers it as the name of a PDF. */
  readonly title: string;
}

/** Printing through the browser: the page shows the sheet, prints, and says when the dialog is closed. */
export interface SheetPrinter {
  readonly sheet: Live<PrintSheet | null>;
  /** The dialog was closed. What the person did there is the browser's secret. */
  printed(): void;
}

export function createSheetPrinter(): SheetPrinter & { print(sheet: PrintSheet): Promise<PrintFault | null> } {
  const live = createLive<PrintSheet | null>(null);
  let settle: () => void = () => undefined;
  const printed = () => {
    live.set(null);
    settle();
  };
  const print = (sheet: PrintSheet) =>
    new Promise<PrintFault | null>((resolve) => {
      settle = () => resolve(null);
      live.set(sheet);
    });
  return { sheet: live, printed, print };
}
