import { COMPANY_SCOPE, type ProductId } from '../../schema/ids.ts';
import type { Product } from '../../schema/product.ts';
import type { CommitPlace, ReadTx, Store } from '../store/store.ts';

/** Products remembered per shop: what most sales are of. Some 5 MB. */
const KNOWN_MAX = 5_000;

/** The company's products as they were at a place of its history: no two of its states have the tag of their last commit in common. */
interface Known {
  readonly place: CommitPlace;
  readonly products: Map<ProductId, Product>;
}

const knownOf = new WeakMap<Store, Known>();

/**
 * Products as one transaction finds them, which no journal changes. Those of the company are remembered beyond it, until anything of the
 * company changes: every sale asks for its own again.
 */
export async function knownProducts(store: Store, tx: ReadTx) {
  const place = await tx.place(COMPANY_SCOPE);
  const before = knownOf.get(store);
  const isSame = before !== undefined && before.place.seq === place.seq && before.place.tag === place.tag;
  const { products } = isSame ? before : { products: new Map<ProductId, Product>() };
  knownOf.set(store, { place, products });
  const ofBranch = new Map<ProductId, Product>();
  return async (productId: ProductId): Promise<Product | undefined> => {
    const known = products.get(productId) ?? ofBranch.get(productId);
    if (known) return known;
    const stored = await tx.document('products', productId);
    if (!stored) return undefined;
    const product = JSON.parse(stored.json) as Product;
    if (products.size >= KNOWN_MAX) products.clear();
    (stored.scope === COMPANY_SCOPE ? products : ofBranch).set(productId, product);
    return product;
  };
}
