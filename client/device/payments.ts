import type { BodyOf, DeviceEntry } from '../../schema/entry/entry.ts';
import type { Payment, Tender } from '../../schema/entry/payment.ts';
import type { Refund, Sale } from '../../schema/entry/sale.ts';
import type { CustomerId, DeviceId, EntryId, PersonId, ShiftId } from '../../schema/ids.ts';
import type { Money } from '../../schema/money.ts';
import type { ErrorCode } from '../../schema/protocol/error.ts';
import type { PaymentSettings, PaymentSettingsAnswer } from '../../schema/protocol/payment-settings.ts';
import type { Cart } from '../../schema/receipt.ts';
import type { Result } from '../../schema/result.ts';
import type { OnHand } from '../../schema/stock/on-hand.ts';
import type { SellFault } from './device.ts';
import type { ReceiptQuery } from './find-receipts.ts';
import type { Live } from './live.ts';

/** Money that was taken for a cart whose sale is not written yet: on disk before each next step (PAY3). */
export interface TakenPayments {
  /** The cart that is paid, promotions applied. */
  readonly cart: Cart;
  /** The open cart of which it was made. */
  readonly open: Cart;
  readonly payments: readonly Payment[];
  /** What a terminal or a customer's phone was asked for, and nobody has said yet whether it paid. */
  readonly begun: BegunPayment | null;
}
export interface BegunPayment {
  readonly tender: Extract<Tender, 'card' | 'qris'>;
  readonly amount: Money;
  readonly reference: string;
}

/** Store credit that a customer pays back by a terminal or phone: on disk before either is asked (PAY9). */
export interface PayingBack {
  readonly customer: CustomerId;
  readonly name: string;
  /** Its reference is the entry's, once that is written. */
  readonly begun: BegunPayment;
  /** The last own entry when it was asked. */
  readonly after: number;
}

/** Store credit that was paid back, at any till. */
export interface PaidBack {
  readonly id: EntryId;
  readonly customer: CustomerId;
  readonly name: string;
  readonly payment: Payment;
  readonly deviceId: DeviceId;
  /** The till's clock. */
  readonly at: number;
}

/** A payment of a sale, or of store credit paid back, that nobody has confirmed yet. */
export interface UnconfirmedPayment {
  readonly sale: EntryId;
  /** Its place in the sale, from 0. */
  readonly payment: number;
  readonly amount: Money;
  readonly reference: string | undefined;
  /** The receipt's number; of store credit the customer's name. */
  readonly receipt: string;
  readonly deviceId: DeviceId;
  readonly person: PersonId;
  readonly shift: ShiftId | undefined;
  /** The selling device's clock. */
  readonly at: number;
}

/** What was said of a payment's tender after the sale. */
export type Correction = BodyOf<'tender-correction'> & { readonly id: EntryId; readonly at: number };

/** What is done about payments beside selling. Everything is answered from memory and this device's own disk. */
export interface Payments {
  /** A new number whenever {@link unconfirmed}, {@link isConfirmed} or {@link corrections} would answer differently. */
  readonly version: Live<number>;
  /** Payments that no confirmation names: of this device, and of the others as far as received; newest first. */
  unconfirmed(): readonly UnconfirmedPayment[];
  isConfirmed(sale: EntryId, payment: number): boolean;
  /** What was said of a sale's tenders after it, oldest first. */
  corrections(sale: EntryId): readonly Correction[];
  confirm(body: BodyOf<'payment-confirmed'>): Promise<Result<DeviceEntry, SellFault>>;
  correct(body: BodyOf<'tender-correction'>): Promise<Result<DeviceEntry, SellFault>>;
  /** A customer pays back store credit. */
  payBack(body: BodyOf<'credit-payment'>): Promise<Result<DeviceEntry, SellFault>>;
  /** What a customer owes, own entries included; less than 0 where more was paid back. */
  owes(customer: CustomerId): Money;
  /** Of which tills that consists; signs are those of the account: what is owed is out. */
  explainAccount(customer: CustomerId): OnHand;
  /** What was taken for a cart that is not sold yet; null for none. A sale that is written ends it. */
  readonly taken: Live<TakenPayments | null>;
  /** Resolves when it is on disk. Rejects only when the disk fails; then it is remembered in memory all the same. */
  keepTaken(taken: TakenPayments | null): Promise<void>;
  /** What a terminal or phone was asked for of a debt, and nobody has said yet whether it paid; {@link payBack} ends it. */
  readonly payingBack: Live<PayingBack | null>;
  /** As {@link keepTaken}. */
  keepPayingBack(asked: Omit<PayingBack, 'after'> | null): Promise<void>;
  /** The newest first, as far as they are known here. */
  paidBack(): readonly PaidBack[];
  /** Receipts by amount, time or last digits, newest first: own ones, and the newest received ones of the others. */
  find(query: ReceiptQuery): Promise<readonly (Sale | Refund)[]>;
  /** Sets the branch's QRIS and the rounding of cash; needs the network, and a device that may edit. */
  saveSettingsNow(wish: PaymentSettings): Promise<Result<PaymentSettingsAnswer, ErrorCode | 'offline'>>;
}
