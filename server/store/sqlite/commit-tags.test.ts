import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createTags } from './commit-tags.ts';

test('[STORE8] tags are drawn many at once, and each is given once', () => {
  let asked = 0;
  const next = createTags((count) => {
    asked += 1;
    return randomBytes(count);
  });
  const tags = Array.from({ length: 1_000 }, next);
  expect(new Set(tags).size).toBe(1_000);
  expect(tags.every((tag) => /^[0-9a-z]{16}$/.test(tag))).toBe(true);
  expect(asked).toBeLessThan(20);
});
