import { expect, test } from 'vitest';
import { isBuilt } from './client-build.mjs';

test.each([
  ['client/main.tsx', true],
  ['client/public/icons/laci.svg', true],
  ['schema/money.ts', true],
  ['client/till/cart.test.tsx', false],
  ['schema/money.laws.test.ts', false],
  ['client/e2e/sale.e2e.ts', false],
  ['schema/SPEC.md', false],
])('[SETUP8] a change of %s means a new build: %s', (file, isPart) => {
  expect(isBuilt(file)).toBe(isPart);
});
