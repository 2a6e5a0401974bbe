import type { Database } from 'better-sqlite3';
import type { Contribution } from '../../../schema/report/contributions.ts';
import { addFigures, addMeasures, MEASURES, type Measure, type Measures } from '../../../schema/report/measures.ts';
import type { ReadTx, WriteTx } from '../store.ts';
import { valuesWriter } from './row-sum.ts';

type Whole = Record<Measure, number>;

const COLUMNS = MEASURES.map((name) => ({
  name,
  column: name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
}));
const EACH = COLUMNS.map(({ name, column }) => `${column} AS ${name}`).join(', ');

export function readDailySums(database: Database) {
  const one = database.prepare<unknown[], Whole>(
    `SELECT ${EACH} FROM daily_sum WHERE scope = ? AND dimension = ? AND day = ? AND key = ?`,
  );
  // As plain arrays: a report reads hundreds of thousands, and most figures of most are 0.
  const sums = (start: string) =>
    database
      .prepare<unknown[], SumRow>(
        `SELECT day, key, ${EACH} FROM daily_sum
         WHERE scope = ? AND dimension = ? AND (day, key) ${start} (?, ?) AND day <= ? ORDER BY day, key LIMIT ?`,
      )
      .raw();
  const [first, next] = [sums('>='), sums('>')];
  const begun = database
    .prepare<unknown[], SumRow>(
      `SELECT day, key, ${EACH} FROM daily_sum WHERE scope = ? AND dimension = ? AND day = ? AND key >= ? AND key < ?`,
    )
    .raw();
  return {
    dailySum: async (scope, { dimension, day, key }) => {
      const whole = one.get(scope, dimension, day, key);
      return whole && { dimension, day, key, measures: withoutZeros(whole) };
    },
    dailySumsAfter: async ({ scope, dimension, from, to }, after, limit) => {
      const { day, key } = after ?? { day: from, key: '' };
      const rows = (after ? next : first).all(scope, dimension, day, key, to, limit);
      return rows.map((row) => ({ dimension, day: row[0], key: row[1], measures: measuresIn(row) }));
    },
    dailySumsOf: async (scope, { dimension, day }, begin) => {
      const rows = begun.all(scope, dimension, day, begin, `${begin}${BEHIND_ALL}`);
      return rows.map((row) => ({ dimension, day, key: row[1], measures: measuresIn(row) }));
    },
  } satisfies Partial<ReadTx>;
}

type SumRow = readonly [day: string, key: string, ...figures: number[]];
/** Behind every character that a key may have. */
const BEHIND_ALL = '\u{10ffff}';
/** Columns before the first figure. */
const NAMES = 2;

function measuresIn(row: SumRow): Measures {
  const measures: { [Name in Measure]?: number } = {};
  for (let place = NAMES; place < row.length; place += 1) {
    const name = MEASURES[place - NAMES];
    if (row[place] !== 0 && name) measures[name] = row[place] as number;
  }
  return measures;
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
  const figures = database
    .prepare<unknown[], number[]>(
      `SELECT ${EACH} FROM daily_sum WHERE scope = ? AND dimension = ? AND day = ? AND key = ?`,
    )
    .raw();
  const put = valuesWriter(database, 'daily_sum', { verb: 'INSERT OR REPLACE' });
  // Without a condition, SQLite lets go of the whole table instead of row by row.
  const drop = database.prepare('DELETE FROM daily_sum');
  return {
    addDailySums: async (scope, rows) => {
      // A push adds to a thousand rows: in the order of the table, and without an object for each.
      for (const { dimension, day, key, measures } of rows) {
        const held = figures.get(scope, dimension, day, key);
        const sums = MEASURES.map((name, place) => addFigures(held?.[place] ?? 0, measures[name] ?? 0));
        put([scope, dimension, day, key, ...sums]);
      }
    },
    dropDailySums: async () => void drop.run(),
  } satisfies Partial<WriteTx>;
}

function withoutZeros(whole: Whole): Measures {
  return addMeasures({}, whole);
}
