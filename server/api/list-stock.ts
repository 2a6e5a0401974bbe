import type { PageQuery } from '../../schema/api/paging.ts';
import type { DeviceId } from '../../schema/ids.ts';
import { isAccount } from '../../schema/stock/account.ts';
import type { Stock } from '../../schema/stock/counter.ts';
import { explainOnHand } from '../../schema/stock/on-hand.ts';
import type { ApiContext } from './api-call.ts';
import { readSilentTills, toSilentTill } from './list-devices.ts';
import { listPage } from './list-pages.ts';

/** Merged stock, and which tills are missing from it. Accounts of customers are counters too, and no stock. */
export function listStock(context: ApiContext, query: PageQuery) {
  const { core, integration } = context;
  return listPage(context, 'stock', query, async (documents, tx) => ({
    stock: documents
      .map(({ json }) => JSON.parse(json) as Stock)
      .filter(({ productId }) => !isAccount(productId))
      .map((stock) => ({ productId: stock.productId, onHand: onHandOf(stock) })),
    without: (await readSilentTills(tx, integration.branch, core.deps.now())).map(toSilentTill),
  }));
}

/** What the server has of a product. */
export function onHandOf(stock: Stock): number {
  return explainOnHand(stock, NO_DEVICE, []).onHand;
}

/** The server writes no own entries that no counter covers. */
const NO_DEVICE = '' as DeviceId;
