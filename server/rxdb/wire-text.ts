import { COLLECTION_SCHEMAS } from '../../schema/collections.ts';
import type { PulledCollection } from '../../schema/roles.ts';
import type { PullPage } from '../core/pull.ts';
import { toWireCheckpoint } from './wire-checkpoint.ts';

/** A stored document as stock RxDB clients take it. Nothing here is ever deleted; the text is not read and written again. */
export function documentText(json: string): string {
  return `${json.slice(0, -1)},"_deleted":false}`;
}

/** A page as the answer to a pull, or as the data of one event. */
export function pageText(collection: PulledCollection, { documents, checkpoint }: PullPage): string {
  const place = JSON.stringify(toWireCheckpoint(checkpoint));
  const texts = documents.map((json) => documentText(publishedText(collection, json)));
  return `{"documents":[${texts.join(',')}],"checkpoint":${place}}`;
}

/** Collections whose documents got fields after their schema was published; a stock client may validate, and refuse what it lacks. */
const WITH_LATER_FIELDS: ReadonlySet<PulledCollection> = new Set(['company', 'branchJournal']);

function publishedText(collection: PulledCollection, json: string): string {
  if (!WITH_LATER_FIELDS.has(collection)) return json;
  const { properties } = COLLECTION_SCHEMAS[collection];
  const fields = Object.entries(JSON.parse(json) as object).filter(([name]) => name in properties);
  return JSON.stringify(Object.fromEntries(fields));
}
