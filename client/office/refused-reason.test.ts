import { expect, test } from 'vitest';
import { manage as en } from '../i18n/en/manage.ts';
import { manage as id } from '../i18n/id/manage.ts';
import { REFUSED_REASONS, refusedReason } from './refused-reason.ts';

test('[OFFICE17] each reason that the server gives in a word has a sentence, in both languages', () => {
  for (const words of [en, id]) {
    expect(Object.keys(words.refused).sort()).toEqual([...REFUSED_REASONS, 'other'].sort());
  }
});

test('[OFFICE17] what is wrong with the change itself is told as the server names it', () => {
  expect(refusedReason('currency-in-use')).toBe('currency-in-use');
  expect(refusedReason('invalid: price')).toBe('other');
  expect(en.refused.other).toContain('{{reason}}');
});
