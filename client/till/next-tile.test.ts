import { expect, it } from 'vitest';
import { nextTile } from './next-tile.ts';

it('[TILL9] arrow keys move over the grid and stop at its edges', () => {
  expect(nextTile('ArrowRight', 0, 4, 10)).toBe(1);
  expect(nextTile('ArrowDown', 1, 4, 10)).toBe(5);
  expect(nextTile('ArrowDown', 8, 4, 10)).toBeNull();
  expect(nextTile('ArrowUp', 2, 4, 10)).toBeNull();
  expect(nextTile('End', 0, 4, 10)).toBe(9);
  expect(nextTile('Home', 0, 4, 10)).toBeNull();
  expect(nextTile('Enter', 3, 4, 10)).toBeNull();
});
