import type { Scope } from '../../../schema/ids.ts';
import { addRows, reportKey } from '../../../schema/report/report.ts';
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
    sumDays: async ({ scope, dimension, by, from, to }, limit) => {
      const rows = sumsOf(layer, scope).filter(
        (row) => row.dimension === dimension && row.day >= from && row.day <= to,
      );
      return addRows(rows.map((row) => ({ key: reportKey(by, row), ...row.measures }))).slice(0, limit);
    },
  } satisfies Partial<ReadTx>;
}

export function writeDailySums(layer: Layer) {
  return {
    putDailySums: async (scope, rows) => {
      for (const row of rows) layer.put('daily_sum', keyOf(scope, row), { ...row, scope });
    },
    dropDailySums: async (scope) => {
      for (const row of sumsOf(layer, scope)) layer.put('daily_sum', keyOf(scope, row), null);
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
