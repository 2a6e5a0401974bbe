import { globSync } from 'node:fs';
import { expect, test } from 'vitest';
import { SLOW_TESTS } from './slow-tests.mjs';

test.each(SLOW_TESTS)('[SETUP14] what the inner loop leaves out is there: %s', (pattern) => {
  // Braces name several files; each of them must exist, or a renamed one would come back into the loop unseen.
  const names = /\{(.*)\}/.exec(pattern)?.[1]?.split(',').length ?? 1;
  expect(globSync(pattern)).toHaveLength(names);
});
