import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createWordTexts } from './word-texts.ts';

const letters = (least: number) =>
  fc.array(fc.constantFrom('a', 'b', '1'), { minLength: least, maxLength: 4 }).map((parts) => parts.join(''));

test('[CAT11] words are found in the joined text as in each word by itself, added before or after a search', () => {
  fc.assert(
    fc.property(fc.array(letters(0)), fc.array(letters(0)), letters(1), (first, later, text) => {
      const texts = createWordTexts();
      const said: string[] = [];
      for (const words of [first, later]) {
        for (const word of words) texts.add(word);
        said.push(...words);
        const found: (readonly [number, boolean])[] = [];
        texts.holding(text, (word, isBegin) => found.push([word, isBegin]));
        expect(found).toEqual(
          said.flatMap((word, at) => (word.includes(text) ? [[at, word.startsWith(text)] as const] : [])),
        );
      }
    }),
  );
});
