import process from 'node:process';
import { expect, test } from 'vitest';
import { installFailureText } from './dependencies.mjs';
import { isNetworkTrouble, npmCommand } from './npm-command.mjs';

test('[SETUP5] under npm the same npm is used, with this Node', () => {
  expect(npmCommand('/lib/npm/bin/npm-cli.js', 'linux')).toEqual({
    command: process.execPath,
    firstArgs: ['/lib/npm/bin/npm-cli.js'],
    shell: false,
  });
});

test('[SETUP5] without npm, or under another package manager, npm is taken from PATH', () => {
  for (const path of [undefined, '/lib/pnpm/bin/pnpm.cjs', '/lib/yarn.js']) {
    expect(npmCommand(path, 'linux')).toEqual({ command: 'npm', firstArgs: [], shell: false });
  }
  expect(npmCommand(undefined, 'win32').shell).toBe(true);
});

test.each([
  'npm error code ENOTFOUND\nnpm error network request to https://registry failed',
  'npm ERR! code EAI_AGAIN',
  'npm error code ECONNREFUSED',
  'npm error code UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
])('[SETUP6] no network is told in a sentence: %s', (output) => {
  expect(isNetworkTrouble(output)).toBe(true);
  expect(installFailureText(output)).toMatch(/registry cannot be reached.*connect to the internet/);
});

test('[SETUP6] any other trouble of npm is shown as it is', () => {
  expect(isNetworkTrouble('npm error code ETARGET')).toBe(false);
  expect(installFailureText('npm error code ETARGET\n')).toMatch(/npm error code ETARGET$/);
});
