import { readInPages } from './read-in-pages.ts';
import type { Shelf } from './shelf.ts';

/** A collection that grows with every sale, read through once for all who want to know it whole. */
export interface WholeRead<Doc> {
  /** Takes part: `take` is handed every page. To be said before anybody asks for it. */
  join(take: (page: readonly Doc[]) => void): void;
  /** Reads it through, page by page; once, whoever asks, and again after a read that failed. */
  readAll(): Promise<void>;
  /** What was read is forgotten: the next who asks reads anew. */
  forget(): void;
}

export function createWholeRead<Doc extends { readonly id: string }>(
  shelf: Pick<Shelf<Doc>, 'find' | 'inMemory'>,
  pause?: () => Promise<void>,
): WholeRead<Doc> {
  const takers: ((page: readonly Doc[]) => void)[] = [];
  let reading: Promise<void> | null = null;
  const takeAll = (page: readonly Doc[]) => {
    for (const take of takers) take(page);
  };
  return {
    join: (take) => void takers.push(take),
    readAll: () => {
      reading ??= readInPages(shelf, takeAll, pause ? { pause } : {}).catch((error: unknown) => {
        reading = null;
        throw error;
      });
      return reading;
    },
    forget: () => {
      reading = null;
    },
  };
}
