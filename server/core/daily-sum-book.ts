import type { Entry } from '../../schema/entry/entry.ts';
import type { Scope } from '../../schema/ids.ts';
import { type AddToDay, type Contribution, contribute } from '../../schema/report/contributions.ts';
import { type GrowingMeasures, growMeasures } from '../../schema/report/measures.ts';
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
  const sums = createSums();
  return {
    count: (entry) => contribute(entry, zone, sums.add),
    flush: async () => {
      const rows = sums.list();
      if (rows.length > 0) await tx.addDailySums(scope, rows);
      sums.clear();
    },
  };
}

type Sum = Contribution & { readonly measures: GrowingMeasures };

/** Contributions added up by their row. */
export function createSums() {
  // By dimension, day and key: most of a sale's many rows are those of the sale before, and texts that name them all would take longer than the adding.
  const sums = new Map<string, Map<string, Map<string, Sum>>>();
  const add: AddToDay = (row, measures) => {
    const byKey = within(within(sums, row.dimension), row.day);
    const held = byKey.get(row.key);
    if (held) growMeasures(held.measures, measures);
    else byKey.set(row.key, { ...row, measures: { ...measures } });
  };
  return {
    add,
    /** In the order in which they are stored, so that neighbours are written together. */
    list: (): readonly Contribution[] => inOrder(sums).flatMap((days) => inOrder(days).flatMap(inOrder)),
    clear: (): void => sums.clear(),
  };
}

function within<Value>(all: Map<string, Map<string, Value>>, name: string): Map<string, Value> {
  const known = all.get(name);
  if (known) return known;
  const made = new Map<string, Value>();
  all.set(name, made);
  return made;
}

function inOrder<Value>(all: ReadonlyMap<string, Value>): Value[] {
  return [...all.keys()].sort().map((name) => all.get(name) as Value);
}

/** What names a row of daily sums within its branch. */
export function sumName({ dimension, day, key }: Pick<Contribution, 'dimension' | 'day' | 'key'>): string {
  return `${dimension} ${day} ${key}`;
}
