import { type PullAnswer, pullAnswerShape } from '../../../schema/protocol/pull.ts';
import type { Doc } from './raw-store.ts';

/** All products page by page, parsed and kept in memory only; and how long that took in milliseconds. */
export async function timeFetch(credential: string, pageSize: number): Promise<{ documents: Doc[]; ms: number }> {
  const documents: Doc[] = [];
  const begun = performance.now();
  for (let checkpoint: PullAnswer['checkpoint'] | null = null, more = true; more; ) {
    const query = new URLSearchParams({ limit: String(pageSize) });
    if (checkpoint) query.set('checkpoint', JSON.stringify(checkpoint));
    const response = await fetch(`/sync/v1/products/pull?${query}`, {
      headers: { authorization: `Bearer ${credential}` },
    });
    const page = pullAnswerShape.parse(await response.json());
    documents.push(...page.documents);
    ({ checkpoint, more } = page);
  }
  return { documents, ms: performance.now() - begun };
}
