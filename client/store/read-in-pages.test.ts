import { expect, test } from 'vitest';
import { createMemoryShelf } from './memory-shelf.ts';
import { readInPages } from './read-in-pages.ts';

test.each([0, 1, 9, 10, 11, 20])(
  '[SHELF7] a collection of %d documents is read whole in pages of 10',
  async (count) => {
    const shelf = createMemoryShelf<{ id: string }>('id');
    const ids = Array.from({ length: count }, (_, index) => `p${String((index * 7) % 100).padStart(2, '0')}`);
    for (const id of ids) await shelf.insert({ id });
    const pages: { ids: string[]; isFirst: boolean }[] = [];
    const take = (page: readonly { id: string }[], isFirst: boolean) =>
      pages.push({ ids: page.map(({ id }) => id), isFirst });
    let pauses = 0;
    const pause = async () => {
      pauses += 1;
    };
    await readInPages(shelf, take, { size: 10, pause });
    expect(pauses).toBe(pages.length - 1);
    expect(pages.flatMap((page) => page.ids)).toEqual(ids.toSorted());
    expect(Math.max(...pages.map((page) => page.ids.length))).toBeLessThanOrEqual(10);
    expect(pages.map(({ isFirst }) => isFirst)).toEqual(pages.map((_, index) => index === 0));
  },
);
