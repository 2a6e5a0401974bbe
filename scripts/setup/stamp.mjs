import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * All files at or under a path, sorted, with `/` between the parts. A path that does not exist has none.
 * @param {string} dir the folder the paths are relative to
 * @param {string} path a file or a folder in it
 * @returns {string[]}
 */
export function filesUnder(dir, path) {
  try {
    const entries = readdirSync(join(dir, path), { withFileTypes: true });
    return entries
      .flatMap((entry) => (entry.isDirectory() ? filesUnder(dir, `${path}/${entry.name}`) : [`${path}/${entry.name}`]))
      .sort();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOTDIR') return [path];
    if (code === 'ENOENT') return [];
    throw error;
  }
}

/**
 * One hash over names and contents: it changes when a file changes, appears, goes or is renamed, and with nothing else.
 * @param {string} dir
 * @param {readonly string[]} files relative to `dir`; one that is missing counts as such
 * @param {readonly string[]} [facts] other facts the result depends on
 * @returns {string} SHA-256 in hex
 */
export function stampOf(dir, files, facts = []) {
  const hash = createHash('sha256').update(JSON.stringify(facts));
  for (const file of files) {
    const content = readIfThere(join(dir, file));
    hash.update(`\n${file}\n${content === undefined ? 'missing' : content.length}\n`).update(content ?? '');
  }
  return hash.digest('hex');
}

/**
 * Whether the work that the stamp stands for was finished for exactly these inputs.
 * @param {string} stampFile
 * @param {string} stamp
 */
export const isStamped = (stampFile, stamp) => readIfThere(stampFile)?.toString() === stamp;

/**
 * Records finished work; written last, so that work cut short is done again.
 * @param {string} stampFile
 * @param {string} stamp
 */
export const writeStamp = (stampFile, stamp) => writeFileSync(stampFile, stamp);

/**
 * @param {string} file
 * @returns {Buffer | undefined}
 */
function readIfThere(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
