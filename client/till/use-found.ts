import { useDeferredValue, useMemo } from 'react';
import type { ProductId } from '../../schema/ids.ts';
import type { Product } from '../../schema/product.ts';
import { useDevice } from '../app/contexts.ts';
import { useLive } from '../app/use-live.ts';

/** Stands for the favourites where a category is chosen; no category is called so. */
export const FAVOURITES = '\u2605';

/** What the search finds; typing never waits for the grid. A typed text is looked for beyond the favourites too. */
export function useFound(text: string, category: string, favourites: readonly ProductId[]): readonly Product[] {
  const { catalogue } = useDevice();
  const version = useLive(catalogue.version);
  const wanted = useDeferredValue(text).trim();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version stands for what the catalogue holds.
  return useMemo(() => {
    if (category === FAVOURITES && wanted === '')
      return favourites.flatMap((id) => catalogue.product(id) ?? []).filter((product) => product.active);
    return catalogue.search(wanted, { category: searchedIn(category), limit: catalogue.count() });
  }, [catalogue, version, wanted, category, favourites]);
}

/** The category that a text is looked for in. */
export function searchedIn(category: string): string {
  return category === FAVOURITES ? '' : category;
}
