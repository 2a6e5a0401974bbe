import type { EntryId, ProductId } from '../../schema/ids.ts';
import { type CostLayer, valueAtCost } from '../../schema/stock/cost.ts';
import type { CatalogueBook } from '../store/catalogue.ts';
import type { MovementEntry } from '../store/movement-book.ts';
import type { StockBook } from '../store/stock-book.ts';
import type { StockValue } from './movements.ts';

/** Units that came in at one cost; from another branch, which says nothing of what they cost, with null. */
export interface ArrivedLayer extends CostLayer {
  readonly fromBranch: boolean;
}

export type LayersByProduct = ReadonlyMap<ProductId, readonly ArrivedLayer[]>;

export function cameFromBranch({ fromBranch }: ArrivedLayer): boolean {
  return fromBranch;
}

/** What came in, newest first; what was taken back never came. */
export function costLayers(
  kept: readonly { readonly entry: MovementEntry }[],
  takenBack: ReadonlyMap<EntryId, EntryId>,
): LayersByProduct {
  const layers = new Map<ProductId, ArrivedLayer[]>();
  for (const { entry } of kept) {
    if ((entry.kind !== 'receive' && entry.kind !== 'transfer-in') || takenBack.has(entry.id)) continue;
    for (const { productId, quantity, ...line } of entry.body.lines) {
      const unitCost = 'unitCost' in line ? (line.unitCost ?? null) : null;
      const known = layers.get(productId) ?? [];
      known.push({ units: quantity, unitCost, fromBranch: entry.kind === 'transfer-in' });
      layers.set(productId, known);
    }
  }
  return layers;
}

interface StockValueDeps {
  readonly catalogue: Pick<CatalogueBook, 'all'>;
  readonly stockBook: Pick<StockBook, 'onHand'>;
}

/** What is on hand at cost; `costs` says what a whole unit of what came from other branches cost, where that is known. */
export function stockValue(
  { catalogue, stockBook }: StockValueDeps,
  layers: LayersByProduct,
  costs: ReadonlyMap<ProductId, number> = new Map(),
): StockValue {
  const unknown: ProductId[] = [];
  const categories = new Map<string, { value: number; unknown: number }>();
  let total = 0;
  for (const { id, category, unitScale } of catalogue.all()) {
    const onHand = stockBook.onHand(id);
    if (onHand <= 0) continue;
    const known = layers.get(id) ?? [];
    const value = valueWithin(total, onHand, unitScale, known.map(costed(costs.get(id))));
    const sum = categories.get(category) ?? { value: 0, unknown: 0 };
    categories.set(category, { value: sum.value + (value ?? 0), unknown: sum.unknown + Number(value === null) });
    if (value === null) unknown.push(id);
    else total += value;
  }
  const rows = [...categories].map(([category, sum]) => ({ category, ...sum }));
  return { total, unknown, categories: rows.sort((left, right) => right.value - left.value) };
}

function costed(cost: number | undefined): (layer: ArrivedLayer) => CostLayer {
  return (layer) => (layer.fromBranch && cost !== undefined ? { ...layer, unitCost: cost } : layer);
}

/** Null where no cost is known, and where the value, or the sum with it, is more than money can be: somebody typed a wrong cost. */
function valueWithin(total: number, onHand: number, unitScale: number, layers: readonly CostLayer[]): number | null {
  try {
    const value = valueAtCost(onHand, unitScale, layers);
    return value !== null && Number.isSafeInteger(total + value) ? value : null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
