import { delimiter } from 'node:path';
import { expect, test } from 'vitest';
import { canBringNode, envWithNode, tooOldText } from './bring-node.mjs';

test('[SETUP2] a newer Node is brought on Linux x64 with glibc only', () => {
  expect(canBringNode('linux', 'x64', true)).toBe(true);
  expect(canBringNode('linux', 'x64', false)).toBe(false);
  expect(canBringNode('linux', 'arm64', true)).toBe(false);
  expect(canBringNode('darwin', 'x64', true)).toBe(false);
});

test('[SETUP2] elsewhere the message says what is missing and where to get it', () => {
  expect(tooOldText('v20.1.0')).toMatch(/22\.18\.0 or newer.*v20\.1\.0.*https:\/\/nodejs\.org/);
});

test('[SETUP2] children find the given Node first, once, whatever PATH is called', () => {
  const path = ['/usr/bin', '/new', '/bin'].join(delimiter);
  expect(envWithNode({ PATH: path }, '/new/node')).toMatchObject({
    PATH: ['/new', '/usr/bin', '/bin'].join(delimiter),
    NODE: '/new/node',
  });
  expect(envWithNode({ Path: '/bin' }, '/new/node')).not.toHaveProperty('PATH');
});
