import { expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { isVersionAtLeast, nodeVersionBrought, nodeVersionMin, parseVersion } from './node-version.mjs';

test.each([
  ['22.18.0', true],
  ['v22.18.0', true],
  ['22.18.1', true],
  ['24.0.0', true],
  ['100.1.0', true],
  ['25.0.0-nightly20260101', true],
  ['22.17.9', false],
  ['22.9.0', false],
  ['20.20.2', false],
  ['v18.0.0', false],
  ['', false],
])('[SETUP1] Node %s is new enough: %s', (version, isEnough) => {
  expect(isVersionAtLeast(version, '22.18.0')).toBe(isEnough);
});

test('[SETUP1] a version is read part by part as numbers, not as text', () => {
  expect(parseVersion('v22.9.0')).toEqual([22, 9, 0]);
  expect(parseVersion('22')).toEqual([22, 0, 0]);
});

test('[SETUP1] the brought Node is new enough, and package.json asks for the same', () => {
  expect(isVersionAtLeast(nodeVersionBrought, nodeVersionMin)).toBe(true);
  expect(`>=${nodeVersionMin}`).toBe(`${packageJson.engines.node}.0`);
});
