import type { KeptPage, KeptPages, ReadPage } from '../core/pull-kept.ts';
import { type PackedText, packBegin } from '../packed-text.ts';

/** Bytes of all pages that are kept: the products and the stock of a large shop, in several sizes that devices ask for. */
export const PACKED_BYTES_MAX = 16 * 1024 * 1024;
/** Characters of a page that is worth keeping. What a device asks for now and then is less, and nobody else asks for the same. */
export const PACKED_LENGTH_MIN = 64 * 1024;

/** A page in the form in which it travels: packed, or as its documents where it is small. */
export interface PackedPage extends KeptPage {
  readonly documents: readonly string[];
  readonly packed: Promise<PackedText> | null;
}

/** Pages that were packed once, those that were asked for last, in bounded memory. */
export function createPackedPages(bytesMax = PACKED_BYTES_MAX): KeptPages<PackedPage> {
  const pages = new Map<string, PackedPage>();
  const sizes = new Map<PackedPage, number>();
  let bytes = 0;
  const drop = (key: string, page: PackedPage): void => {
    if (pages.get(key) !== page) return;
    pages.delete(key);
    bytes -= sizes.get(page) ?? 0;
  };
  const count = (key: string, page: PackedPage, size: number): void => {
    if (pages.get(key) !== page) return;
    sizes.set(page, size);
    bytes += size;
    for (const [oldest, one] of pages) if (bytes > bytesMax) drop(oldest, one);
  };
  return {
    find: (key) => {
      const page = pages.get(key);
      if (!page) return undefined;
      pages.delete(key);
      pages.set(key, page);
      return page;
    },
    keep: (key, { documents, epoch, ...place }: ReadPage) => {
      const before = pages.get(key);
      if (before) drop(key, before);
      const length = documents.reduce((sum, text) => sum + text.length, 0);
      if (length < PACKED_LENGTH_MIN) return { ...place, documents, packed: null };
      const packed = packBegin(`{"epoch":${JSON.stringify(epoch)},"documents":[${documents.join(',')}]`);
      const page: PackedPage = { ...place, documents: [], packed };
      pages.set(key, page);
      packed.then(
        ({ bytes: { length: size } }) => count(key, page, size),
        () => drop(key, page),
      );
      return page;
    },
  };
}
