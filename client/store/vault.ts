import type { Head } from '../../schema/entry/entry.ts';
import type { Epoch } from '../../schema/epoch.ts';
import type { PersonId } from '../../schema/ids.ts';
import type { CommandResult } from '../../schema/protocol/device-care.ts';
import type { EnrolAnswer } from '../../schema/protocol/enrol.ts';
import type { PulledCollection } from '../../schema/roles.ts';
import type { SyncSettings } from '../device/device.ts';
import type { PayingBack, TakenPayments } from '../device/payments.ts';
import type { Exchange } from '../device/returns.ts';
import type { PrintBook } from '../print/print-book.ts';
import type { PrintSettings } from '../print/print-settings.ts';
import type { KeptTail } from './journal-tail.ts';

/** How far the server acknowledged this device's journal. Counts only within its epoch. */
export interface Acknowledged {
  readonly epoch: Epoch;
  /** The last own entry that a parsed verdict named, with all before it. */
  readonly head: Head;
  /** The seqs of those up to the head that the server refused: still this device's alone, and offered again. */
  readonly refused?: readonly number[];
  /** The seqs of those up to the head of which the server has only the chain stub: their text is offered again. */
  readonly stubs?: readonly number[];
  /** The greatest head that the server itself named in this epoch; naming a lower one, it lost entries. */
  readonly named?: number;
  /** The greatest seq that was acknowledged in an earlier epoch, or before the server lost it. */
  readonly resent?: number;
}

/** How far the server had acknowledged at a time. */
export interface AcknowledgedDay {
  readonly epoch: Epoch;
  /** Server time, milliseconds since 1970. */
  readonly at: number;
  readonly seq: number;
}

/** What a reload must know about pulling, beside the checkpoints that RxDB keeps. */
export interface PullProgress {
  /** The number of each collection's sweep; a checkpoint of another sweep is not gone on from, so raising it pulls all again. */
  readonly sweeps: Readonly<Record<PulledCollection, number>>;
  /** Pulled to the end in their present sweep. */
  readonly complete: readonly PulledCollection[];
  /** All were complete once: the device can work. */
  readonly ready: boolean;
}

/** One person's PIN as this device keeps it. `seal` is an HMAC of the server's verifier under this device's own key. */
export interface SealedPin {
  /** Names the PIN that was set; the server's `pin` document carries the newest. */
  readonly mark: string;
  readonly salt: string;
  readonly rounds: number;
  readonly seal: string;
}

/** A command of the office that was done, and what became of it. */
export interface DoneCommand {
  readonly id: string;
  readonly result: CommandResult;
}

/** Everything a device keeps outside its collections. Each value is replaced whole. */
export interface VaultValues {
  readonly enrolment: EnrolAnswer & { readonly serverAddress: string };
  /** P-256; the private key cannot be read out. */
  readonly keys: CryptoKeyPair;
  readonly acknowledged: Acknowledged;
  /** Where the own journal stood after its last entry. */
  readonly tail: KeptTail;
  /** How far the server had acknowledged on earlier days of the present epoch, oldest first: what is old enough to be purged. */
  readonly acknowledgedDays: readonly AcknowledgedDay[];
  readonly pull: PullProgress;
  /** The last epoch in which this device did all it had to: handed in what the server lacked, and let go of what never was. */
  readonly recovered: Epoch;
  readonly settings: SyncSettings;
  /** How this device prints, and the jobs of its printer. */
  readonly printing: PrintSettings;
  readonly prints: PrintBook;
  readonly person: PersonId;
  /** Commands of the office that this device has done and whose answer may not have arrived, oldest first. */
  readonly commandsDone: readonly DoneCommand[];
  /** Counts the tabs that took this device over: the greatest is the one that writes, whatever an older one believes. */
  readonly holder: number;
  /** Money taken for a cart whose sale is not written yet. */
  readonly taken: TakenPayments | null;
  /** Store credit that a terminal or phone was asked for. */
  readonly payingBack: PayingBack | null;
  /** An exchange of which not both halves are written yet. */
  readonly exchange: Exchange | null;
  /** The PINs that can be checked here, by person. */
  readonly pins: Readonly<Record<string, SealedPin>>;
  /** HMAC; cannot be read out. */
  readonly pinKey: CryptoKey;
  /** Wrong PINs in a row, by person. */
  readonly pinFailures: Readonly<Record<string, number>>;
  /** True while somebody must prove to be there before anything is done. */
  readonly locked: boolean;
  /** Device clock when this device was last in step with the server, milliseconds since 1970. */
  readonly lastSyncAt: number;
  /** True when nobody wants to hear of sales at other tills. */
  readonly quietElsewhere: boolean;
}

/**
 * A small store per slot that holds who this device is. `put` resolves when the value is on disk; a value that was
 * never put is undefined.
 */
export interface Vault {
  get<Key extends keyof VaultValues>(key: Key): Promise<VaultValues[Key] | undefined>;
  put<Key extends keyof VaultValues>(key: Key, value: VaultValues[Key]): Promise<void>;
  /**
   * Makes a value of the one that lies there, in one turn, whatever other tabs do; gives it when it is on disk. With a `holder` only while that
   * is still the one: rejects with {@link Superseded} where another tab has taken over.
   */
  change<Key extends keyof VaultValues>(key: Key, change: Change<Key>, holder?: number): Promise<VaultValues[Key]>;
  /** Left out where asking for one value after the other costs nothing. */
  readonly ahead?: VaultAhead;
  close(): void;
}

/** A start asks for many values, one behind the other: they are read in one go. */
export interface VaultAhead {
  /** Reads all as they are now. From then on they are answered from memory, but for those that are written here meanwhile. Does nothing behind the end. */
  read(): Promise<void>;
  /** The start is over: from now on the disk is asked. */
  end(): void;
}

export type Change<Key extends keyof VaultValues> = (now: VaultValues[Key] | undefined) => VaultValues[Key];

/** Another tab has taken this device over. */
export class Superseded extends Error {
  constructor() {
    super('Another tab took this device over.');
  }
}
