import type { DeviceEntry } from '../../schema/entry/entry.ts';
import { type EntryId, splitEntryId } from '../../schema/ids.ts';
import type { DeviceIdentity } from '../../schema/protocol/enrol.ts';
import type { Language } from '../../schema/protocol/error.ts';
import { headline, middle, type ReceiptBlock, RULE, row, start } from '../../schema/receipt-block.ts';
import { paperTime } from '../../schema/receipt-format.ts';
import { type PrintableEntry, type ReceiptContext, receiptBlocks } from '../../schema/receipt-print.ts';
import type { BranchJournal } from '../store/branch-journal.ts';
import type { CompanyBook } from '../store/company-book.ts';
import type { Journal } from '../store/journal.ts';

export interface ComposeDeps {
  readonly identity: DeviceIdentity;
  readonly journal: Journal;
  readonly branchJournal: BranchJournal;
  readonly company: CompanyBook;
}

/** An entry with its author's signature, as it lies on this device's disk. */
export interface SignedEntry {
  readonly entry: DeviceEntry;
  readonly signature: string | undefined;
}

/** An entry of this or, as far as pulled, of any device of the branch. */
export async function readSigned(deps: ComposeDeps, id: EntryId): Promise<SignedEntry | undefined> {
  const { deviceId, seq } = splitEntryId(id);
  if (deviceId === deps.identity.deviceId) {
    const [own] = await deps.journal.read(seq, seq);
    if (own === undefined) return undefined;
    const { signature, ...entry } = own;
    return { entry: entry as DeviceEntry, signature };
  }
  const held = await deps.branchJournal.find(id);
  return held?.entry && { entry: held.entry as unknown as DeviceEntry, signature: held.signature };
}

const PRINTABLE: readonly DeviceEntry['kind'][] = ['sale', 'refund', 'credit-payment', 'shift-close'];

export function isPrintable(entry: DeviceEntry): entry is PrintableEntry {
  return PRINTABLE.includes(entry.kind);
}

/** How people call what is printed. */
export function labelOf({ body, seq }: PrintableEntry): string {
  if ('receipt' in body) return body.receipt;
  return 'zNo' in body ? `Z ${body.zNo}` : String(seq);
}

/** What a receipt says besides its entry, by what this device knows of the shop now. */
export function contextOf(
  { company }: Pick<ComposeDeps, 'company'>,
  { entry, signature }: SignedEntry,
  language: Language,
  copy: number,
): ReceiptContext {
  const settings = company.settings.get();
  const branch = company.branch.get();
  const cashier = company.people.get().find(({ person }) => person === entry.person)?.name ?? entry.person;
  return {
    shop: {
      name: settings?.name ?? '',
      branch: branch?.name ?? '',
      address: branch?.address,
      phone: branch?.phone,
      header: settings?.receiptHeader,
      footer: settings?.receiptFooter,
      currency: settings?.currency ?? { code: 'IDR', digits: 0 },
    },
    language,
    offsetMinutes: -new Date(entry.at).getTimezoneOffset(),
    cashier,
    copy,
    signature,
  };
}

/** The receipt of a printable entry; null for what never goes onto paper. */
export function composeReceipt(
  deps: ComposeDeps,
  signed: SignedEntry,
  language: Language,
  copy: number,
): readonly ReceiptBlock[] | null {
  const { entry } = signed;
  return isPrintable(entry) ? receiptBlocks(entry, contextOf(deps, signed, language, copy)) : null;
}

/** Above a report that is no entry: whose, which till, and when. */
export function composeHead(
  { company, identity }: Pick<ComposeDeps, 'company' | 'identity'>,
  title: string,
  at: number,
): ReceiptBlock[] {
  const when = paperTime(at, -new Date(at).getTimezoneOffset());
  return [headline(company.settings.get()?.name ?? 'Laci'), middle(title), row(identity.till, when), RULE];
}

const TEST = {
  en: { title: 'TEST PAGE', edge: 'The line above reaches both edges.', price: 'Price' },
  id: { title: 'HALAMAN UJI', edge: 'Garis di atas sampai ke kedua tepi.', price: 'Harga' },
} as const;

/** A page that shows whether width, cut and code are right. */
export function composeTestPage({ company }: Pick<ComposeDeps, 'company'>, language: Language): ReceiptBlock[] {
  const { title, edge, price } = TEST[language];
  return [
    headline(company.settings.get()?.name ?? 'Laci'),
    middle(title),
    RULE,
    start(edge),
    row(price, 'Rp 12.345.678'),
    { kind: 'qr', code: 'LACI' },
  ];
}
