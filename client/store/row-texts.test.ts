import fc from 'fast-check';
import { expect, test } from 'vitest';
import { joinTexts } from './row-texts.ts';

const texts = fc.array(
  fc.array(fc.constantFrom('a', 'b', 'ab', '1', ' '), { maxLength: 8 }).map((parts) => ` ${parts.join('')}`),
);
const wanted = fc.array(fc.constantFrom('a', 'b', '1', ' '), { maxLength: 3 }).map((parts) => parts.join(''));

test('[CAT2] rows are found in the joined text as in each text by itself', () => {
  fc.assert(
    fc.property(texts, wanted, (rows, text) => {
      const places = (holds: (row: string) => boolean) => rows.flatMap((row, place) => (holds(row) ? [place] : []));
      const joined = joinTexts(rows);
      expect(joined.holding(text)).toEqual(places((row) => row.includes(text)));
      // No word has a space in it.
      if (/^[^ ]+$/.test(text)) expect(joined.holding(text, true)).toEqual(places((row) => row.includes(` ${text}`)));
    }),
  );
});
