import type { Scope } from '../../../schema/ids.ts';
import { addMeasures } from '../../../schema/report/measures.ts';
import type { DailySumPlace, ReadTx, WriteTx } from '../store.ts';
import type { Layer } from './layer.ts';
import type { ScopedSum } from './tables.ts';

export function readDailySums(layer: Layer) {
  return {
    dailySum: async (scope, place) => {
      const row = layer.get('daily_sum', keyOf(scope, place));
      if (!row) return undefined;
      const { scope: _scope, ...sum } = row;
      return sum;
    },
    dailySumsAfter: async ({ scope, dimension, from, to }, after, limit) => {
      const isBehind = ({ day, key }: ScopedSum) =>
        after === null || day > after.day || (day === after.day && key > after.key);
      return sumsOf(layer, scope)
        .filter((row) => row.dimension === dimension && row.day >= from && row.day <= to && isBehind(row))
        .sort((left, right) => (left.day < right.day || (left.day === right.day && left.key < right.key) ? -1 : 1))
        .slice(0, limit)
        .map(({ scope: _scope, ...sum }) => sum);
    },
    dailySumsOf: async (scope, { dimension, day }, begin) =>
      sumsOf(layer, scope)
        .filter((row) => row.dimension === dimension && row.day === day && row.key.startsWith(begin))
        .map(({ scope: _scope, ...sum }) => sum),
  } satisfies Partial<ReadTx>;
}

export function writeDailySums(layer: Layer) {
  return {
    addDailySums: async (scope, rows) => {
      for (const row of rows) {
        const held = layer.get('daily_sum', keyOf(scope, row))?.measures ?? {};
        layer.put('daily_sum', keyOf(scope, row), { ...row, scope, measures: addMeasures(held, row.measures) });
      }
    },
    dropDailySums: async () => {
      for (const key of layer.keys('daily_sum')) layer.put('daily_sum', key, null);
    },
  } satisfies Partial<WriteTx>;
}

function sumsOf(layer: Layer, scope: Scope): ScopedSum[] {
  const rows = layer.keys('daily_sum').flatMap((key) => layer.get('daily_sum', key) ?? []);
  return rows.filter((row) => row.scope === scope);
}

function keyOf(scope: Scope, { dimension, day, key }: DailySumPlace): string {
  return `${scope} ${dimension} ${day} ${key}`;
}
