import { expect, test } from 'vitest';
import { readOptions, USAGE } from './options.ts';

const hourOf = (...args: string[]) => {
  const options = readOptions(args);
  return options.ok ? options.value.verifyHour : options.error;
};

test('[F11] the nightly check has an hour of its own, another where asked, or none', () => {
  expect([hourOf(), hourOf('--verify-at', '23'), hourOf('--no-verify')]).toEqual([3, 23, null]);
  for (const wrong of ['24', '-1', 'night', '3.5']) expect(hourOf(`--verify-at=${wrong}`)).toContain('--verify-at');
  expect(USAGE).toContain('--verify-at HOUR');
});
