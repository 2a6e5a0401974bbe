import type { DeviceEntry } from '../../schema/entry/entry.ts';
import type { EntryId } from '../../schema/ids.ts';
import type { Language } from '../../schema/protocol/error.ts';
import type { ReceiptBlock } from '../../schema/receipt-block.ts';
import type { PrintableEntry } from '../../schema/receipt-print.ts';
import { checkReceiptQr, parseReceiptQr } from '../../schema/receipt-qr.ts';
import { fail, ok, type Result } from '../../schema/result.ts';
import {
  type ComposeDeps,
  composeHead,
  composeReceipt,
  composeTestPage,
  isPrintable,
  labelOf,
  readSigned,
  type SignedEntry,
} from '../print/compose-receipt.ts';
import { openPrinter } from '../print/open-printer.ts';
import type { PrintJob } from '../print/print-job.ts';
import { createPrintQueue, type Printout, type PrintQueue } from '../print/print-queue.ts';
import { DEFAULT_PRINT_SETTINGS, type PrintSettings, readPrintSettings } from '../print/print-settings.ts';
import { NO_PRINTERS, type PairedPrinter, type PrinterDoor, type PrinterKind } from '../print/printer.ts';
import { createSheetPrinter, type PrintSheet } from '../print/sheet-printer.ts';
import type { Vault } from '../store/vault.ts';
import type { Cancel, Timers } from './device-deps.ts';
import { createLive, type Live, type LiveCell } from './live.ts';

export { DEFAULT_PRINT_SETTINGS } from '../print/print-settings.ts';
export type { PrintFault } from '../print/printer.ts';
export type { PairedPrinter, PrinterKind, PrintJob, PrintSettings, PrintSheet };

/** Receipts on paper. The entry is on disk before any of this begins, and nothing here ever changes it. */
export interface Printing {
  readonly settings: Live<PrintSettings>;
  save(settings: PrintSettings): Promise<void>;
  /** The kinds of printers that this browser reaches; none where it knows neither WebUSB nor Web Serial. */
  readonly kinds: readonly PrinterKind[];
  /** Lets the person choose a printer in the browser's list and keeps it; null when they chose none. */
  pair(kind: PrinterKind): Promise<PairedPrinter | null>;
  unpair(): Promise<void>;
  /** Jobs that wait, are printed, failed, or were done last; oldest first. */
  readonly jobs: Live<readonly PrintJob[]>;
  /** Resolves when the job is kept; never waits for a printer. `page` prints through the browser, which also makes PDFs. */
  print(entry: DeviceEntry, through?: 'page'): Promise<void>;
  /** Prints what is on the screen and no entry, e.g. an X report, under the shop's name and the time. */
  printReport(title: string, blocks: readonly ReceiptBlock[]): Promise<void>;
  printTest(): Promise<void>;
  /** The same job again, by the chosen printer or through the browser. A copy says so, unless nothing was begun. */
  retry(no: number, through?: 'page'): Promise<void>;
  /** A person has done with it. */
  drop(no: number): Promise<void>;
  /** What the page shows to the browser's print dialog now, and the way to say that the dialog is closed. */
  readonly sheet: Live<PrintSheet | null>;
  sheetPrinted(): void;
  /** A receipt or report for a screen. */
  blocks(entry: PrintableEntry, language: Language): readonly ReceiptBlock[];
  /** The entry that a receipt's code names. `forged`: its mark is not that of the entry's signature. */
  byCode(code: string): Promise<Result<DeviceEntry, 'unreadable' | 'not-here' | 'forged'>>;
}

export interface PrintingDeps extends ComposeDeps {
  readonly vault: Vault;
  readonly timers: Timers;
  readonly clock: () => number;
  readonly printers?: PrinterDoor;
  readonly active: Live<boolean>;
  readonly log: (what: string) => void;
}

/** The facade with what its owner calls: at the start, and behind each own entry. */
export interface OpenPrinting extends Printing {
  /** Own entries after `head` come by {@link written}. */
  load(head: number): Promise<void>;
  /** An own entry was written: opens the drawer and prints, where the settings say so. */
  written(entry: DeviceEntry): Promise<void>;
  settled(): Promise<void>;
}

/** Receipts looked back at for one whose print was never asked for because the app ended. */
const MISSED_MAX = 20;

export function createPrinting(deps: PrintingDeps): OpenPrinting {
  const door = deps.printers ?? NO_PRINTERS;
  const settings = createLive<PrintSettings>(DEFAULT_PRINT_SETTINGS);
  const sheets = createSheetPrinter();
  const queue = createPrintQueue({
    own: deps.identity.deviceId,
    keep: async (book) => {
      // The book is the other tab's now: what cannot be kept is not printed.
      if (!deps.active.get()) throw new Error('Another tab took this device over.');
      await deps.vault.put('prints', book);
    },
    compose: (job, copy) => compose(deps, settings.get(), job, copy),
    open: (printout) => openPrinter({ door, sheets, settings: settings.get, timers: deps.timers }, printout),
    log: deps.log,
  });
  const save = async (next: PrintSettings) => {
    if (next.auto && !settings.get().auto) await queue.decided(deps.journal.index.head().seq);
    settings.set(next);
    await deps.vault.put('printing', next);
  };
  return {
    ...pairing(door, settings, save),
    settings,
    save,
    kinds: door.kinds,
    jobs: jobsOf(queue),
    print: async (entry, through) => {
      if (isPrintable(entry)) await queue.add({ ...jobFor(entry), ...(through ? { through } : {}) });
    },
    printReport: async (title, blocks) =>
      void (await queue.add({
        what: 'report',
        label: title,
        blocks: [...composeHead(deps, title, deps.clock()), ...blocks],
      })),
    printTest: async () => void (await queue.add({ what: 'test', label: '' })),
    retry: queue.retry,
    drop: queue.drop,
    sheet: sheets.sheet,
    sheetPrinted: sheets.printed,
    blocks: (entry, language) => composeReceipt(deps, signedOf(entry), language, 0) ?? [],
    byCode: (code) => findByCode(deps, code),
    load: (head) => wake(deps, queue, settings, head),
    written: (entry) => afterEntry(queue, settings.get(), entry),
    settled: queue.settled,
  };
}

/**
 * Prints behind every own entry, whoever wrote it: what is read back from disk is certainly there. It is asked for after `pause`, behind the
 * receipt on the screen. Begins anew whenever this tab becomes the active one. Resolves with the way to stop, when what was under way before
 * is known.
 */
export async function followEntries(
  printing: Pick<OpenPrinting, 'load' | 'written'>,
  journal: PrintingDeps['journal'],
  version: Live<number>,
  active: Live<boolean>,
  pause: () => Promise<void>,
): Promise<Cancel> {
  let seen: number | null = null;
  let turn: Promise<void> = Promise.resolve();
  const inTurn = (act: () => Promise<void>) => {
    // A disk that does not take a job: the receipt is offered at the next start.
    turn = turn.then(act).catch(() => undefined);
  };
  const begin = async () => {
    seen = active.get() ? journal.index.head().seq : null;
    if (seen !== null) await printing.load(seen);
  };
  const follow = async () => {
    await pause();
    const { seq } = journal.index.head();
    if (seen === null || seq <= seen) return;
    const entries = await journal.read(seen + 1, seq);
    seen = seq;
    for (const entry of entries) await printing.written(entry);
  };
  inTurn(begin);
  const stops = [active.subscribe(() => inTurn(begin)), version.subscribe(() => inTurn(follow))];
  await turn;
  return () => {
    for (const stop of stops) stop();
  };
}

function jobsOf(queue: PrintQueue): Live<readonly PrintJob[]> {
  return { get: () => queue.book.get().jobs, subscribe: queue.book.subscribe };
}

function pairing(door: PrinterDoor, settings: Live<PrintSettings>, save: Printing['save']) {
  const unpair = async () => {
    const { printer } = settings.get();
    await save({ ...settings.get(), printer: null });
    if (printer) await door.forget(printer);
  };
  const pair = async (kind: PrinterKind) => {
    const printer = await door.pair(kind);
    if (printer) await save({ ...settings.get(), printer });
    return printer;
  };
  return { pair, unpair };
}

function jobFor(entry: PrintableEntry) {
  return { what: 'receipt', entry: entry.id, label: labelOf(entry) } as const;
}

/** An entry as it was written here carries its signature. */
function signedOf(entry: DeviceEntry & { readonly signature?: string | undefined }): SignedEntry {
  return { entry, signature: entry.signature };
}

async function compose(deps: ComposeDeps, settings: PrintSettings, job: PrintJob, copy: number) {
  const more = {
    title: job.label,
    drawer: job.drawer === true && copy === 0,
    ...(job.through ? { through: job.through } : {}),
  };
  if (job.entry === undefined) {
    const blocks = job.what === 'test' ? composeTestPage(deps, settings.language) : (job.blocks ?? []);
    return { blocks, ...more } satisfies Printout;
  }
  const signed = await readSigned(deps, job.entry as EntryId);
  const blocks = signed && composeReceipt(deps, signed, settings.language, copy);
  return blocks ? ({ blocks, ...more } satisfies Printout) : null;
}

/** The drawer opens for cash; where everything is printed, with the receipt. */
async function afterEntry(queue: PrintQueue, { auto, drawer, printer }: PrintSettings, entry: DeviceEntry) {
  if (!isPrintable(entry)) return;
  const opens = drawer && printer !== null && hasCash(entry);
  if (auto) await queue.add({ ...jobFor(entry), ...(opens ? { drawer: true } : {}) }, entry.seq);
  else if (opens) await queue.add({ what: 'drawer', label: labelOf(entry), drawer: true });
}

function hasCash(entry: PrintableEntry): boolean {
  if (entry.kind === 'shift-close') return false;
  const payments = entry.kind === 'credit-payment' ? [entry.body.payment] : entry.body.payments;
  return payments.some(({ tender }) => tender === 'cash');
}

async function wake(deps: PrintingDeps, queue: PrintQueue, settings: LiveCell<PrintSettings>, seq: number) {
  settings.set(readPrintSettings(await deps.vault.get('printing')));
  const book = await deps.vault.get('prints');
  const from = Math.max(book?.through ?? seq, seq - MISSED_MAX) + 1;
  const entries = settings.get().auto ? await deps.journal.read(from, seq) : [];
  await queue.wake(book, seq, entries.filter(isPrintable).map(jobFor));
}

async function findByCode(deps: ComposeDeps, code: string): ReturnType<Printing['byCode']> {
  const read = parseReceiptQr(code);
  if (!read.ok) return fail('unreadable');
  const signed = await readSigned(deps, read.value.entry);
  if (signed === undefined) return fail('not-here');
  return checkReceiptQr(read.value, signed.signature) === 'wrong' ? fail('forged') : ok(signed.entry);
}
