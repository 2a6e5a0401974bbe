import { fail, must, ok, type Result } from '../../schema/result.ts';
import type { EntryOf } from '../store/journal.ts';
import type { Vault } from '../store/vault.ts';
import type { SellFault, Till } from './device.ts';
import { type FenceDeps, keepFenced } from './keep-fenced.ts';
import { type KnownRefundsDeps, knownRefunds } from './known-refunds.ts';
import { createLive } from './live.ts';
import type { Exchange, Returns } from './returns.ts';

export interface ReturnsDeps extends KnownRefundsDeps, FenceDeps {
  readonly till: Pick<Till, 'check' | 'sell' | 'refund' | 'findReceipt'>;
  readonly vault: Pick<Vault, 'get' | 'change'>;
}

/** Carts tell what is written: each is sold once (I14), so that finishing twice writes nothing twice. */
export async function createReturns(deps: ReturnsDeps): Promise<Returns> {
  const { till, vault, journal } = deps;
  const pending = createLive<Exchange | null>((await vault.get('exchange').catch(() => null)) ?? null);
  const isWritten = ({ cartId }: Exchange['sale']['cart']) => journal.index.isSold(cartId);
  const keep = async (exchange: Exchange | null) => {
    await keepFenced(deps, 'exchange', exchange);
    pending.set(exchange);
  };
  const finish = async (): Promise<Result<null, SellFault>> => {
    const exchange = pending.get();
    if (exchange === null) return ok(null);
    const { refund, sale, rules } = exchange;
    if (!isWritten(refund.cart)) {
      const written = await till.refund({ ...refund, rules });
      if (!written.ok) return written;
    }
    if (!isWritten(sale.cart)) {
      const written = await till.sell(sale.cart, sale.payments, rules);
      if (!written.ok) return written;
    }
    // Both are on disk: a vault that fails leaves an exchange that is finished again without writing anything.
    await keep(null).catch(() => pending.set(null));
    return ok(null);
  };
  const drop = async () => {
    const exchange = pending.get();
    if (exchange && isWritten(exchange.refund.cart)) return false;
    await keep(null);
    return true;
  };
  return {
    known: (sale) => knownRefunds(deps, sale),
    pending,
    finish,
    drop,
    exchange: async (wish) => {
      if (pending.get() !== null) return fail({ code: 'exchange-open' });
      const fault = till.check(wish.refund.cart) ?? till.check(wish.sale.cart);
      if (fault) return fail(fault);
      const kept = await keep(wish).then(
        () => true,
        () => false,
      );
      if (!kept) return fail({ code: 'not-written' });
      const done = await finish();
      if (!done.ok) {
        // Nothing of it is there: it is as if it had never been asked for.
        await drop().catch(() => false);
        return done;
      }
      const [refund, sale] = await journal.readEach(
        [wish.refund.cart, wish.sale.cart].map(({ cartId }) => must(journal.index.soldBy(cartId), 'an entry')),
      );
      return ok({ refund: refund as EntryOf<'refund'>, sale: sale as EntryOf<'sale'> });
    },
  };
}
