import type { CartId } from '../../schema/ids.ts';
import { type Money, money } from '../../schema/money.ts';
import { paymentSettingsAnswerShape } from '../../schema/protocol/payment-settings.ts';
import { fail, ok } from '../../schema/result.ts';
import { accountOf } from '../../schema/stock/account.ts';
import type { PaymentBook } from '../store/payment-book.ts';
import type { StockBook } from '../store/stock-book.ts';
import { Superseded, type Vault, type VaultValues } from '../store/vault.ts';
import type { Http } from '../sync/http.ts';
import type { Till } from './device.ts';
import { type FindDeps, findReceipts } from './find-receipts.ts';
import type { Live, LiveCell } from './live.ts';
import type { Payments, TakenPayments } from './payments.ts';

export interface PaymentsDeps extends FindDeps {
  readonly vault: Pick<Vault, 'change'>;
  readonly paymentBook: PaymentBook;
  readonly stockBook: Pick<StockBook, 'onHand' | 'explain'>;
  readonly record: Till['record'];
  readonly http: Http;
  readonly taken: LiveCell<TakenPayments | null>;
  /** This tab among those that took the device over. */
  readonly holder: Live<number | undefined>;
  /** Another tab was found to have taken over. */
  readonly superseded: () => Promise<void>;
}

/** What is done about payments, over the stores of this device. */
export function createPayments(deps: PaymentsDeps): Payments {
  const { paymentBook, stockBook, record, taken } = deps;
  return {
    version: paymentBook.version,
    unconfirmed: paymentBook.unconfirmed,
    isConfirmed: paymentBook.isConfirmed,
    corrections: paymentBook.corrections,
    confirm: (body) => record('payment-confirmed', body),
    correct: (body) => record('tender-correction', body),
    payBack: (body) => record('credit-payment', body),
    owes: (customer): Money => money(-stockBook.onHand(accountOf(customer))),
    explainAccount: (customer) => stockBook.explain(accountOf(customer)),
    taken,
    keepTaken: async (next) => {
      // In memory first: whatever the disk does, the screen must not forget that money was taken.
      taken.set(next);
      await keepFenced(deps, 'taken', next);
    },
    find: (query) => findReceipts(deps, query),
    saveSettingsNow: async (wish) => {
      const answer = await deps.http.request('POST', '/api/v1/payment-settings', wish, paymentSettingsAnswerShape);
      if (answer.ok) return ok(answer.value);
      return fail(answer.error.kind === 'refused' ? answer.error.code : 'offline');
    },
  };
}

/** Notes money as long as this tab holds the device: one that slept while another took over must not write over what that one noted. */
async function keepFenced<Key extends 'taken'>(
  { vault, holder, superseded }: Pick<PaymentsDeps, 'vault' | 'holder' | 'superseded'>,
  key: Key,
  next: VaultValues[Key],
): Promise<void> {
  try {
    await vault.change(key, () => next, holder.get());
  } catch (error) {
    if (error instanceof Superseded) await superseded();
    throw error;
  }
}

/** What was taken before a restart; nothing where the sale was written in the meantime. */
export async function readTaken(
  vault: Pick<Vault, 'get'>,
  isSold: (cart: CartId) => boolean,
): Promise<TakenPayments | null> {
  const kept = (await vault.get('taken')) ?? null;
  return kept === null || isSold(kept.cart.cartId) ? null : kept;
}
