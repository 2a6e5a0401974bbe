import { layOutReceipt, PAPER_COLUMNS } from '../../schema/receipt-layout.ts';
import type { Timers } from '../device/device-deps.ts';
import { ASK_COVER, ASK_PAPER, encodeEscpos, readStatus } from './escpos.ts';
import type { Printout, ReadyPrinter } from './print-queue.ts';
import type { PrintSettings } from './print-settings.ts';
import type { PrinterDoor, PrinterLine, PrintFault } from './printer.ts';
import type { createSheetPrinter } from './sheet-printer.ts';

/** A printer that takes nothing for so long has stopped: paper, cover or cable. */
export const PRINT_WAIT_MS = 20_000;
/** A printer that can say how it is says so at once. */
export const ASK_WAIT_MS = 400;

export interface OpenPrinterDeps {
  readonly door: PrinterDoor;
  readonly sheets: ReturnType<typeof createSheetPrinter>;
  readonly settings: () => PrintSettings;
  readonly timers: Timers;
}

/** The printer for a printout, ready to begin: the chosen one, asked whether it has paper, or the browser's own printing. */
export async function openPrinter(deps: OpenPrinterDeps, printout: Printout): Promise<ReadyPrinter | PrintFault> {
  const { printer, paper } = deps.settings();
  if (printout.through === 'page' || (printer === null && printout.blocks.length > 0)) {
    const { blocks, title } = printout;
    return { print: () => deps.sheets.print({ blocks, title, paper }), close: async () => undefined };
  }
  if (printer === null) return 'no-printer';
  const line = await within(deps.timers, PRINT_WAIT_MS, deps.door.open(printer), 'no-answer' as const);
  if (typeof line === 'string') return line;
  const fault = await askStatus(deps.timers, line);
  if (fault === null) return readyLine(deps.timers, line, paper);
  await line.close();
  return fault;
}

function readyLine(timers: Timers, line: PrinterLine, paper: PrintSettings['paper']): ReadyPrinter {
  const columns = PAPER_COLUMNS[paper];
  return {
    print: async ({ blocks, drawer }) => {
      const bytes = await encodeEscpos(layOutReceipt(blocks, columns), { columns, drawer });
      return within(timers, PRINT_WAIT_MS, line.send(bytes), 'no-answer' as const);
    },
    close: () => line.close(),
  };
}

/** Most cheap printers answer nothing: then it is tried. */
async function askStatus(timers: Timers, line: PrinterLine): Promise<PrintFault | null> {
  const ask = (question: Uint8Array<ArrayBuffer>) => within(timers, ASK_WAIT_MS, line.ask(question), null);
  const paper = await ask(ASK_PAPER);
  return paper === null ? null : readStatus(paper, await ask(ASK_COVER));
}

/** What a promise gives, or `late` after so many milliseconds. A promise that rejects is a cable that came out. */
function within<Value, Late>(timers: Timers, ms: number, promise: Promise<Value>, late: Late) {
  return new Promise<Value | Late>((resolve, reject) => {
    const cancel = timers.after(ms, () => resolve(late));
    promise.then(resolve, reject).finally(cancel);
  });
}
