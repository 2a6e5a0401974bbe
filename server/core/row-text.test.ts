import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rowText } from './row-text.ts';

const nested = (value: unknown, depth: number) => {
  let row = value;
  for (let level = 0; level < depth; level += 1) row = level % 2 === 0 ? [row] : { deep: row, beside: [1, {}] };
  return row;
};

test('[F17] a row’s text is its JSON, as long as JSON.stringify can say it', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => void expect(rowText(value)).toBe(JSON.stringify(value))));
});

test('[F17] a deep row’s text is its JSON too', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.integer({ min: 90, max: 300 }), (value, depth) => {
      const row = nested(value, depth);
      expect(rowText(row)).toBe(JSON.stringify(row));
    }),
  );
});

test('[F17] and so is that of one nested by the hundred thousand', () => {
  const row = nested(1, 100_000);
  const text = rowText(row);
  expect(text.startsWith('{"deep":[{"deep":[')).toBe(true);
  expect(text.split('').filter((letter) => letter === '[').length).toBe(100_000);
});

test('[F17] what has no text is null', () => {
  expect([undefined, null, () => 1].map(rowText)).toEqual(['null', 'null', 'null']);
});
