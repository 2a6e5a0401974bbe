import { expect, test } from 'vitest';
import { readBaskets } from './read-baskets.ts';

const items = (text: string) => readBaskets(text).rows.map(({ line, code }) => `${line} ${code}`);

test('each line is a basket and each name an item', () => {
  expect(items('citrus fruit,semi-finished bread,margarine\ncoffee\n')).toEqual([
    '1 citrus fruit',
    '1 semi-finished bread',
    '1 margarine',
    '2 coffee',
  ]);
});

test('quotes, white space, empty cells and repeats do not make other products', () => {
  expect(items('"whole  milk", tea ,,tea\r\n')).toEqual(['1 whole milk', '1 tea', '1 tea']);
});

test('blank lines are listed', () => {
  const file = readBaskets('tea\n\n,,\ncoffee\n');
  expect(file.rows).toHaveLength(2);
  expect(file.skipped).toEqual([
    { line: 2, why: 'blank line' },
    { line: 3, why: 'no item' },
  ]);
});

test('a heading and a leading column of counts are no items', () => {
  expect(items('Item(s),Item 1,Item 2\n1,tea,\n2,tea,milk\n')).toEqual(['2 tea', '3 tea', '3 milk']);
  expect(items('1,tea\n2,tea,milk\n')).toEqual(['1 tea', '2 tea', '2 milk']);
  expect(items('7,tea\n2,tea,milk\n')[0]).toBe('1 7');
});

test('a name has the same price in every file', () => {
  const price = (text: string) => readBaskets(text).rows.at(-1)?.price;
  expect(price('tea\n')).toBe(price('milk\nbread,tea\n'));
  expect(price('tea\n')).toBeGreaterThan(0);
});
