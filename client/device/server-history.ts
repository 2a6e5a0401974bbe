import type { Entry } from '../../schema/entry/entry.ts';
import type { ProductId } from '../../schema/ids.ts';
import { reportAnswerShape } from '../../schema/protocol/report.ts';
import { addDays } from '../../schema/report/report-day.ts';
import { stockEffects } from '../../schema/stock/effect.ts';
import { type Moved, stockLevels } from '../../schema/stock/stock-history.ts';
import type { Journal } from '../store/journal.ts';
import type { MovementBook } from '../store/movement-book.ts';
import type { StockBook } from '../store/stock-book.ts';
import type { Http } from '../sync/http.ts';
import type { ProductHistory } from './movements.ts';

export interface ServerHistoryDeps {
  readonly http: Pick<Http, 'request'>;
  readonly clock: () => number;
  readonly stockBook: Pick<StockBook, 'onHand'>;
  readonly movementBook: Pick<MovementBook, 'readAll' | 'all'>;
  readonly journal: Pick<Journal, 'index' | 'read'>;
  /** Whether the server has an own entry. */
  readonly isAcknowledged: (seq: number) => boolean;
}

const DAY_MS = 24 * 60 * 60 * 1_000;
const NOON_MS = DAY_MS / 2;
/** The days that are told one by one; more are told by the month. */
const BY_DAYS_MAX = 366;

/**
 * A product's stock over any time as the server knows it, by the day or the month, with what waits here; null without an answer. `today` is the
 * shop's day.
 */
export async function serverHistory(
  deps: ServerHistoryDeps,
  product: ProductId,
  days: number,
  today: string,
): Promise<Omit<ProductHistory, 'silent'> | null> {
  const [first, by] = [addDays(today, 1 - days), days <= BY_DAYS_MAX ? 'day' : 'month'];
  const asked = new URLSearchParams({ product, by, from: first, to: today });
  const answer = await deps.http.request('GET', `/api/v1/reports/stock?${asked}`, undefined, reportAnswerShape);
  if (!answer.ok) return null;
  await deps.movementBook.readAll();
  const now = deps.clock();
  const from = now - days * DAY_MS;
  const told = answer.value.rows.map(({ key, quantity = 0 }) => ({ at: momentOf(key), delta: quantity }));
  const levels = stockLevels(deps.stockBook.onHand(product), [...told, ...(await waiting(deps, product))], from, now);
  return { levels, marks: marksOf(deps, product, from), source: 'server' };
}

/** In the middle of a day, or of a month's first. */
function momentOf(key: string): number {
  return Date.parse(`${key.length === 7 ? `${key}-01` : key}T00:00:00Z`) + NOON_MS;
}

/** What own entries moved of which the server does not know yet. */
async function waiting({ journal, isAcknowledged }: ServerHistoryDeps, product: ProductId): Promise<Moved[]> {
  const rows = journal.index.after(0).filter(({ seq }) => !isAcknowledged(seq));
  const [first, last] = [rows[0], rows.at(-1)];
  if (!first || !last) return [];
  const entries = await journal.read(first.seq, last.seq);
  return entries.flatMap((entry) =>
    stockEffects(entry as Entry)
      .filter(({ productId }) => productId === product)
      .map((effect) => ({ at: entry.at, delta: effect.in - effect.out })),
  );
}

/** What moved or counted it without a sale, which this device holds in memory. */
function marksOf({ movementBook }: ServerHistoryDeps, product: ProductId, from: number): ProductHistory['marks'] {
  return movementBook.all().flatMap(({ entry }) => {
    if (entry.at <= from || !entry.body.lines.some(({ productId }) => productId === product)) return [];
    const effect = stockEffects(entry).find(({ productId }) => productId === product);
    if (!effect && entry.kind !== 'count') return [];
    return [{ at: entry.at, kind: entry.kind, units: effect ? effect.in - effect.out : 0 }];
  });
}
