import { OPENING_REFERENCE } from '../../schema/entry/movement.ts';
import type { ProductId } from '../../schema/ids.ts';
import { stockEffects } from '../../schema/stock/effect.ts';
import type { CausedMove } from '../../schema/stock/stock-causes.ts';
import { isTold, type MovementBook, type MovementEntry } from '../store/movement-book.ts';

/** What the movements that are here did to a product, each with what it was. */
export function causedMoves(book: Pick<MovementBook, 'all'>, product: ProductId): CausedMove[] {
  return book.all().flatMap(({ deviceId, entry }) => {
    if (isTold(entry) || !entry.body.lines.some(({ productId }) => productId === product)) return [];
    const effect = stockEffects(entry).find(({ productId }) => productId === product);
    const cause = causeOf(entry);
    return effect && cause ? [{ deviceId, cause, units: effect.in - effect.out }] : [];
  });
}

/** Null for a count, which moves nothing. */
function causeOf(entry: MovementEntry): CausedMove['cause'] | null {
  switch (entry.kind) {
    case 'receive':
      return entry.body.reference === OPENING_REFERENCE ? 'opening' : 'received';
    case 'transfer-in':
      return 'arrived';
    case 'transfer-out':
      return 'sent';
    case 'adjust':
      return 'adjusted';
    case 'waste':
      return 'wasted';
    case 'count':
      return null;
  }
}
