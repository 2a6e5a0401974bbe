import type { Edit } from '../../schema/edit.ts';
import type { DeviceEntry } from '../../schema/entry/entry.ts';
import type { ProductId } from '../../schema/ids.ts';
import type { DeviceIdentity } from '../../schema/protocol/enrol.ts';
import type { Stock } from '../../schema/stock/counter.ts';
import type { DraftReader } from '../drafts/draft-reader.ts';
import { type ApprovalBook, createApprovalBook } from '../store/approval-book.ts';
import { type BranchJournal, createBranchJournal } from '../store/branch-journal.ts';
import { type CatalogueBook, createCatalogue } from '../store/catalogue.ts';
import { type CompanyBook, createCompanyBook } from '../store/company-book.ts';
import { createDeliveryBook, type DeliveryBook } from '../store/delivery-book.ts';
import type { Shelves } from '../store/device-disk.ts';
import { createDraftBook, type DraftBook } from '../store/draft-book.ts';
import { createEditBook, type EditBook } from '../store/edit-book.ts';
import { createExceptionBook, type ExceptionBook } from '../store/exception-book.ts';
import { createFindings, type Findings } from '../store/findings.ts';
import { createJournal, type Journal } from '../store/journal.ts';
import { createTailKeeper } from '../store/journal-tail.ts';
import { createMovementBook, type MovementBook } from '../store/movement-book.ts';
import { createPaymentBook, type PaymentBook } from '../store/payment-book.ts';
import { MEMORY_PAGE, readInPages } from '../store/read-in-pages.ts';
import type { Signer } from '../store/signer.ts';
import { createStockBook, type StockBook } from '../store/stock-book.ts';
import type { Vault } from '../store/vault.ts';
import { createWholeRead } from '../store/whole-read.ts';
import type { Timers } from './device-deps.ts';

/** All that a device holds, in memory and on disk. */
export interface Stores {
  readonly shelves: Shelves;
  readonly findings: Findings;
  readonly journal: Journal;
  readonly stockBook: StockBook;
  readonly catalogue: CatalogueBook;
  readonly company: CompanyBook;
  readonly branchJournal: BranchJournal;
  readonly editBook: EditBook;
  readonly draftBook: DraftBook;
  readonly paymentBook: PaymentBook;
  readonly exceptionBook: ExceptionBook;
  readonly approvalBook: ApprovalBook;
  readonly movementBook: MovementBook;
  readonly deliveryBook: DeliveryBook;
  /**
   * Reads everything from disk anew: at start, and after another tab wrote here. The own journal, and whatever is judged by the vault, wait until what
   * other tabs did is `noted`; the rest is taken in before.
   */
  load(noted: Promise<void>): Promise<void>;
  /**
   * Resolves when the newest entries of other devices are taken in as well, behind the last {@link load}, which does not wait for them. Never
   * rejects: where the disk does not give them a person is told.
   */
  othersRead(): Promise<void>;
}

export interface StoresDeps {
  readonly shelves: Shelves;
  readonly vault: Vault;
  readonly identity: DeviceIdentity;
  readonly clock: () => number;
  /** The shop's day now. */
  readonly today: () => string;
  readonly timers: Timers;
  readonly signer: Signer;
  /** Gives room that was held on the disk for what must be written now. */
  readonly makeRoom: () => Promise<boolean>;
  readonly onEntry: (entry: DeviceEntry) => void;
  readonly onSuperseded: () => void;
  readonly drafts: DraftReader;
  readonly newId: () => string;
  /** The server's time at its last word; null before. */
  readonly serverTime: () => number | null;
  /** A change of a draft waits to be sent. */
  readonly onDraft: () => void;
  /** An edit that another tab wrote waits to be sent. */
  readonly onEdit: () => void;
}

/** Lays edits over their documents, or takes them off again, wherever these edits stand now. */
export function showEdited(
  { catalogue, company }: Pick<Stores, 'catalogue' | 'company'>,
  edits: readonly Pick<Edit, 'collection' | 'docId'>[],
): void {
  const ids = (wanted: Edit['collection']) => edits.flatMap((edit) => (edit.collection === wanted ? [edit.docId] : []));
  const [products, documents] = [ids('products'), ids('company')];
  if (products.length > 0) catalogue.refresh(products);
  if (documents.length > 0) company.refresh(documents);
}

const OTHERS = 'branchJournal';

export function createStores(deps: StoresDeps): Stores {
  const { shelves, identity, clock, timers, signer, onEntry, onSuperseded } = deps;
  const findings = createFindings(shelves.findings, clock);
  const stockBook = createStockBook(identity);
  const company: CompanyBook = createCompanyBook(
    identity.branch,
    (id) => editBook.patchesFor(id, 'company'),
    deps.today,
  );
  const paymentBook = createPaymentBook();
  const approvalBook = createApprovalBook();
  const pause = () => new Promise<void>((resolve) => timers.after(0, resolve));
  const branchJournal = createBranchJournal(shelves.branchJournal, pause);
  const wholeJournal = createWholeRead(shelves.branchJournal, pause);
  const exceptionBook = createExceptionBook(wholeJournal);
  const movementBook = createMovementBook(wholeJournal);
  const deliveryBook = createDeliveryBook(wholeJournal);
  const catalogue: CatalogueBook = createCatalogue(timers, (id) => editBook.patchesFor(id), identity.branch);
  const editBook: EditBook = createEditBook(
    shelves.edits,
    (id, collection) =>
      (collection === 'company' ? company.serverDoc(id) : catalogue.serverProduct(id as ProductId))?.rev,
  );
  const draftBook = createDraftBook({
    drafts: shelves.drafts,
    changes: shelves.draftChanges,
    reader: deps.drafts,
    device: identity.deviceId,
    onWaiting: deps.onDraft,
    ...{ clock, findings, newId: deps.newId, serverTime: deps.serverTime },
  });
  const take = (entry: DeviceEntry) => {
    stockBook.addOwn(entry);
    paymentBook.addOwn(entry);
    exceptionBook.addOwn(entry);
    movementBook.addOwn(entry);
    deliveryBook.addOwn(entry);
    approvalBook.addOwn(entry);
    onEntry(entry);
  };
  const journal = createJournal({
    shelf: shelves.journal,
    owner: identity,
    clock,
    timers,
    signer,
    findings,
    tail: createTailKeeper(deps.vault),
    makeRoom: deps.makeRoom,
    onEntry: take,
    onSuperseded,
  });
  shelves.products.onWritten(catalogue.put);
  shelves.company.onWritten(company.put);
  shelves.branchJournal.onWritten(branchJournal.put);
  shelves.branchJournal.onWritten(paymentBook.put);
  shelves.branchJournal.onWritten(exceptionBook.put);
  shelves.branchJournal.onWritten(movementBook.put);
  shelves.branchJournal.onWritten(deliveryBook.put);
  shelves.branchJournal.onWritten(approvalBook.put);
  shelves.drafts.onWritten(draftBook.put);
  shelves.drafts.onRemoved(draftBook.remove);
  shelves.draftChanges.onWritten(draftBook.takeIn);
  shelves.edits.onWritten(async (written) => {
    const others = await editBook.takeIn(written);
    showEdited({ catalogue, company }, others);
    if (others.length > 0) deps.onEdit();
  });
  shelves.products.onRemoved(catalogue.remove);
  shelves.company.onRemoved(company.remove);
  shelves.stock.onRemoved(stockBook.remove);
  shelves.branchJournal.onRemoved(branchJournal.remove);
  shelves.branchJournal.onRemoved(exceptionBook.remove);
  shelves.branchJournal.onRemoved(movementBook.remove);
  shelves.branchJournal.onRemoved(deliveryBook.remove);
  /** Products are shown before their stock is looked through, where it is in memory. */
  const loadStock = async () => {
    const pages = () => shelves.stock.inMemory?.(MEMORY_PAGE) ?? null;
    const take = (page: readonly Stock[], isFirst: boolean) => (isFirst ? stockBook.load(page) : stockBook.join(page));
    if (pages()) stockBook.begin(() => pages() ?? []);
    else await readInPages(shelves.stock, take, { pause });
  };
  const othersBooks = [paymentBook, exceptionBook, movementBook, deliveryBook, approvalBook];
  const readOthers = async () => {
    const newest = await branchJournal.load(clock());
    for (const book of othersBooks) book.put(newest);
  };
  let reading: Promise<void> = Promise.resolve();
  const tellUnread = () => findings.report('disk', OTHERS, { collection: OTHERS }).catch(() => undefined);
  return {
    shelves,
    findings,
    journal,
    stockBook,
    catalogue,
    company,
    branchJournal,
    editBook,
    draftBook,
    paymentBook,
    exceptionBook,
    approvalBook,
    movementBook,
    deliveryBook,
    load: async (noted) => {
      await loadStock();
      for (const book of othersBooks) book.clear();
      // Rows on the disk, asked for while the rest is taken in from memory; the vault's word of where they end is read before them.
      const readingOwn = noted.then(journal.load);
      readingOwn.catch(() => undefined);
      const uncounted = [...(await findings.about('quarantined')), ...(await findings.about('forked'))];
      stockBook.quarantine(uncounted.map(({ about }) => about as DeviceEntry['id']));
      await findings.load();
      await editBook.load();
      await draftBook.load();
      const layers = shelves.products.layers?.();
      if (layers) catalogue.lay(layers);
      else await readInPages(shelves.products, catalogue.load, { pause });
      await noted;
      company.load(await shelves.company.find({}));
      showEdited({ catalogue, company }, editBook.edits.get());
      await readingOwn;
      reading = readOthers().catch(tellUnread);
    },
    othersRead: () => reading,
  };
}
