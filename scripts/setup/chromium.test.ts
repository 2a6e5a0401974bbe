import { delimiter } from 'node:path';
import { expect, test } from 'vitest';
import { chromiumCandidates, isDebian } from './chromium.mjs';

test('[SETUP9] a Chromium on PATH is looked for before anything else', () => {
  const candidates = chromiumCandidates(['/a', '', '/b'].join(delimiter));
  expect(candidates.slice(0, 3)).toEqual(['/a/chromium', '/b/chromium', '/a/chromium-browser']);
  expect(chromiumCandidates(undefined)).not.toContain('chromium');
});

test('[SETUP9] only Debian itself installs Chromium by apt', () => {
  expect(isDebian('PRETTY_NAME="Debian GNU/Linux 12"\nID=debian\n')).toBe(true);
  expect(isDebian('ID=ubuntu\nID_LIKE=debian\n')).toBe(false);
  expect(isDebian('')).toBe(false);
});
