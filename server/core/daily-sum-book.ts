import type { Entry } from '../../schema/entry/entry.ts';
import type { Scope } from '../../schema/ids.ts';
import { type Contribution, contributionsOf } from '../../schema/report/contributions.ts';
import { addMeasures, type GrowingMeasures, growMeasures } from '../../schema/report/measures.ts';
import type { ZoneMinutes } from '../../schema/report/report-day.ts';
import type { WriteTx } from '../store/store.ts';

/** What one transaction adds to the daily sums of a branch: gathered in memory, and written once per row at its end. */
export interface DailySumBook {
  /** An entry counts now, once and for good. */
  count(entry: Entry): void;
  /** Writes what was gathered. */
  flush(): Promise<void>;
}

export interface DailySumPlace {
  readonly scope: Scope;
  readonly zone: ZoneMinutes;
}

export function createDailySumBook(tx: WriteTx, { scope, zone }: DailySumPlace): DailySumBook {
  const rows = createSums();
  return {
    count: (entry) => {
      for (const contribution of contributionsOf(entry, zone)) rows.add(contribution);
    },
    flush: async () => {
      const next: Contribution[] = [];
      for (const row of rows.list()) {
        const held = await tx.dailySum(scope, row);
        next.push({ ...row, measures: addMeasures(held?.measures ?? {}, row.measures) });
      }
      if (next.length > 0) await tx.putDailySums(scope, next);
      rows.clear();
    },
  };
}

/** Contributions added up by their row. */
export function createSums() {
  const rows = new Map<string, Contribution & { readonly measures: GrowingMeasures }>();
  return {
    add: (contribution: Contribution): void => {
      const name = sumName(contribution);
      const held = rows.get(name);
      if (held) growMeasures(held.measures, contribution.measures);
      else rows.set(name, { ...contribution, measures: { ...contribution.measures } });
    },
    /** In the order in which they are stored, so that neighbours are written together. */
    list: (): readonly Contribution[] =>
      [...rows].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, row]) => row),
    byName: rows as ReadonlyMap<string, Contribution>,
    clear: (): void => rows.clear(),
  };
}

/** What names a row of daily sums within its branch. */
export function sumName({ dimension, day, key }: Pick<Contribution, 'dimension' | 'day' | 'key'>): string {
  return `${dimension} ${day} ${key}`;
}
