import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rootDir } from './paths.mjs';
import { serverEnvironment } from './server-options.mjs';

test('a server is told to give large blocks of memory back and to keep its compiled code, unless the administrator says otherwise', () => {
  const kept = join(rootDir, 'node_modules', '.cache', 'laci-server');
  const told = { MALLOC_MMAP_THRESHOLD_: '131072', MALLOC_ARENA_MAX: '2', NODE_COMPILE_CACHE: kept, PATH: '/bin' };
  expect(serverEnvironment({ PATH: '/bin' })).toEqual(told);
  expect(serverEnvironment({ PATH: '/bin', MALLOC_ARENA_MAX: '8' })).toEqual({ ...told, MALLOC_ARENA_MAX: '8' });
});
