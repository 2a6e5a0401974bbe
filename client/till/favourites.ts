import { z } from 'zod';
import { type ProductId, productIdShape } from '../../schema/ids.ts';
import type { TextStore } from '../app/deps.ts';
import { createLive, type Live } from '../device/live.ts';

/** What sells best fits on a few screens; more would have to be searched. */
export const FAVOURITES_MAX = 60;

/** The favourites of one device, in the order in which they were marked; kept over reloads. */
export interface Favourites {
  readonly products: Live<readonly ProductId[]>;
  /** Marks a product, or takes its mark away; false when there are too many. */
  toggle(id: ProductId): boolean;
}

const keptShape = z.array(productIdShape).max(FAVOURITES_MAX);

export function openFavourites({ texts, slot }: { readonly texts: TextStore; readonly slot: string }): Favourites {
  const key = `laci.favourites.${slot}`;
  const products = createLive<readonly ProductId[]>(readKept(texts.getItem(key)));
  return {
    products,
    toggle: (id) => {
      const held = products.get();
      const next = held.includes(id) ? held.filter((one) => one !== id) : [...held, id];
      if (next.length > FAVOURITES_MAX) return false;
      texts.setItem(key, JSON.stringify(next));
      products.set(next);
      return true;
    },
  };
}

function readKept(text: string | null): readonly ProductId[] {
  try {
    const parsed = keptShape.safeParse(JSON.parse(text ?? '[]'));
    return parsed.success ? parsed.data : [];
  } catch {
    return [];
  }
}
