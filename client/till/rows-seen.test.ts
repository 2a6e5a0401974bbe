import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rowsSeen, scrolledTo } from './rows-seen.ts';

const anyView = fc.record({
  scrolled: fc.integer({ min: 0, max: 3_000_000 }),
  height: fc.integer({ min: 1, max: 2_000 }),
  rowHeight: fc.integer({ min: 20, max: 200 }),
  count: fc.integer({ min: 0, max: 20_000 }),
  ahead: fc.integer({ min: 0, max: 5 }),
});

test('[CAT9] every row of which a pixel is seen is drawn, and few others', () => {
  fc.assert(
    fc.property(anyView, (view) => {
      const { from, to } = rowsSeen(view);
      const { scrolled, height, rowHeight, count, ahead } = view;
      expect(from).toBeGreaterThanOrEqual(0);
      expect(to).toBeGreaterThanOrEqual(from);
      expect(to).toBeLessThanOrEqual(count);
      expect(to - from).toBeLessThanOrEqual(Math.ceil(height / rowHeight) + 1 + 2 * ahead);
      const seen = [scrolled, scrolled + height - 1].map((pixel) => Math.floor(pixel / rowHeight));
      for (const row of seen.filter((row) => row < count)) expect(from <= row && row < to).toBe(true);
    }),
  );
});

test('[CAT9] a row that is asked for is seen whole where the list is high enough, and nothing moves where it was', () => {
  fc.assert(
    fc.property(anyView, fc.integer({ min: 0, max: 20_000 }), (view, row) => {
      const { height, rowHeight } = view;
      const scrolled = scrolledTo(row, view);
      fc.pre(height >= rowHeight);
      expect(row * rowHeight).toBeGreaterThanOrEqual(scrolled);
      expect((row + 1) * rowHeight).toBeLessThanOrEqual(scrolled + height);
      expect(scrolledTo(row, { ...view, scrolled })).toBe(scrolled);
    }),
  );
});
