import type { ApprovalNeed } from '../../schema/approval.ts';
import type {
  BranchDoc,
  CompanyDoc,
  CustomerDoc,
  DeviceDoc,
  EpochDoc,
  PersonDoc,
  PinDoc,
  PromotionDoc,
  SettingsDoc,
} from '../../schema/company.ts';
import type { Edit, FieldConflict } from '../../schema/edit.ts';
import type { BodyOf, DeviceEntry, DeviceEntryKind } from '../../schema/entry/entry.ts';
import type { Payment } from '../../schema/entry/payment.ts';
import type { Epoch } from '../../schema/epoch.ts';
import type { DeviceId, EditId, EntryId, Hash, PersonId, ProductId, TillCode } from '../../schema/ids.ts';
import type { Money } from '../../schema/money.ts';
import type { GateFault } from '../../schema/payload-gate.ts';
import type { Product } from '../../schema/product.ts';
import type { Checkpoint } from '../../schema/protocol/checkpoint.ts';
import type { DeviceIdentity, EnrolCodeAnswer } from '../../schema/protocol/enrol.ts';
import type { ErrorCode } from '../../schema/protocol/error.ts';
import type { BranchEntry } from '../../schema/protocol/pull.ts';
import type { Cart, ReceiptRules } from '../../schema/receipt.ts';
import type { Result } from '../../schema/result.ts';
import type { Revision } from '../../schema/revision.ts';
import type { DeviceRole, PulledCollection } from '../../schema/roles.ts';
import type { OnHand } from '../../schema/stock/on-hand.ts';
import type { TestCall } from '../sync/test-call.ts';
import type { BelowZero } from './below-zero.ts';
import type { DeviceCare } from './device-care.ts';
import type { DiskView } from './disk-view.ts';
import type { HeldCarts } from './drafts.ts';
import type { Exceptions } from './exceptions.ts';
import type { Integrations } from './integrations.ts';
import type { Live } from './live.ts';
import type { MasterData } from './master-data.ts';
import type { Movements } from './movements.ts';
import type { News } from './news.ts';
import type { Orders } from './orders.ts';
import type { Payments } from './payments.ts';
import type { People } from './people.ts';
import type { Printing } from './printing.ts';
import type { Promotions } from './promotions.ts';
import type { Reports } from './reports.ts';
import type { ResetEnd } from './reset.ts';
import type { Returns } from './returns.ts';
import type { Shares } from './shares.ts';
import type { Shifts } from './shifts.ts';
import type { Stocktakes } from './stocktakes.ts';
import type { Transfers } from './transfers.ts';
import type { WaitingEntry } from './waiting.ts';

/**
 * One open device as its screens see it: everything answers from this device's own memory and disk (I11); nothing here
 * ever waits for the server, except where a name says so (`enrol…`, `…Now`).
 */
export interface Device {
  readonly identity: DeviceIdentity;
  readonly company: Company;
  readonly catalogue: Catalogue;
  readonly stock: StockView;
  readonly promotions: Promotions;
  readonly till: Till;
  readonly drafts: HeldCarts;
  readonly payments: Payments;
  readonly shift: Shifts;
  readonly returns: Returns;
  readonly shares: Shares;
  readonly printing: Printing;
  readonly office: Office;
  readonly exceptions: Exceptions;
  readonly stocktakes: Stocktakes;
  readonly movements: Movements;
  readonly transfers: Transfers;
  readonly orders: Orders;
  readonly masterData: MasterData;
  readonly people: People;
  readonly care: DeviceCare;
  readonly integrations: Integrations;
  readonly reports: Reports;
  readonly sync: SyncControl;
  readonly news: News;
  readonly disk: DiskView;
  /** False once another tab took this device over: nothing can be written here any more. */
  readonly active: Live<boolean>;
  /** Makes this tab the active one; another one that was becomes read-only. Resolves when this tab can write. */
  takeOver(): Promise<void>;
  close(): Promise<void>;
}

/** Settings, people and devices, as last pulled. */
export interface Company {
  readonly settings: Live<SettingsDoc | undefined>;
  readonly branch: Live<BranchDoc | undefined>;
  readonly people: Live<readonly PersonDoc[]>;
  /** Who has a PIN in this branch. */
  readonly pins: Live<readonly PinDoc[]>;
  readonly devices: Live<readonly DeviceDoc[]>;
  /** The histories of the server that this branch knows of, newest first. */
  readonly epochs: Live<readonly EpochDoc[]>;
  /** All of them, also who and what is switched off. */
  readonly all: Live<readonly CompanyDoc[]>;
  /** Who buys here by name, by name. */
  readonly customers: Live<readonly CustomerDoc[]>;
  /** Promotions that a manager has not ended, whatever their days. */
  readonly promotions: Live<readonly PromotionDoc[]>;
  /** Currency, rounding and taxes; undefined until the settings have arrived once. */
  readonly rules: Live<ReceiptRules | undefined>;
  /** The person now at this device; remembered over restarts. Every entry names one. */
  readonly person: Live<PersonDoc | undefined>;
  /** Without any PIN: for replays and tests. Screens sign people in by {@link People}. */
  choosePerson(person: PersonId): Promise<void>;
}

/** All active products, in memory, pending edits laid over them. */
export interface Catalogue {
  /** A new number after each change of any product: read again. */
  readonly version: Live<number>;
  count(): number;
  /** As this branch sells it: `price` is what it costs here. So is what the other ways to find one give. */
  product(id: ProductId): Product | undefined;
  /** As people change it: `price` is that of branches without a price of their own. */
  edited(id: ProductId): Product | undefined;
  /** All of them as people change them, also those that are no longer sold, in no particular order. */
  all(): readonly Product[];
  /** Exact; from a map, never the search index. */
  byBarcode(barcode: string): Product | undefined;
  /** Best first. An empty text gives the whole catalogue by name. Category '' is all. */
  search(text: string, options: { readonly category: string; readonly limit: number }): readonly Product[];
  /** Categories with their number of products, by name. */
  categories(): readonly { readonly category: string; readonly count: number }[];
  /** Reads what a start left for later, some at a time: whoever asks for all of them behind that keeps nobody waiting. */
  readOut(): Promise<void>;
}

/** Merged stock (I4): counters of all tills as last heard, plus own entries not covered yet. */
export interface StockView {
  readonly version: Live<number>;
  onHand(id: ProductId): number;
  explain(id: ProductId): OnHand;
  /** Products below nothing. */
  below(): readonly ProductId[];
  /** Reads what a start left for later, some at a time. */
  readOut(): Promise<void>;
}

/** Where an entry is: on this device's disk, or acknowledged by the server. */
export type Safety = 'device' | 'server';

/** Why nothing was written. Always before money is taken. */
export type SellFault =
  | {
      readonly code:
        | 'empty-cart'
        | 'not-active'
        | 'no-person'
        | 'no-settings'
        | 'cart-sold'
        /** Another till was paid it, as far as this one knows. */
        | 'cart-paid-elsewhere'
        | 'too-little-given'
        /** It does what its person may not do alone, and nobody who may has allowed as much. */
        | 'not-approved'
        | 'amount-too-large'
        | 'no-original'
        /** More of a line would come back than was sold of it, as far as this device knows. */
        | 'more-than-sold'
        /** Another exchange is not finished yet. */
        | 'exchange-open'
        | 'shift-open'
        | 'no-shift'
        /** The disk might not take the sale. */
        | 'no-room'
        /** The disk did not take it: nothing was written, and nothing was sold. */
        | 'not-written';
    }
  | { readonly code: 'unreadable'; readonly fault: GateFault }
  /** More of a limited product than this till's share of it, in smallest units. */
  | { readonly code: 'share-too-small'; readonly product: ProductId; readonly held: number; readonly wanted: number }
  /** What a person typed holds a card number: `note`, `reason`, `customer`, or a line from 1. */
  | { readonly code: 'card-number'; readonly place: string };

export interface Till {
  /** Checks a cart before payment: with the server's own validator, and that it is not sold yet. */
  check(cart: Cart): SellFault | null;
  /** What the cart does that needs somebody's leave and has none that reaches so far. */
  lacks(cart: Cart): readonly ApprovalNeed[];
  /**
   * Writes the sale; resolves when it is on disk. Refuses nothing that {@link check} let pass; a disk that fails all the same is
   * told as `not-written`. With `rules` by those: its money was computed with them, and they may have changed since.
   */
  sell(
    cart: Cart,
    payments: readonly Payment[],
    rules?: ReceiptRules,
  ): Promise<Result<Extract<DeviceEntry, { kind: 'sale' }>, SellFault>>;
  refund(refund: RefundDraft): Promise<Result<Extract<DeviceEntry, { kind: 'refund' }>, SellFault>>;
  receive(body: BodyOf<'receive'>): Promise<Result<DeviceEntry, SellFault>>;
  adjust(body: BodyOf<'adjust'>): Promise<Result<DeviceEntry, SellFault>>;
  /** Writes an entry of any other kind, e.g. `cash-out`: the same lock, chain and gate as the named ones. Replays need it; screens will. */
  record<Kind extends Exclude<DeviceEntryKind, 'sale' | 'refund'>>(
    kind: Kind,
    body: BodyOf<Kind>,
  ): Promise<Result<DeviceEntry, SellFault>>;
  /** The newest own entries, newest first. */
  recent(limit: number): Promise<readonly DeviceEntry[]>;
  /** A receipt of this device or, as far as pulled, of any till of the branch. Exact number, e.g. `K1-1-42`. */
  findReceipt(receipt: string): Promise<Extract<DeviceEntry, { kind: 'sale' | 'refund' }> | undefined>;
  safety(id: EntryId): Safety;
  /** A new number after each own entry and each acknowledgement. */
  readonly version: Live<number>;
}

export interface RefundDraft {
  readonly cart: Cart;
  readonly payments: readonly Payment[];
  readonly original?: { readonly entry?: EntryId; readonly receipt: string };
  readonly reason: string;
  /** Those its money was computed with; without them today's. */
  readonly rules?: ReceiptRules | undefined;
}

/** One sale or other entry of any till. */
export interface BranchSale {
  readonly id: EntryId;
  readonly till: TillCode | undefined;
  readonly kind: string;
  readonly at: number;
  readonly receipt: string | undefined;
  readonly total: Money | undefined;
  readonly person: PersonId | undefined;
  readonly safety: Safety;
  readonly flags: readonly string[];
}

/** What came back from devices in one history of the server, per till. */
export interface CameBack {
  readonly epoch: EpochDoc;
  readonly tills: readonly {
    readonly till: TillCode | undefined;
    readonly entries: number;
    /** Sales and refunds among them, and sales less refunds. */
    readonly receipts: number;
    readonly sum: Money;
  }[];
}

/** A till whose silence the manager should know of. */
export interface SilentTill {
  readonly device: DeviceDoc;
  /** How long nothing was heard from it, in milliseconds; null if never. */
  readonly silentMs: number | null;
}

/** `not-allowed`: the person's role may not edit. `bad-field`: the server would refuse it. */
export type EditProductFault = 'not-active' | 'no-person' | 'not-allowed' | 'bad-field';

export interface Office {
  /** Sales and refunds of all tills, newest arrival first, own included; at most `limit`. */
  sales(limit: number): Promise<readonly BranchSale[]>;
  /** The whole entry behind a row, where it is held here. */
  entry(id: EntryId): Promise<DeviceEntry | BranchEntry | undefined>;
  /** A new number whenever {@link sales} would answer differently. */
  readonly version: Live<number>;
  /** Tills not heard from for longer than the setting says; offline, as of the last word from the server. */
  readonly silent: Live<readonly SilentTill[]>;
  /** Devices with a live socket now; empty while this device is offline. */
  readonly live: Live<readonly DeviceId[]>;
  /** What came back after each new history of the server, newest first; empty while there was only the first. */
  cameBack(): Promise<readonly CameBack[]>;
  /** Products below nothing, the lowest first, with the entries that took them there. */
  belowZero(): Promise<readonly BelowZero[]>;
  /** Wishes to change a product's fields. Applied on this screen at once, on the server when it is reached. */
  editProduct(id: ProductId, patch: Edit['patch']): Promise<Result<EditId, EditProductFault>>;
  /** Own edits, newest first, each with its verdict or null. */
  readonly edits: Live<readonly OwnEdit[]>;
  /**
   * Decides a conflict for good, field by field. `mine` becomes a new edit on the product as the server has it now, whose id is
   * given (null when all is `theirs`); `theirs` stays as it is. A field that is not named is `theirs`. The decided edit is kept.
   */
  settleConflict(
    id: EditId,
    fields: Readonly<Record<string, 'mine' | 'theirs'>>,
  ): Promise<Result<EditId | null, 'not-active' | 'no-person' | 'bad-field' | 'no-conflict'>>;
  /** A person has seen that the server refused this edit: it is kept, and calls for nobody any more. */
  dismissEdit(id: EditId): Promise<Result<null, 'not-active' | 'not-refused'>>;
  /** Hands a product's picture to the server; resolves with the name under which a product may show it. Needs the network. */
  putImageNow(bytes: Uint8Array<ArrayBuffer>): Promise<Result<Hash, 'offline' | 'refused'>>;
  /** Asks the server for a code; needs the network. */
  enrolCodeNow(role: DeviceRole, till: TillCode): Promise<Result<EnrolCodeAnswer, ErrorCode | 'offline'>>;
}

export interface OwnEdit extends Edit {
  readonly order: number;
  readonly verdict: {
    readonly verdict: 'accepted' | 'merged' | 'conflict' | 'refused';
    readonly reason?: string;
    readonly conflicts?: readonly FieldConflict[];
    /** The fields that the server wrote, and the document's revision that holds them. */
    readonly fields?: readonly string[];
    readonly rev?: Revision;
    /** The history in which it was given; in a later one it says nothing. Missing where protocol 1 kept it: the first. */
    readonly epoch?: Epoch;
  } | null;
  /** The fields that go again because the server began a new history; missing for an edit that never had to. */
  readonly again?: readonly string[];
  /** What a person made of a conflict or a refusal, for good: until then it is listed with base, mine and theirs. */
  readonly decided?: {
    readonly at: number;
    /** Of a conflict; empty for a refusal that was seen. */
    readonly fields: Readonly<Record<string, 'mine' | 'theirs'>>;
    /** The edit that carries on what was kept of mine. */
    readonly as?: EditId;
  };
}

/** Online: live socket open. Connecting: trying. Offline: waiting to try again. Trouble: answers that are not the server's, or not enrolled. */
export type ConnectionState = 'connecting' | 'online' | 'offline' | 'trouble';

export interface SyncStatus {
  readonly connection: ConnectionState;
  /** Own entries without an acknowledgement. */
  readonly waitingEntries: number;
  /** Own edits without a verdict. */
  readonly waitingEdits: number;
  /** Own changes of held carts without a verdict. */
  readonly waitingDrafts: number;
  /** Device clock at the last time all was pulled or a live message arrived, milliseconds; null before the first. */
  readonly lastSyncAt: number | null;
  readonly lastError: { readonly at: number; readonly text: string } | null;
  /** Set while a first or manual full sync runs. */
  readonly fullSync: { readonly collection: PulledCollection; readonly done: number; readonly total: number } | null;
  /** False until products, stock and settings have been pulled once completely. */
  readonly ready: boolean;
  /** The manager revoked this device: what it still holds is handed in, and nothing new comes. */
  readonly revoked: boolean;
}

/** One line of the sync log, newest last; a ring buffer in memory. */
export interface SyncLogLine {
  readonly at: number;
  readonly what: string;
}

/** What a developer sees of one collection. */
export interface CollectionInspection {
  readonly collection: PulledCollection;
  readonly documents: number;
  readonly checkpoint: Checkpoint | null;
  /** By the server's word; null when it cannot be asked. */
  readonly serverTotal: number | null;
  readonly lag: number | null;
}

export interface Inspection {
  readonly collections: readonly CollectionInspection[];
  readonly epoch: Epoch | null;
  /** Newest commit sequence per scope at the server; null when it cannot be asked. */
  readonly serverSequence: Readonly<Record<string, number>> | null;
  readonly ownHead: { readonly seq: number; readonly hash: string };
  readonly serverHead: { readonly seq: number; readonly hash: string } | null;
  readonly waiting: readonly { readonly id: EntryId; readonly kind: string; readonly at: number }[];
  readonly waitingEdits: readonly OwnEdit[];
  readonly lastError: SyncStatus['lastError'];
  /** The server's head of every device of the branch; null when it cannot be asked. */
  readonly heads: Readonly<Record<string, { readonly seq: number; readonly hash: string }>> | null;
  /** Own entries up to this seq are in the server's newest backup; null when it does not say. */
  readonly backedUp: number | null;
  /** What the way of own entries to the server does now. */
  readonly outbox: OutboxState;
  readonly counters: SyncCounters;
}

/**
 * `idle`: nothing waits. `sending`: a push is under way. `waiting`: it failed and is tried again. `throttled`: the server
 * asked for a pause. `revoked`: only what is still held goes out.
 */
export type OutboxState = 'idle' | 'sending' | 'waiting' | 'throttled' | 'revoked';

/** What sync did since this device was opened. */
export interface SyncCounters {
  readonly requests: number;
  readonly failedRequests: number;
  readonly pushes: number;
  readonly entriesAcknowledged: number;
  readonly pullRounds: number;
  readonly liveChanges: number;
  readonly handedIn: number;
  readonly digests: number;
}

/** Hours of the device's own day, `from` (included) to `to` (not included), 0 to 23; over midnight when `from` is greater. */
export interface HourSpan {
  readonly from: number;
  readonly to: number;
}

/** Every number a person may set; all times in milliseconds. */
export interface SyncSettings {
  /** Where the server is: '' for the address this app came from. Changing it needs an empty outbox. */
  readonly serverAddress: string;
  readonly pullIntervalMs: number;
  readonly pullBatch: number;
  readonly pushBatch: number;
  readonly requestTimeoutMs: number;
  readonly live: boolean;
  /** How often what is here is compared with the server while nobody sells. */
  readonly digestIntervalMs: number;
  /** Nobody sold for so long: then there is time for other work. */
  readonly idleAfterMs: number;
  /** No work but selling and live changes in these hours; null for none. */
  readonly peakHours: HourSpan | null;
  /** When everything is checked once a night: own chain and all collections; null for never. */
  readonly nightHours: HourSpan | null;
  /** Days of the other devices' entries that stay on this device; null for 30 on a till and all in the office. */
  readonly branchWindowDays: number | null;
  /** More than so many waiting is worth a warning, as is knowledge older than `staleAfterMs`, and no connection for `offlineAfterMs`. */
  readonly waitingMax: number;
  readonly staleAfterMs: number;
  readonly offlineAfterMs: number;
}

export interface SyncControl {
  readonly status: Live<SyncStatus>;
  readonly settings: Live<SyncSettings>;
  readonly log: Live<readonly SyncLogLine[]>;
  saveSettings(settings: SyncSettings): Promise<Result<null, 'outbox-not-empty' | 'bad-value'>>;
  /** Pushes and pulls at once, without waiting for a timer. */
  syncNow(): void;
  /** Pulls everything again from the beginning, in batches, resumed where it stopped after a reload. */
  fullSyncNow(): Promise<void>;
  /** Own entries that the server does not have, each with why: what it did not take first, then the newest; at most `limit`. */
  waiting(limit: number): Promise<readonly WaitingEntry[]>;
  /** Own changes of held carts that the server does not have. */
  waitingCarts(): readonly { readonly id: string; readonly changes: number }[];
  /** Offers everything again, also what the server refused. */
  offerAgain(): Promise<void>;
  /** Asks the server once, now, and says what stands in the way. */
  testCallNow(): Promise<TestCall>;
  /** Removes all that was pulled and pulls it again; first what waits is sent, or given to `save` as a rescue file. */
  resetNow(save: (rescue: string) => Promise<void>): Promise<ResetEnd>;
  /** Reads this device's state, and asks the server for its side if it can be reached. */
  inspect(): Promise<Inspection>;
}
