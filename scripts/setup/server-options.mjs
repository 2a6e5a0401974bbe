import { join } from 'node:path';
import { rootDir } from './paths.mjs';

/**
 * What Node is told when it runs the server. While many pushes come at once V8 lets what was just made grow to 128 MB before it looks what of it
 * is still needed; looking sooner costs no measurable time.
 */
export const SERVER_NODE_OPTIONS = ['--max-semi-space-size=16'];

/**
 * What glibc is told. Left alone it keeps a freed body of a push for the next one, in pieces, as soon as it saw a large one, and so for each of many
 * threads: some 40 MB when all devices come back at once. From 128 KiB on a block is asked of the system and given back to it. Other C libraries take no
 * notice.
 */
const SERVER_ALLOCATION = { MALLOC_MMAP_THRESHOLD_: String(128 * 1024), MALLOC_ARENA_MAX: '2' };

/**
 * Where Node keeps the server's files and libraries as it compiled them, from the first end in order on: a third less of each later start. What does not fit
 * the file or this Node is compiled anew; the folder may be deleted.
 */
const COMPILED = { NODE_COMPILE_CACHE: join(rootDir, 'node_modules', '.cache', 'laci-server') };

/**
 * The environment of a server that is started from here. What is set already stays.
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
export function serverEnvironment(env) {
  return { ...SERVER_ALLOCATION, ...COMPILED, ...env };
}
