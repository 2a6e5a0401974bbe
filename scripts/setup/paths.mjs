import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The top folder of the repository, without a trailing slash. */
export const rootDir = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** Where brought tools and locks live; ignored by git, safe to delete. */
export const toolsDir = join(rootDir, '.tools');

/** Where the built app lies; ignored by git, safe to delete. */
export const distDir = join(rootDir, 'dist');

/** Where test runs leave their reports; ignored by git, safe to delete. */
export const reportsDir = join(rootDir, '.reports');

/**
 * A file inside the installed libraries, e.g. `libraryFile('vite', 'bin/vite.js')`.
 * @param {string} library
 * @param {string} file
 */
export const libraryFile = (library, file) => join(rootDir, 'node_modules', library, file);
