import { useMemo } from 'react';
import type { CompanyDoc } from '../../schema/company.ts';
import { type BranchId, branchIdShape } from '../../schema/ids.ts';
import { useDevice } from '../app/contexts.ts';
import { useLive } from '../app/use-live.ts';

/** A branch, and what people call it. */
export interface NamedBranch {
  readonly branch: BranchId;
  readonly name: string;
}

/** The branches that these documents name, by name; the own document says its name last. */
export function branchesIn(docs: readonly CompanyDoc[]): readonly NamedBranch[] {
  const named = docs.filter((doc) => doc.kind === 'branch-name' || doc.kind === 'branch');
  const names = new Map(named.map(({ branch, name }) => [branch, name]));
  return [...names]
    .map(([branch, name]) => ({ branch, name }))
    .sort((left, right) => left.name.localeCompare(right.name));
}

/** All branches of the company that this device has heard of, by name. */
export function useBranches(): readonly NamedBranch[] {
  const docs = useLive(useDevice().company.all);
  return useMemo(() => branchesIn(docs), [docs]);
}

/** The branches whose prices a product may have: all that are known where there are several, and those of which it has one. */
export function pricedBranches(known: readonly NamedBranch[], prices: object = {}): readonly NamedBranch[] {
  const others = Object.keys(prices).filter((branch) => !known.some((one) => one.branch === branch));
  const strangers = others.map((branch) => ({ branch: branchIdShape.parse(branch), name: branch }));
  return [...(known.length > 1 ? known : known.filter(({ branch }) => Object.hasOwn(prices, branch))), ...strangers];
}
