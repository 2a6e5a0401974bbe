import type { DeviceEntry } from '../../schema/entry/entry.ts';
import { type CartId, type DeviceId, entryId } from '../../schema/ids.ts';
import { type Money, money } from '../../schema/money.ts';
import { paymentSettingsAnswerShape } from '../../schema/protocol/payment-settings.ts';
import { fail, ok } from '../../schema/result.ts';
import { accountOf } from '../../schema/stock/account.ts';
import type { CompanyBook } from '../store/company-book.ts';
import type { Journal } from '../store/journal.ts';
import type { PaymentBook } from '../store/payment-book.ts';
import type { StockBook } from '../store/stock-book.ts';
import type { Vault } from '../store/vault.ts';
import type { Http } from '../sync/http.ts';
import type { Till } from './device.ts';
import { type FindDeps, findReceipts } from './find-receipts.ts';
import { type FenceDeps, keepFenced } from './keep-fenced.ts';
import type { LiveCell } from './live.ts';
import type { PayingBack, Payments, TakenPayments } from './payments.ts';

export interface PaymentsDeps extends FindDeps, FenceDeps {
  readonly paymentBook: PaymentBook;
  readonly company: Pick<CompanyBook, 'person'>;
  readonly stockBook: Pick<StockBook, 'onHand' | 'explain'>;
  readonly record: Till['record'];
  readonly http: Http;
  readonly taken: LiveCell<TakenPayments | null>;
  readonly payingBack: LiveCell<PayingBack | null>;
}

/** What is done about payments, over the stores of this device. */
export function createPayments(deps: PaymentsDeps): Payments {
  const { paymentBook, stockBook, record, taken, payingBack } = deps;
  const keepPayingBack = async (asked: Omit<PayingBack, 'after'> | null) => {
    const next = asked && { ...asked, after: deps.journal.index.head().seq };
    payingBack.set(next);
    await keepFenced(deps, 'payingBack', next);
  };
  return {
    version: paymentBook.version,
    unconfirmed: paymentBook.unconfirmed,
    isConfirmed: paymentBook.isConfirmed,
    corrections: paymentBook.corrections,
    confirm: (body) => record('payment-confirmed', body),
    correct: (body) => record('tender-correction', body),
    payBack: async (body) => {
      const written = await record('credit-payment', body);
      // A vault that fails asks again after a restart, and finds the entry.
      const asked = payingBack.get();
      if (written.ok && asked !== null && asked.begun.reference === body.payment.reference)
        await keepPayingBack(null).catch(() => undefined);
      return written;
    },
    payingBack,
    keepPayingBack,
    paidBack: paymentBook.paidBack,
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
      const asked = { ...wish, person: deps.company.person.get()?.person };
      const answer = await deps.http.request('POST', '/api/v1/payment-settings', asked, paymentSettingsAnswerShape);
      if (answer.ok) return ok(answer.value);
      return fail(answer.error.kind === 'refused' ? answer.error.code : 'offline');
    },
  };
}

/** What was taken before a restart; nothing where the sale was written in the meantime. */
export async function readTaken(
  vault: Pick<Vault, 'get'>,
  isSold: (cart: CartId) => boolean,
): Promise<TakenPayments | null> {
  const kept = (await vault.get('taken')) ?? null;
  return kept === null || isSold(kept.cart.cartId) ? null : kept;
}

/** What a terminal or phone was asked for of a debt before a restart; nothing where its entry was written in the meantime. */
export async function readPayingBack(
  vault: Pick<Vault, 'get'>,
  { index, readEach }: Pick<Journal, 'index' | 'readEach'>,
  own: DeviceId,
): Promise<PayingBack | null> {
  const kept = (await vault.get('payingBack')) ?? null;
  if (kept === null) return null;
  const since = index.after(kept.after).filter(({ kind }) => kind === 'credit-payment');
  const entries = await readEach(since.map(({ seq }) => entryId(own, seq)));
  const isWritten = (entry: DeviceEntry) =>
    entry.kind === 'credit-payment' && entry.body.payment.reference === kept.begun.reference;
  return entries.some(isWritten) ? null : kept;
}
