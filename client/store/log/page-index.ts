import { checksum, checksumOfBytes } from './checksum.ts';
import type { OwnDoc } from './stored-docs.ts';

/**
 * What lies beside a page of products so that one of them is had without reading the others, and what is asked of all is known. It is true as
 * long as the page's bytes are.
 */
export interface PageIndex {
  /** Where each document begins in the bytes, and two bytes behind the last one's end; behind these the {@link findIn} table. */
  readonly numbers: Uint32Array;
  /** {@link SaidOfPage} as JSON. */
  readonly said: string;
}

/** By their numbers in the page. */
export interface SaidOfPage {
  readonly count: number;
  /** The greatest key. */
  readonly last: string;
  /** The first products of the list by name that are sold; all of them where they are fewer than {@link FIRSTS_MAX}. */
  readonly firsts: readonly number[];
  /** Those that are sold out of shares. */
  readonly limited: readonly number[];
  /** How many products of each category are sold. */
  readonly categories: readonly (readonly [category: string, count: number])[];
}

/** A start shows fewer. */
export const FIRSTS_MAX = 500;
/** As many documents as a place of the table can number. */
export const INDEXED_MAX = 0xffff;

/** A page whose documents are read when they are asked for, one or all. */
export interface IndexedPage {
  readonly said: SaidOfPage;
  doc(at: number): OwnDoc;
  /** Documents that have an id or barcode of this {@link checksum}. */
  find(sum: number): readonly number[];
  /** Reads so many more; false when all had been read. */
  readSome(rows: number): boolean;
  docs(): readonly OwnDoc[];
}

/** Of an index and the sum of its page. */
export function sumOfIndex({ numbers, said }: PageIndex, pageSum: unknown): number {
  const { buffer, byteOffset, byteLength } = numbers;
  return checksumOfBytes(checksum(said, String(pageSum)), new Uint8Array(buffer, byteOffset, byteLength));
}

/** What the disk gives for an index: null for what is not what was written beside this page. */
export function wholeIndex(value: unknown, pageSum: unknown): PageIndex | null {
  const { numbers, said, sum } = (value ?? {}) as Partial<Record<keyof PageIndex | 'sum', unknown>>;
  if (!(numbers instanceof Uint32Array) || typeof said !== 'string') return null;
  return sumOfIndex({ numbers, said }, pageSum) === sum ? { numbers, said } : null;
}

/**
 * A table of texts: each stands at its sum, or behind others, as the upper half of that sum and one more than the number that has it.
 * Its length is a power of two, and it has room left.
 */
export function findIn(table: Uint32Array, sum: number): readonly number[] {
  const mask = table.length - 1;
  const found: number[] = [];
  for (let place = sum & mask; table[place]; place = (place + 1) & mask) {
    const held = table[place] as number;
    if (held >>> 16 === sum >>> 16) found.push((held & INDEXED_MAX) - 1);
  }
  return found;
}

/** `text` gives what is read of bytes. Once all documents are read the bytes are let go. */
export function indexedPage(
  bytes: Uint8Array,
  { numbers, said: json }: PageIndex,
  text: (bytes: Uint8Array) => string,
): IndexedPage {
  const said: SaidOfPage = JSON.parse(json);
  const { count } = said;
  const table = numbers.subarray(count + 1);
  const docs: OwnDoc[] = new Array(count);
  let unread: Uint8Array | null = bytes;
  let reached = 0;
  const read = (from: number, to: number) => {
    if (!unread) return;
    const part: readonly OwnDoc[] = JSON.parse(
      `[${text(unread.subarray(numbers[from], (numbers[to] as number) - 1))}]`,
    );
    // What somebody has already stays the same object.
    for (let at = from; at < to; at += 1) docs[at] ??= part[at - from] as OwnDoc;
  };
  const readTo = (to: number) => {
    read(reached, to);
    reached = to;
    if (to === count) unread = null;
  };
  return {
    said,
    doc: (at) => {
      if (!docs[at]) read(at, at + 1);
      return docs[at] as OwnDoc;
    },
    find: (sum) => findIn(table, sum),
    readSome: (rows) => {
      if (!unread) return false;
      readTo(Math.min(count, reached + rows));
      return true;
    },
    docs: () => {
      if (unread) readTo(count);
      return docs;
    },
  };
}
