import type { CartId, DeviceId, EntryId, TillCode } from '../../schema/ids.ts';
import type { Cart, CartLine } from '../../schema/receipt.ts';
import type { Result } from '../../schema/result.ts';
import type { RowMark } from '../drafts/draft-content.ts';
import type { Live } from './live.ts';

/** Why a cart was not held or taken. Nothing is lost: it stays where it was. */
export type HoldFault = 'not-active' | 'empty-cart' | 'not-written' | 'gone';

/** Where a held cart is: waiting for anybody, open on a till, or being paid there. A claim of that till, as last heard. */
export interface CartPlace {
  readonly state: 'parked' | 'open' | 'paying';
  readonly device: DeviceId;
  readonly till: TillCode;
  /** Clock of that device. */
  readonly at: number;
}

/** A line that two changed while apart; a person looks at it. */
export interface LineMark {
  readonly kind: RowMark;
  /** The tills that changed it. */
  readonly by: readonly string[];
}

/** A cart that waits, or that several tills have open. */
export interface HeldCart {
  readonly id: CartId;
  /** What a person called it; '' for nothing. */
  readonly name: string;
  readonly cart: Cart;
  /** One per line, in their order. */
  readonly marks: readonly (LineMark | null)[];
  readonly place: CartPlace | null;
  /** Changes of it that the server does not have yet. */
  readonly waiting: number;
}

/** What other tills did to the cart that is open here. */
export interface MergedCart {
  readonly cart: Cart;
  readonly marks: readonly (LineMark | null)[];
  /** Lines that others added since this device showed it last, and the tills that did. */
  readonly added: number;
  readonly by: readonly string[];
}

/** The cart open here was paid elsewhere. */
export interface PaidElsewhere {
  readonly id: CartId;
  readonly till: TillCode | undefined;
  readonly receipt: string | undefined;
  /** What stands in the cart here and is not in that sale; null while the sale has not arrived. */
  readonly left: readonly CartLine[] | null;
}

/** A cart of which two devices, one of them this, took the money while apart. Both sales count. */
export interface SoldTwice {
  /** Names the notice, to settle it. */
  readonly finding: string;
  readonly cart: CartId;
  readonly entries: readonly EntryId[];
}

/** Held and shared carts: on this device at once, on the others when they are reached. */
export interface HeldCarts {
  /** Newest change first; without what was paid or thrown away. */
  readonly list: Live<readonly HeldCart[]>;
  /** The cart that is open here as all tills made it; null where the open cart is no held one. */
  readonly merged: Live<MergedCart | null>;
  readonly paidElsewhere: Live<PaidElsewhere | null>;
  readonly soldTwice: Live<readonly SoldTwice[]>;
  /** Puts a cart away under a name, for this till and the others. */
  hold(cart: Cart, name: string): Promise<Result<null, HoldFault>>;
  /** Gives a held cart to be opened here; the till that has it open hears of it. */
  takeOver(id: CartId): Promise<Result<Cart, HoldFault>>;
  /** The screen shows this cart now: where it is a held one, what the person changed goes to the other tills. */
  follow(cart: Cart): void;
  /** Money is being taken for it here, or no more. */
  paying(id: CartId, on: boolean): Promise<void>;
  /** A person looked at a marked line of the cart open here: it is right as it stands. */
  looked(index: number): Promise<void>;
  /** Throws a held cart away; {@link restore} brings it back. */
  discard(id: CartId): Promise<Result<null, HoldFault>>;
  restore(cart: HeldCart): Promise<Result<null, HoldFault>>;
  /** What stands in a cart that was paid here, and is not in the sale: it came from other tills meanwhile. */
  leftAfter(id: CartId, sold: readonly Pick<CartLine, 'productId' | 'name' | 'quantity'>[]): readonly CartLine[];
  /** True when, as far as known here, another device was paid this cart. */
  isPaidElsewhere(id: CartId): boolean;
  settle(notice: SoldTwice): Promise<void>;
}
