import { expect, test } from 'vitest';
import { branchIdShape } from '../../schema/ids.ts';
import { createPresence } from './presence.ts';

const BRANCH = branchIdShape.parse('utama');
const OTHER = branchIdShape.parse('cabang');

/** Timers that end when a test says so, and what was told. */
function begin() {
  const timers: { readonly ms: number; readonly work: () => void }[] = [];
  const told: string[] = [];
  const after = (ms: number, work: () => void) => {
    timers.push({ ms, work });
    return () => undefined;
  };
  const presence = createPresence({ after }, (branch) => {
    told.push(branch);
    return 1_000;
  });
  return { presence, told, timers };
}

test('[LIVE13] of a thousand that come at once the branch is told twice: of the first, and then of all', () => {
  const { presence, told, timers } = begin();
  for (let n = 0; n < 1_000; n += 1) presence.changed(BRANCH);
  expect([told.length, timers.length]).toEqual([1, 1]);
  timers[0]?.work();
  expect(told.length).toBe(2);
  timers[1]?.work();
  expect([told.length, timers.length]).toEqual([2, 2]);
  presence.changed(BRANCH);
  expect(told.length).toBe(3);
});

test('[LIVE13] the more must be told the longer it waits, and no branch for another', () => {
  const { presence, told, timers } = begin();
  presence.changed(BRANCH);
  presence.changed(OTHER);
  expect(told).toEqual([BRANCH, OTHER]);
  expect(timers[0]?.ms).toBe(5_050);
});
