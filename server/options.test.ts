import { expect, test } from 'vitest';
import { hostToOpen, readOptions, USAGE } from './options.ts';

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

test('[HTTP8] the addresses that a start prints can be opened, whatever it listens on', () => {
  const hosts = ['127.0.0.1', '0.0.0.0', '::', '::1', 'fd00::5', 'kasir.local'];
  const opened = hosts.map((host) => new URL(`http://${hostToOpen(host)}:4780/?till=K1#/enrol/code`).hostname);
  expect(opened).toEqual(['127.0.0.1', '127.0.0.1', '127.0.0.1', '[::1]', '[fd00::5]', 'kasir.local']);
});
