import { expect, test } from 'vitest';
import { createManualTimers } from '../sync/manual-timers.ts';
import { createSlices } from './slices.ts';

function open() {
  const timers = createManualTimers();
  const done: number[] = [];
  return { timers, done, slices: createSlices(timers, 2, (item: number) => done.push(item)) };
}

test('[CAT12] items are done in order and later, so many at once', () => {
  const { timers, done, slices } = open();
  slices.add([1, 2, 3]);
  slices.add([4]);
  expect(done).toEqual([]);
  timers.pass(250);
  expect(done.slice(0, 2)).toEqual([1, 2]);
  timers.pass(10);
  expect(done).toEqual([1, 2, 3, 4]);
});

test('[CAT12] what still waits is done when it is needed, once', () => {
  const { timers, done, slices } = open();
  slices.begin(() => [1, 2, 3]);
  slices.finish();
  slices.add([4]);
  slices.finish();
  timers.pass(1_000);
  expect(done).toEqual([1, 2, 3, 4]);
});

test('[CAT12] all are asked for when their turn comes, with those that came meanwhile', () => {
  const { timers, done, slices } = open();
  const all = [1];
  slices.add([9]);
  slices.begin(() => all);
  all.push(2);
  slices.add([2]);
  timers.pass(1_000);
  expect(done).toEqual([1, 2]);
});

test('[CAT12] nothing is done any more after a stop', () => {
  const { timers, done, slices } = open();
  slices.add([1, 2, 3]);
  timers.pass(250);
  slices.stop();
  timers.pass(1_000);
  slices.finish();
  expect(done.length).toBeLessThan(4);
  expect(done).toEqual([1, 2, 3].slice(0, done.length));
});
