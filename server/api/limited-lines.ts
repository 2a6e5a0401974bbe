import type { ProductId } from '../../schema/ids.ts';
import type { Product } from '../../schema/product.ts';
import type { CartLine } from '../../schema/receipt.ts';
import { freeOf } from '../../schema/stock/share-out.ts';
import type { JournalWork } from '../core/journal-work.ts';
import { readProduct } from '../core/product-writer.ts';
import { holdersOf, outOf } from '../core/share-holders.ts';
import { awaitedDevices } from '../core/share-reports.ts';
import { ApiFault } from './api-call.ts';

/**
 * Limited goods are sold to other systems out of what no till holds, in the transaction that sells them: so the shares of all tills together still
 * never exceed the stock (ALT2). Throws {@link ApiFault} with the line that asks for more; after a restore for every such line, until it is known
 * again what tills hold.
 */
export async function refuseBeyondFree(work: JournalWork, lines: readonly CartLine[]): Promise<void> {
  const wanted = new Map<ProductId, number>();
  for (const [index, { productId, quantity }] of lines.entries()) {
    const product = productId && (await readProduct(work.tx, productId));
    if (!product?.limited) continue;
    const units = (wanted.get(product.id) ?? 0) + quantity;
    wanted.set(product.id, units);
    await refuseBeyond(work, product, { units, place: `lines.${index}` });
  }
}

async function refuseBeyond(work: JournalWork, { id, name }: Product, { units, place }: Wanted): Promise<void> {
  if ((await awaitedDevices(work)).length > 0)
    throw new ApiFault('sale-wrong', `${place}: ${name} is limited, and not all tills have reported since the restore`);
  const free = freeOf({ onHand: await work.book.sumOf(id), out: outOf(await holdersOf(work, id)) });
  if (units > free)
    throw new ApiFault('sale-wrong', `${place}: ${name} is limited, and ${free} of it are held by no till`);
}

interface Wanted {
  readonly units: number;
  readonly place: string;
}
