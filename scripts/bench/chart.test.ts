import { expect, test } from 'vitest';
import { chartOf } from './chart.ts';
import { compareSeries } from './statistics.ts';

test('a chart has a bar for ours and for each peer, as long as its median is of the greatest', () => {
  const chart = chartOf(compareSeries('a <test>', [10, 10], { raw: [5, 5], slow: [40, 40] }));
  const widths = [...chart.matchAll(/<rect x="150"[^>]* width="(\d+)"/g)].map(([, width]) => Number(width));
  expect(widths).toEqual([100, 50, 400]);
  expect(chart).toContain('a &lt;test&gt;');
  expect(chart).toContain('ours is 2 of it');
});
