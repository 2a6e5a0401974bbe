import type { ProductId } from '../../schema/ids.ts';
import { reportAnswerShape } from '../../schema/protocol/report.ts';
import type { Http } from '../sync/http.ts';

/** What one whole unit of each product cost this branch on the average, as the server knows it; empty without an answer. `today` is the shop's day. */
export async function serverCosts(http: Pick<Http, 'request'>, today: string): Promise<ReadonlyMap<ProductId, number>> {
  const asked = new URLSearchParams({ by: 'product', from: today, to: today });
  const answer = await http.request('GET', `/api/v1/reports/costs?${asked}`, undefined, reportAnswerShape);
  if (!answer.ok) return new Map();
  return new Map(
    answer.value.rows.flatMap(({ key, quantity = 0, cost = 0 }) =>
      quantity > 0 && cost >= 0 ? [[key as ProductId, Math.round(cost / quantity)] as const] : [],
    ),
  );
}
