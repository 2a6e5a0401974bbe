import { expect, test } from 'vitest';
import { levelPath, plotScale } from './stock-plot.ts';

const levels = [
  { at: 0, onHand: 20 },
  { at: 50, onHand: -5 },
  { at: 100, onHand: 10 },
];

test('[MOV4] the chart is as wide as its time, and holds nothing and what is below it', () => {
  const scale = plotScale(levels);
  expect([scale.lowest, scale.highest]).toEqual([-5, 20]);
  expect([scale.x(0), scale.x(50), scale.x(100)]).toEqual([0, 50, 100]);
  expect([scale.y(20), scale.y(-5)]).toEqual([2, 38]);
  expect(scale.y(0)).toBeLessThan(scale.y(-5));
});

test('[MOV4] the stock stays what it is until the next move', () => {
  expect(levelPath(levels, plotScale(levels))).toBe('M0.00,2.00H50.00V38.00H100.00V16.40');
  expect(levelPath([], plotScale([]))).toBe('');
  const flat = [
    { at: 0, onHand: 0 },
    { at: 9, onHand: 0 },
  ];
  expect(levelPath(flat, plotScale(flat))).toBe('M0.00,38.00H100.00V38.00');
});
