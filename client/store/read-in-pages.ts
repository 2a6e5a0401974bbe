import type { Shelf } from './shelf.ts';

/** Documents of one read: on a cheap tablet reading and taking in so many keeps the screen waiting for a few frames, not for seconds. */
export const READ_PAGE = 1_000;

/** The same where all is in memory, and nothing has to be read. */
export const MEMORY_PAGE = 5_000;

/**
 * Reads a whole collection page by page, and hands each page on before the next is asked for; in the order of its key, unless the storage has all
 * in memory. Between two pages the screen answers: such a storage does not wait by itself, so `pause` does. What is written meanwhile behind
 * the place reached is not read again.
 */
export async function readInPages<Doc extends { readonly id: string }>(
  shelf: Pick<Shelf<Doc>, 'find' | 'inMemory'>,
  take: (page: readonly Doc[], isFirst: boolean) => void,
  { size, pause = async () => undefined }: { size?: number; pause?: () => Promise<void> } = {},
): Promise<void> {
  const inMemory = shelf.inMemory?.(size ?? MEMORY_PAGE) ?? null;
  if (inMemory) return takeEach(inMemory, take, pause);
  const limit = size ?? READ_PAGE;
  for (let last = ''; ; ) {
    const page = await shelf.find({ where: last === '' ? {} : { id: { $gt: last } }, sort: ['id'], limit });
    take(page, last === '');
    if (page.length < limit) return;
    last = page.at(-1)?.id ?? '';
    await pause();
  }
}

async function takeEach<Doc>(
  pages: Iterable<readonly Doc[]>,
  take: (page: readonly Doc[], isFirst: boolean) => void,
  pause: () => Promise<void>,
): Promise<void> {
  let isFirst = true;
  for (const page of pages) {
    if (!isFirst) await pause();
    take(page, isFirst);
    isFirst = false;
  }
  if (isFirst) take([], true);
}
