import { expect, test } from 'vitest';
import { DEMO_WORDS, wordsFor } from './search-words.ts';

test('the demo is searched by words that people say', () => {
  expect(wordsFor(['Nothing', ...DEMO_WORDS.searches.map((word) => `A ${word.toUpperCase()} 1`)])).toBe(DEMO_WORDS);
});

test('another catalogue is searched by its own words, the commonest first, and by slips that no name has', () => {
  expect(wordsFor(['Kopi susu', 'Kopi hitam 5', 'kpoi', 'Kopi  susu x'])).toEqual({
    // Most names have kopi, and the slip of kpoi is one.
    searches: ['susu', 'hitam', 'kpoi'],
    misspelt: ['ssuu', 'htiam'],
  });
  expect(wordsFor(['حليب كامل', '绿茶苹果 12'])).toEqual({
    searches: ['12', 'حليب', 'كامل', '绿茶苹果'],
    misspelt: ['حيلب', 'كمال', '绿苹茶果'],
  });
});

test('names without a word have none', () => {
  expect(wordsFor(['x', 'y'])).toEqual({ searches: [], misspelt: [] });
});
