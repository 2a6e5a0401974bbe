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

test('[TRF9] branches are given by id and name, as often as needed', () => {
  const branchesOf = (...args: string[]) => {
    const options = readOptions(args.flatMap((text) => ['--branch', text]));
    return options.ok ? options.value.branches : options.error;
  };
  expect(branchesOf()).toEqual([]);
  expect(branchesOf('pasar=Toko Pasar', 'bandung=A=B')).toEqual([
    { branch: 'pasar', name: 'Toko Pasar' },
    { branch: 'bandung', name: 'A=B' },
  ]);
  for (const wrong of ['pasar', 'pasar=', '=Toko', 'Pasar Baru=Toko', `a=${'x'.repeat(81)}`])
    expect(branchesOf(wrong)).toContain('--branch');
});
