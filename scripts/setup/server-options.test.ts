import { expect, test } from 'vitest';
import { serverEnvironment } from './server-options.mjs';

test('a server is told to give large blocks of memory back, unless the administrator says otherwise', () => {
  const told = { MALLOC_MMAP_THRESHOLD_: '131072', MALLOC_ARENA_MAX: '2', PATH: '/bin' };
  expect(serverEnvironment({ PATH: '/bin' })).toEqual(told);
  expect(serverEnvironment({ PATH: '/bin', MALLOC_ARENA_MAX: '8' })).toEqual({ ...told, MALLOC_ARENA_MAX: '8' });
});
