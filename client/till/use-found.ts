import { useDeferredValue, useMemo } from 'react';
import type { ProductId } from '../../schema/ids.ts';
import type { Product } from '../../schema/product.ts';
import { useDevice } from '../app/contexts.ts';
import { useLive } from '../app/use-live.ts';

/** Stands for the favourites where a category is chosen; no category is called so. */
export const FAVOURITES = '\u2605';

/** More tiles than a large screen shows. */
export const FIRST_PRODUCTS = 300;

/**
 * What the search finds; typing never waits for the grid. A typed text is looked for beyond the favourites too. Of the whole list, where that is not
 * asked for yet, the first.
 */
export function useFound(
  text: string,
  category: string,
  favourites: readonly ProductId[],
  isWhole: boolean,
): readonly Product[] {
  const { catalogue } = useDevice();
  const version = useLive(catalogue.version);
  const wanted = useDeferredValue(text).trim();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version stands for what the catalogue holds.
  return useMemo(() => {
    if (category === FAVOURITES && wanted === '')
      return favourites.flatMap((id) => catalogue.product(id) ?? []).filter((product) => product.active);
    const isShort = !isWhole && wanted === '' && category === '';
    const limit = isShort ? FIRST_PRODUCTS : catalogue.count();
    return catalogue.search(wanted, { category: searchedIn(category), limit });
  }, [catalogue, version, wanted, category, favourites, isWhole]);
}

/** The category that a text is looked for in. */
export function searchedIn(category: string): string {
  return category === FAVOURITES ? '' : category;
}
