import type { PairedPrinter, PrinterDoor, PrinterLine, PrintFault } from './printer.ts';

/** Where a printer of a test dies: when it is opened, asked, in the middle of its bytes, after all of them; or it never answers. */
export type Death = 'open' | 'paper' | 'middle' | 'after' | 'silent';

export const SCRIPTED: PairedPrinter = { kind: 'usb', name: 'Scripted', vendorId: 1, productId: 2 };

/** A printer for tests: keeps what came out of it, and dies where it is told to. */
export function createScriptedPrinter() {
  /** What lies in front of it, one text per print; characters beyond ASCII are left out. */
  const papers: string[] = [];
  let death: Death | null = null;
  let beforeSend: () => Promise<void> = async () => undefined;
  const put = (bytes: Uint8Array) => {
    papers.push(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  };
  const line: PrinterLine = {
    ask: async () => (death === 'paper' ? 0x72 : death === null ? 0x12 : null),
    send: async (bytes): Promise<PrintFault | null> => {
      await beforeSend();
      if (death === 'silent') return new Promise(() => undefined);
      put(death === 'middle' ? bytes.slice(0, bytes.length / 2) : bytes);
      return death === 'middle' || death === 'after' ? 'cable' : null;
    },
    close: async () => undefined,
  };
  const door: PrinterDoor = {
    kinds: ['usb'],
    pair: async () => SCRIPTED,
    open: async () => (death === 'open' ? 'not-found' : line),
    forget: async () => undefined,
  };
  return {
    door,
    papers,
    die: (how: Death | null) => {
      death = how;
    },
    /** Runs just before bytes come out. */
    beforeSend: (act: () => Promise<void>) => {
      beforeSend = act;
    },
  };
}
