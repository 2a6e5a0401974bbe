import type { Timers } from '../device/device-deps.ts';
import { indexProducts } from './index-products.ts';
import { type AnswerRecord, textOf, wholeRecord } from './log/log-record.ts';
import type { RecordNote } from './log/log-replay.ts';
import type { Log, Replacement } from './log/open-log.ts';
import { type PageIndex, sumOfIndex } from './log/page-index.ts';

/** Between two pages, in milliseconds. */
const PAUSE_MS = 200;
/** Pages that get no index: they are left alone until the next start. */
const left = new WeakSet<RecordNote>();

/**
 * Puts an index beside each page of products that has none, one page at a time with a pause behind each: a first pull has other things to do, and a
 * start that comes before this reads all of them. False when it was cut short.
 */
export async function indexPages(log: Log, { after }: Timers, mayGoOn: () => boolean): Promise<boolean> {
  for (const [collection, notes] of log.notes()) {
    // With the version of its schema behind it.
    const isOfProducts = collection.split('.')[0] === 'products';
    for (const note of isOfProducts ? notes.filter((one) => one.isBare && !left.has(one)) : []) {
      if (!mayGoOn()) return false;
      await log.replace(collection, () => indexed(log, note));
      await new Promise<void>((resolve) => after(PAUSE_MS, resolve));
    }
  }
  return true;
}

async function indexed(log: Log, note: RecordNote): Promise<Replacement | null> {
  const [value] = await log.read([note.n]);
  const page = bareAnswer(value);
  const index = page && indexProducts(JSON.parse(textOf(page.bytes)).documents, page.bytes);
  if (index) return { amend: new Map([[note.n, withIndex(page, index)]]) };
  left.add(note);
  return null;
}

/** A page of a server's answer that has no index, or one that is damaged; null for any other record. */
export function bareAnswer(value: unknown): AnswerRecord | null {
  const whole = wholeRecord(value);
  return whole?.fields === undefined || whole.index ? null : (value as AnswerRecord);
}

/** The same page with this index of it. */
export function withIndex(record: AnswerRecord, index: PageIndex): AnswerRecord {
  return { ...record, index: { ...index, sum: sumOfIndex(index, record.sum) } };
}
