import type { Head } from '../../schema/entry/entry.ts';
import type { EntryFlag } from '../../schema/entry/flag.ts';
import type { Epoch } from '../../schema/epoch.ts';
import type { BranchId, DeviceId, EditId, EntryId, Hash, ProductId, Scope, TillCode } from '../../schema/ids.ts';
import type { Contribution, Dimension } from '../../schema/report/contributions.ts';
import type { DaySpan } from '../../schema/report/report-day.ts';
import type { DeviceRole, PulledCollection } from '../../schema/roles.ts';

/**
 * The port to where everything is kept. Small primitives only: the rules stand above it, once (server/core). Everything is
 * asynchronous, so that a database over a network can implement it; each implementation passes store-contract.ts.
 */
export interface Store {
  /** Runs `work` on one consistent snapshot. `work` awaits nothing but its transaction. */
  read<Value>(work: (tx: ReadTx) => Promise<Value>): Promise<Value>;
  /**
   * Runs `work` as one atomic transaction that may change documents and entries of `scopes`. What it wrote is on disk when this
   * resolves; nothing of it is when this rejects. Writers of one scope run one after another. `work` awaits nothing but its
   * transaction, pure computation and a turn for others (`breathe`). Rejects with a {@link StoreFault} where the disk fails.
   */
  write<Value>(scopes: readonly Scope[], work: (tx: WriteTx) => Promise<Value>): Promise<Value>;
  /**
   * Calls back after each commit of this process that changed documents or entries, in commit order. Others may write too: the truth is the change
   * log. Returns the way to stop.
   */
  onCommit(listener: (commit: Commit) => void): () => void;
  /** Bytes that everything takes on the disk. */
  size(): Promise<number>;
  /** Finishes what runs, and closes. */
  close(): Promise<void>;
}

/** The disk failed, is full or is read-only. Nothing was written. */
export class StoreFault extends Error {
  override readonly name = 'StoreFault';
  /** `full`: no room is left; a person must make some. */
  readonly full: boolean;
  /** What is stored cannot be read any more: a person must restore a backup. */
  readonly damaged: boolean;
  constructor(message: string, full: boolean, cause: unknown, damaged = false) {
    super(message, { cause });
    this.full = full;
    this.damaged = damaged;
  }
}

/** Collections kept as documents, latest state only. `branchJournal` is served from the entries themselves. */
export type DocumentCollection = Exclude<PulledCollection, 'branchJournal'>;

/** A place in one scope's history: its newest commit sequence and the random tag of that commit; seq 0 has the tag ''. */
export interface CommitPlace {
  readonly seq: number;
  readonly tag: string;
}

export interface StoredDocument {
  readonly id: string;
  readonly scope: Scope;
  /** Commit sequence of its last change. */
  readonly seq: number;
  readonly json: string;
}

/** A pushed row that took its place in its device's chain. */
export interface StoredEntry {
  readonly id: EntryId;
  readonly deviceId: DeviceId;
  /** Its place in the device's chain. */
  readonly entrySeq: number;
  readonly prev: Hash;
  readonly hash: Hash;
  readonly scope: Scope;
  /** As claimed; `unreadable` where no kind could be read. */
  readonly kind: string;
  /** The device's clock as claimed, or the time of arrival where it could not be read. */
  readonly at: number;
  readonly json: string;
  /** Its author's, over the id it names itself by; '' where it came without one. */
  readonly signature: string;
  /** The device that delivered it. */
  readonly courier: DeviceId;
  readonly receivedAt: number;
  readonly verdict: 'accepted' | 'quarantined';
  /** Why it is quarantined, else ''. */
  readonly reason: string;
  readonly flags: readonly EntryFlag[];
}

/** A stored entry with the commit sequence of its last change of verdict. */
export interface JournalChange extends StoredEntry {
  readonly seq: number;
}

/** What the tail of the change log carries. */
export type StoredChange =
  | { readonly kind: 'entry'; readonly seq: number; readonly entry: JournalChange }
  | {
      readonly kind: 'document';
      readonly seq: number;
      readonly collection: DocumentCollection;
      readonly json: string;
      /** Commit sequence of the change before this one; 0 for a new document. */
      readonly previousSeq: number;
      /** The only device whose counter this change moved; null where more changed than that. */
      readonly movedBy: DeviceId | null;
    };

/** What a commit did in each scope that it changed; null where that is not at hand, and the log has to be asked. */
export type Commit = ReadonlyMap<Scope, ScopeCommit | null>;

/** What `changesAfter` gives of a scope behind `after`, up to the place at which the commit ended. */
export interface ScopeCommit {
  readonly epoch: Epoch;
  readonly after: number;
  readonly place: CommitPlace;
  readonly changes: readonly StoredChange[];
}

/** Changes of one scope behind a commit sequence, in order. */
export interface Span {
  readonly scope: Scope;
  readonly after: number;
  readonly limit: number;
}

export interface StoredDevice {
  readonly deviceId: DeviceId;
  readonly branch: BranchId;
  readonly role: DeviceRole;
  readonly till: TillCode;
  readonly generation: number;
  /** JSON Web Key, as text. */
  readonly publicKey: string;
  readonly certificate: string;
  /** Null where no credential opens it: a fork, the server's own journal, an author known by its certificate alone. */
  readonly credentialHash: string | null;
  readonly enrolledAt: number;
  /** The device from whose journal this one's run diverged; null for a device of its own. */
  readonly forkOf: DeviceId | null;
}

export interface StoredCode {
  readonly hash: string;
  readonly branch: BranchId;
  readonly role: DeviceRole;
  readonly till: TillCode;
  readonly expiresAt: number;
  /** Times it was offered and could not be used. */
  readonly tries: number;
  readonly usedBy: DeviceId | null;
}

/** A row that took no place, kept for a person or a later rule. */
export interface SetAside {
  readonly courier: DeviceId;
  readonly entryId: string;
  readonly verdict: 'refused' | 'forked';
  readonly reason: string;
  readonly json: string;
  readonly receivedAt: number;
}

/** Where a push in the inbox stands: its rows are a run of one device's chain. */
export interface InboxPlace {
  /** In the order of arrival. */
  readonly n: number;
  readonly branch: BranchId;
  readonly deviceId: DeviceId;
  /** How many rows it has. */
  readonly length: number;
}

/** A push that was acknowledged, and is taken when its turn comes. */
export interface InboxPush {
  readonly branch: BranchId;
  /** Who wrote its rows, and brought them. */
  readonly deviceId: DeviceId;
  readonly firstSeq: number;
  /** Its last row. */
  readonly last: Head;
  readonly receivedAt: number;
  /** What came beside the rows, as JSON. */
  readonly beside: string;
  /** The rows as they are stored, in UTF-8, one to a line. */
  readonly rows: Uint8Array;
}

/** What may be stored of a sale before it came itself, and of others of its cart. */
export interface SaleTraces {
  readonly scope: Scope;
  /** Under which sales, refunds and corrections of it are noted. */
  readonly carts: readonly [string, string, string];
  readonly draft: string;
  /** Under which it is settled. */
  readonly target: string;
}

/** What the server keeps for itself beside documents and entries: devices pull none, and it may go again. */
export type RecordKind =
  /** A token of another system, by the hash of the token. */
  | 'integration'
  /** An address that is told of what happens. */
  | 'webhook'
  /** One message to such an address, due at its `at`. */
  | 'delivery'
  /** What a webhook told last of a product's level or a device's silence, so that it is told once. */
  | 'told'
  /** What a device last said about itself. */
  | 'report'
  /** Something that a device shall do when it comes back. */
  | 'command'
  /** What a branch must be told of a transfer. */
  | 'telling'
  /** The same, for a branch that there is not yet. */
  | 'untold';

export interface StoredRecord {
  readonly kind: RecordKind;
  readonly id: string;
  /** Server time; what it means is the kind's. */
  readonly at: number;
  readonly json: string;
}

/** Which records of a kind: ids that begin so, `at` at most so much. */
export interface RecordSpan {
  readonly prefix?: string;
  readonly until?: number;
  readonly limit: number;
}

/** Where changes of one scope begin to count: behind this commit sequence. */
export interface ScopePlace {
  readonly scope: Scope;
  readonly after: number;
}

/** Where an edit stands among all of them. */
export interface EditPlace {
  readonly receivedAt: number;
  readonly deviceId: DeviceId;
  readonly editId: EditId;
}

/** An edit as it was pushed, with its answer; both as JSON. */
export interface StoredEdit extends EditPlace {
  readonly edit: string;
  readonly verdict: string;
}

/** Which daily sums a report adds up, and under which keys. */
export interface DailySumSpan extends DaySpan {
  readonly scope: Scope;
  readonly dimension: Dimension;
}

/** The row that daily sums of one dimension, day and key stand in. */
export type DailySumPlace = Pick<Contribution, 'dimension' | 'day' | 'key'>;

export interface ReadTx {
  meta(key: string): Promise<string | undefined>;
  /** The newest epoch. */
  epoch(): Promise<Epoch | undefined>;
  /** Every epoch that began in this history, oldest first. */
  epochs(): Promise<readonly Epoch[]>;
  /** Every scope in which anything was ever written. */
  scopes(): Promise<readonly Scope[]>;
  /** Where a scope's history ends now. */
  place(scope: Scope): Promise<CommitPlace>;
  /** The tag of the commit that made change `seq`; undefined where no commit did. */
  tagAt(scope: Scope, seq: number): Promise<string | undefined>;

  document(collection: DocumentCollection, id: string): Promise<StoredDocument | undefined>;
  documentsAfter(collection: DocumentCollection, span: Span): Promise<readonly StoredDocument[]>;
  /** Documents whose ids begin so, in the order of their ids. */
  documentsNamed(collection: DocumentCollection, prefix: string, limit: number): Promise<readonly StoredDocument[]>;
  /** Documents of two scopes that changed behind a place of each, in the order of their ids. */
  documentsById(
    collection: DocumentCollection,
    places: readonly [ScopePlace, ScopePlace],
    page: { readonly skip: number; readonly limit: number },
  ): Promise<readonly StoredDocument[]>;
  countDocuments(collection: DocumentCollection, scope: Scope, after: number): Promise<number>;
  /** The active product of a scope that carries a barcode. */
  productByBarcode(scope: Scope, barcode: string): Promise<ProductId | undefined>;

  entry(id: EntryId): Promise<JournalChange | undefined>;
  /** Entries of one device from a place of its chain on, in order of that chain; gaps are not filled. */
  entriesFrom(deviceId: DeviceId, entrySeq: number, limit: number): Promise<readonly JournalChange[]>;
  /** What stands at one place of a device's chain in all its forks, by the fork's id. */
  forkEntries(deviceId: DeviceId, entrySeq: number): Promise<readonly JournalChange[]>;
  /** Entries of a scope in commit order, without those of one device. */
  journalAfter(span: Span, except: DeviceId): Promise<readonly JournalChange[]>;
  countJournal(scope: Scope, after: number, except: DeviceId): Promise<number>;
  /**
   * The last place of a scope's history before which no entry arrived at `receivedAt` (server time) or later: the end of the history
   * where none did. Entries that changed their verdict stand at that change.
   */
  journalSeqBefore(scope: Scope, receivedAt: number): Promise<number>;
  /** True when a sale of this cart is stored in the branch. */
  cartSold(scope: Scope, cartId: string): Promise<boolean>;
  /** True when any of this is stored. */
  hasTraces(traces: SaleTraces): Promise<boolean>;
  /** The entries that are noted under this cart, by id; the first `limit`. */
  cartEntries(scope: Scope, cartId: string, limit: number): Promise<readonly EntryId[]>;
  head(deviceId: DeviceId): Promise<Head | undefined>;
  /** Where what waits in the inbox of a device ends; undefined where nothing does. */
  inboxEnd(deviceId: DeviceId): Promise<Head | undefined>;
  /** What waits in the inbox, in the order of its arrival; the first `limit`. */
  inboxPlaces(limit: number): Promise<readonly InboxPlace[]>;
  inboxPush(n: number): Promise<InboxPush | undefined>;
  /** Rows that a courier's pushes left aside, refused and forked ones. */
  setAsideCount(courier: DeviceId): Promise<number>;
  /** Quarantined entries of a scope of which no kind could be read, by id, behind the id `after`. */
  unreadableEntries(scope: Scope, after: string, limit: number): Promise<readonly JournalChange[]>;
  /** The entry of a server journal that settled a target; undefined while none did. */
  settledBy(target: string): Promise<EntryId | undefined>;

  /** Documents and entries of a scope together, in commit order: what the live tail reads. */
  changesAfter(span: Span): Promise<readonly StoredChange[]>;

  device(id: DeviceId): Promise<StoredDevice | undefined>;
  deviceByCredential(credentialHash: string): Promise<StoredDevice | undefined>;
  /** All devices that ever served as a till code of a branch, oldest generation first. */
  devicesOfTill(branch: BranchId, till: TillCode): Promise<readonly StoredDevice[]>;
  /** All authors of a branch, forks and server journals included, by id. */
  devicesOfBranch(branch: BranchId): Promise<readonly StoredDevice[]>;
  /** Devices under which diverging runs of this one are filed, by id. */
  forksOf(deviceId: DeviceId): Promise<readonly StoredDevice[]>;
  code(hash: string): Promise<StoredCode | undefined>;
  /** The recorded answer to an edit, as JSON. */
  editVerdict(deviceId: DeviceId, editId: EditId): Promise<string | undefined>;
  /** Recorded edits, the last to arrive first, behind one of them; null for the newest. */
  editsBefore(before: EditPlace | null, limit: number): Promise<readonly StoredEdit[]>;
  record(kind: RecordKind, id: string): Promise<StoredRecord | undefined>;
  /** Records of a kind by `at`, then by id. */
  records(kind: RecordKind, span: RecordSpan): Promise<readonly StoredRecord[]>;
  /** What is counted in a row of a branch's daily sums; undefined while nothing is. */
  dailySum(scope: Scope, place: DailySumPlace): Promise<Contribution | undefined>;
  /** Daily sums of some days, by day and key, behind one of them; null from the first. */
  dailySumsAfter(
    span: DailySumSpan,
    after: Pick<DailySumPlace, 'day' | 'key'> | null,
    limit: number,
  ): Promise<readonly Contribution[]>;
  /** Daily sums of one day whose keys begin with `begin`, in no particular order. */
  dailySumsOf(
    scope: Scope,
    place: Pick<DailySumPlace, 'dimension' | 'day'>,
    begin: string,
  ): Promise<readonly Contribution[]>;
}

export interface WriteTx extends ReadTx {
  setMeta(key: string, value: string): Promise<void>;
  addEpoch(epoch: Epoch, begunAt: number): Promise<void>;
  /**
   * Stores a document's new state under the scope's next commit sequence, and gives that. A document never changes
   * its scope: throws where one would.
   */
  putDocument(
    collection: DocumentCollection,
    document: { readonly id: string; readonly scope: Scope; readonly json: string; readonly movedBy?: DeviceId },
  ): Promise<number>;
  /** The barcodes under which a product is found; none for one that is no longer sold. */
  setBarcodes(scope: Scope, productId: ProductId, barcodes: readonly string[]): Promise<void>;
  /** Stores an entry for good, under the scope's next commit sequence. Throws where its id is taken. */
  insertEntry(entry: StoredEntry): Promise<number>;
  /** A stored entry turns out not to follow the one before it: others hear of it under a new commit sequence. */
  quarantineEntry(id: EntryId, reason: string): Promise<void>;
  /** What is said of a stored entry now: others hear of it under a new commit sequence. */
  reflagEntry(id: EntryId, flags: readonly EntryFlag[]): Promise<void>;
  addSoldCart(scope: Scope, cartId: string, entryId: EntryId): Promise<void>;
  setHead(deviceId: DeviceId, head: Head): Promise<void>;
  /** Notes for good which entry of a server journal settled a target. Throws where one did already. */
  settle(target: string, by: EntryId): Promise<void>;
  /** Keeps a push until it is taken. Gives its number, which is never given again. */
  putInInbox(push: InboxPush): Promise<number>;
  /** False where it is not there. */
  dropFromInbox(n: number): Promise<boolean>;
  /** Keeps a row aside. The same text of the same courier is kept once. */
  setAside(row: SetAside): Promise<void>;
  addDevice(device: StoredDevice): Promise<void>;
  /** The credential that opens a device from now on. Throws where there is no such device. */
  setCredential(deviceId: DeviceId, credentialHash: string): Promise<void>;
  addCode(code: StoredCode): Promise<void>;
  countTry(hash: string): Promise<void>;
  spendCode(hash: string, deviceId: DeviceId): Promise<void>;
  /** Keeps a record, in place of the one of that id. */
  putRecord(record: StoredRecord): Promise<void>;
  dropRecord(kind: RecordKind, id: string): Promise<void>;
  /** Adds to the daily sums of these rows, each of which is named once. */
  addDailySums(scope: Scope, rows: readonly Contribution[]): Promise<void>;
  /** Takes away all daily sums of all branches, at once: they are counted anew. */
  dropDailySums(): Promise<void>;
  /** Records an edit with its answer, for good. */
  addEditVerdict(row: StoredEdit): Promise<void>;
}
