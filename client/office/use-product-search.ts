import { useDeferredValue, useMemo } from 'react';
import type { Product } from '../../schema/product.ts';
import { useDevice } from '../app/contexts.ts';
import { useLive } from '../app/use-live.ts';

/** Products that match, best first; all of them by name for an empty text. Typing never waits for the list. */
export function useProductSearch(text: string): readonly Product[] {
  const { catalogue } = useDevice();
  const version = useLive(catalogue.version);
  const wanted = useDeferredValue(text.trim());
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version stands for what the catalogue holds.
  return useMemo(
    () => catalogue.search(wanted, { category: '', limit: catalogue.count() }),
    [catalogue, version, wanted],
  );
}
