import { useDeferredValue, useMemo } from 'react';
import type { Product } from '../../schema/product.ts';
import { useDevice } from '../app/contexts.ts';
import { useLive } from '../app/use-live.ts';
import { useProductSearch } from './use-product-search.ts';

/** Products that match; with those that are no longer sold behind them, where they are asked for. */
export function useListedProducts(text: string, withOff: boolean): readonly Product[] {
  const { catalogue } = useDevice();
  const version = useLive(catalogue.version);
  const sold = useProductSearch(text);
  const wanted = useDeferredValue(text.trim().toLowerCase());
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version stands for what the catalogue holds.
  return useMemo(() => {
    if (!withOff) return sold;
    const isMeant = ({ name, active }: Product) => !active && name.toLowerCase().includes(wanted);
    const off = catalogue.all().filter(isMeant);
    return [...sold, ...off.flatMap(({ id }) => catalogue.product(id) ?? [])];
  }, [catalogue, version, sold, withOff, wanted]);
}
