import type { Payment } from '../../schema/entry/payment.ts';
import type { Refund, Sale } from '../../schema/entry/sale.ts';
import type { Cart, ReceiptRules } from '../../schema/receipt.ts';
import type { PaidRefund } from '../../schema/refund.ts';
import type { Result } from '../../schema/result.ts';
import type { RefundDraft, SellFault } from './device.ts';
import type { Live } from './live.ts';

/** Goods that come back and others that go out for them: a refund and a sale that name the same exchange. */
export interface Exchange {
  readonly refund: RefundDraft;
  readonly sale: { readonly cart: Cart; readonly payments: readonly Payment[] };
  /** The rules by which its money was computed, and is written whenever that is; without them today's. */
  readonly rules?: ReceiptRules | undefined;
}

/** What came back, and exchanges. */
export interface Returns {
  /** Every refund of a sale that is known here, own and pulled. */
  known(sale: Sale): Promise<readonly PaidRefund[]>;
  /** An exchange that was begun and is not on disk whole: the tab ended, or the disk failed. Null when there is none. */
  readonly pending: Live<Exchange | null>;
  /** Writes both halves; what is to be written is kept first, so that it can be finished whatever happens between them. */
  exchange(wish: Exchange): Promise<Result<{ readonly refund: Refund; readonly sale: Sale }, SellFault>>;
  /** Writes what is missing of the pending one, and nothing twice. */
  finish(): Promise<Result<null, SellFault>>;
  /** Gives the pending one up. False where half of it is written: then it can only be finished. */
  drop(): Promise<boolean>;
}
