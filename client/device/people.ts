import type { PersonDoc } from '../../schema/company.ts';
import type { CartId, EntryId, PersonId } from '../../schema/ids.ts';
import type { Money } from '../../schema/money.ts';
import type { ErrorCode } from '../../schema/protocol/error.ts';
import type { Result } from '../../schema/result.ts';
import type { PersonAction, PersonRole } from '../../schema/roles.ts';
import type { SellFault } from './device.ts';
import type { Live } from './live.ts';

/** Who may be at this device, who is, and how they prove it. Works offline, except where a name ends in `Now`. */
export interface People {
  /** Everybody who works here, by name, with what stands between them and signing in. */
  readonly all: Live<readonly PersonAtDoor[]>;
  /** True while a PIN is needed before anything else is done; kept over reloads. The person and the open cart stay. */
  readonly locked: Live<boolean>;
  /** Signs a person in, or unlocks for the one who is. `pin` is null for a person without one. */
  signIn(person: PersonId, pin: string | null): Promise<Result<null, PinFault>>;
  /** Asks for a PIN from now on; does nothing where the person at this device has none. */
  lock(): Promise<void>;
  /** True when the person at this device may do `action` without anybody's approval. */
  may(action: PersonAction): boolean;
  /** Writes what the person at this device did alone, where no other entry will say it. A disk that fails holds nobody up. */
  note(wish: AllowWish): Promise<void>;
  /** Writes the approval of somebody whose role may; resolves when it is on disk. */
  approve(wish: AllowWish, approver: PersonId, pin: string | null): Promise<Result<EntryId, PinFault>>;
  /** Lets a person try again who was locked out; an approval entry says who allowed it. */
  unlock(person: PersonId, approver: PersonId, pin: string | null): Promise<Result<EntryId, PinFault>>;
  /** Sets a person's PIN at the server: `by` is that person or somebody who may, with their own present PIN. */
  setPinNow(wish: PinWish): Promise<Result<null, PinFault | OnlineFault>>;
  addPersonNow(wish: NewPerson): Promise<Result<null, PinFault | OnlineFault>>;
  /** Changes a name or role, or takes a person away: they sign in nowhere any more, as soon as each device hears of it. */
  putPersonNow(wish: PersonWish): Promise<Result<null, PinFault | OnlineFault>>;
}

export interface PersonAtDoor extends Pick<PersonDoc, 'person' | 'name' | 'role'> {
  /** False: signs in by name alone. */
  readonly hasPin: boolean;
  /** Wrong tries in a row. */
  readonly failures: number;
  /** How long to wait before the next try, in milliseconds; it runs while this device is awake. */
  readonly waitMs: number;
  /** Too many wrong tries: a manager unlocks. */
  readonly locked: boolean;
}

/** What a person wants to do that may need somebody's approval. */
export interface AllowWish {
  readonly action: PersonAction;
  readonly cart?: CartId;
  /** What it is about, in words, e.g. the line or the receipt. */
  readonly subject?: string;
  readonly amount?: Money;
  /** The share that is taken off. */
  readonly basisPoints?: number;
}

/** Who asks the server, and their present PIN; null for a person without one. */
export interface ProvenWish {
  readonly by: PersonId;
  readonly byPin: string | null;
}
export interface PinWish extends ProvenWish {
  readonly person: PersonId;
  readonly pin: string;
}
export interface NewPerson extends ProvenWish {
  readonly name: string;
  readonly role: PersonRole;
}

export interface PersonWish extends NewPerson {
  readonly person: PersonId;
  readonly active: boolean;
}

export type PinFault =
  /** Not this person's PIN; so many tries are left before it is locked. */
  | { readonly code: 'wrong'; readonly left: number }
  /** Too early after the last wrong one. */
  | { readonly code: 'wait' | 'locked' }
  /** Their PIN has not come to this device yet. */
  | { readonly code: 'no-verifier' }
  /** They may change people and have no PIN, and another who may has one: that one sets theirs. */
  | { readonly code: 'no-pin' }
  /** Their role may not do that, or they do not work here. */
  | { readonly code: 'not-allowed' }
  | SellFault;

export type OnlineFault = { readonly code: 'offline' | 'refused'; readonly error?: ErrorCode };
