import type { Product } from '../../schema/product.ts';
import { must } from '../../schema/result.ts';
import { withIndex } from './index-pages.ts';
import { indexProducts } from './index-products.ts';
import {
  type AnswerRecord,
  answerPage,
  encodePage,
  type LogRecord,
  type StoredDoc,
  wholeRecord,
} from './log/log-record.ts';
import { type OwnDoc, StoredDocs } from './log/stored-docs.ts';

/** What RxDB keeps beside the documents of such pages. */
export const PAGE_FIELDS = { _rev: '1-x', _meta: { lwt: 5 }, _deleted: false, _attachments: {} } as const;

/** As the server answers a pull. */
export function answerOf(products: readonly object[]): Uint8Array {
  const head = `{"epoch":{"n":1,"id":"abc"},"documents":${JSON.stringify(products)}`;
  return new TextEncoder().encode(
    `${head},"checkpoint":{"epoch":{"n":1,"id":"abc"},"scopes":{"*":{"seq":1}}},"more":false}`,
  );
}

/** A page of a first pull as it lies on the disk. */
export function pageRecord(products: readonly Product[], isIndexed = true): LogRecord {
  const answer = answerOf(products);
  const docs = products as readonly object[] as readonly OwnDoc[];
  const page = encodePage('products.0', 'id', { docs, fields: PAGE_FIELDS, answer }) as AnswerRecord;
  return structuredClone(isIndexed ? withIndex(page, must(indexProducts(products, answer), 'an index')) : page);
}

/** What a log says of its products: pages, and what was written behind them. */
export function storedProducts(records: readonly LogRecord[], later: readonly Product[] = []): StoredDocs {
  const docs = new StoredDocs();
  for (const record of records) docs.setPage(must(answerPage(must(wholeRecord(record), 'a record')), 'a page'));
  for (const product of later)
    docs.set(product.id, { ...product, ...PAGE_FIELDS, _meta: { lwt: 6 } } as object as StoredDoc);
  return docs;
}
