import type { DeviceId, ProductId } from '../../schema/ids.ts';
import type { Cart } from '../../schema/receipt.ts';
import { findShareFault, limitedIn } from '../../schema/stock/find-share-fault.ts';
import { shareOf } from '../../schema/stock/share.ts';
import type { CatalogueBook } from '../store/catalogue.ts';
import type { StockBook } from '../store/stock-book.ts';
import type { SellFault } from './device.ts';

/** What selling asks of this till's shares. */
export interface TillShares {
  isLimited(id: ProductId): boolean;
  /** What this till may sell of a limited product; below 0 where it sold more than it held. */
  held(id: ProductId): number;
  /** The cart with its limited products marked; the very same one where it has none. */
  mark(cart: Cart): Cart;
  /** Refuses a cart that wants more than is held; else keeps what it needs from being given back while it is paid. */
  promise(cart: Cart): SellFault | null;
  /** The cart is being written: what it needs is nobody else's until the function that this gives is called. */
  begin(cart: Cart): () => void;
  /** Keeps so much for a customer who waits for it, until the next cart is checked. */
  reserve(id: ProductId, units: number): void;
  /** What the cart that was checked last, or a customer who waits, needs of a product. */
  promised(id: ProductId): number;
}

export interface TillSharesDeps {
  readonly deviceId: DeviceId;
  readonly catalogue: Pick<CatalogueBook, 'limited'>;
  readonly stockBook: Pick<StockBook, 'onHand'>;
}

export function createTillShares({ deviceId, catalogue, stockBook }: TillSharesDeps): TillShares {
  let needs: ReadonlyMap<ProductId, number> = new Map();
  const isLimited = (id: ProductId) => catalogue.limited().has(id);
  const beingSold = new Map<Cart, ReadonlyMap<ProductId, number>>();
  const beingSoldOf = (id: ProductId) => [...beingSold.values()].reduce((sum, units) => sum + (units.get(id) ?? 0), 0);
  const held = (id: ProductId) => stockBook.onHand(shareOf(id, deviceId)) - beingSoldOf(id);
  const mark = (cart: Cart): Cart => {
    if (!cart.lines.some(({ productId }) => productId && isLimited(productId))) return cart;
    const lines = cart.lines.map((line) =>
      line.productId && isLimited(line.productId) ? { ...line, limited: true as const } : line,
    );
    return { ...cart, lines };
  };
  return {
    isLimited,
    held,
    mark,
    promise: (cart) => {
      // What comes back needs no share.
      const lines = mark(cart).lines.filter(({ originalLine }) => originalLine === undefined);
      const fault = findShareFault(lines, held);
      needs = fault ? new Map() : limitedIn(lines);
      return fault && { code: 'share-too-small', product: fault.productId, held: fault.held, wanted: fault.wanted };
    },
    begin: (cart) => {
      const units = limitedIn(cart.lines);
      if (units.size > 0) beingSold.set(cart, units);
      return () => void beingSold.delete(cart);
    },
    reserve: (id, units) => {
      needs = new Map([...needs, [id, Math.max(units, needs.get(id) ?? 0)]]);
    },
    promised: (id) => needs.get(id) ?? 0,
  };
}
