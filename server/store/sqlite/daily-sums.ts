import type { Database } from 'better-sqlite3';
import type { Contribution } from '../../../schema/report/contributions.ts';
import { addMeasures, MEASURES, type Measure, type Measures } from '../../../schema/report/measures.ts';
import type { ReportBy } from '../../../schema/report/report.ts';
import type { ReadTx, WriteTx } from '../store.ts';
import { insertRow } from './row-sum.ts';

type Whole = Record<Measure, number>;

const COLUMNS = MEASURES.map((name) => ({
  name,
  column: name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
}));
const EACH = COLUMNS.map(({ name, column }) => `${column} AS ${name}`).join(', ');
const SUMMED = COLUMNS.map(({ name, column }) => `sum(${column}) AS ${name}`).join(', ');
const ZEROS = Object.fromEntries(MEASURES.map((name) => [name, 0])) as Whole;

/** The report's key as SQL, as `reportKey` of the schema says it. */
const KEYS = { day: 'day', month: 'substr(day, 1, 7)' } as const satisfies Partial<Record<ReportBy, string>>;

export function readDailySums(database: Database) {
  const one = database.prepare<unknown[], Whole>(
    `SELECT ${EACH} FROM daily_sum WHERE scope = ? AND dimension = ? AND day = ? AND key = ?`,
  );
  const sums = (key: string) =>
    database.prepare<unknown[], Whole & { readonly key: string }>(
      `SELECT ${key} AS key, ${SUMMED} FROM daily_sum
       WHERE scope = ? AND dimension = ? AND day BETWEEN ? AND ? GROUP BY 1 ORDER BY 1 LIMIT ?`,
    );
  const byKey = sums('key');
  const [byDay, byMonth] = [sums(KEYS.day), sums(KEYS.month)];
  return {
    dailySum: async (scope, { dimension, day, key }) => {
      const whole = one.get(scope, dimension, day, key);
      return whole && { dimension, day, key, measures: withoutZeros(whole) };
    },
    sumDays: async ({ scope, dimension, by, from, to }, limit) => {
      const statement = by === 'day' ? byDay : by === 'month' ? byMonth : byKey;
      const rows = statement.all(scope, dimension, from, to, limit);
      return rows.map(({ key, ...whole }) => ({ key, ...withoutZeros(whole) }));
    },
  } satisfies Partial<ReadTx>;
}

/** All daily sums of a branch, one by one. */
export function* dailySumsOf(database: Database, scope: string): Generator<Contribution> {
  const all = database.prepare<[string], Whole & Pick<Contribution, 'dimension' | 'day' | 'key'>>(
    `SELECT dimension, day, key, ${EACH} FROM daily_sum WHERE scope = ?`,
  );
  for (const { dimension, day, key, ...whole } of all.iterate(scope)) {
    yield { dimension, day, key, measures: withoutZeros(whole) };
  }
}

export function writeDailySums(database: Database) {
  const put = database.prepare(insertRow('daily_sum', { verb: 'INSERT OR REPLACE' }));
  const drop = database.prepare('DELETE FROM daily_sum WHERE scope = ?');
  return {
    putDailySums: async (scope, rows) => {
      for (const { dimension, day, key, measures } of rows as readonly Contribution[]) {
        put.run({ ...ZEROS, ...measures, scope, dimension, day, key });
      }
    },
    dropDailySums: async (scope) => void drop.run(scope),
  } satisfies Partial<WriteTx>;
}

/** Adding also brings a sum that left its bits back into them, as adding one by one does. */
function withoutZeros(whole: Whole): Measures {
  return addMeasures({}, whole);
}
