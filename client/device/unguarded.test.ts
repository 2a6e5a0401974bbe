import { expect, test } from 'vitest';
import { isUnguarded } from './unguarded.ts';

const one = (role: 'cashier' | 'manager', hasPin: boolean) => ({ role, hasPin });

test('[PIN12] a branch is unguarded until the first of those who may change people has a PIN', () => {
  expect(isUnguarded([one('manager', false), one('cashier', true)], {})).toBe(true);
  expect(isUnguarded([one('manager', false), one('manager', true)], {})).toBe(false);
  // Before anybody has arrived there is nothing to say.
  expect(isUnguarded([], {})).toBe(false);
  expect(isUnguarded([one('cashier', false)], {})).toBe(false);
});
