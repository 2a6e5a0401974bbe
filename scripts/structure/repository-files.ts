import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rootDir } from '../setup/paths.mjs';
import { filesUnder } from '../setup/stamp.mjs';
import { parseSourceFile, type SourceFile } from './source-file.ts';

const folders = ['schema', 'server', 'client', 'scripts'];

/** Lines a file may have; one that needs more holds more than one concept. */
export const linesMax = 500;

/** All source files of the repository, parsed. The benchmark's peers are a package of their own. */
export function repositoryFiles(): SourceFile[] {
  return folders
    .flatMap((folder) => filesUnder(rootDir, folder))
    .filter(
      (path) => /\.(ts|tsx|mjs)$/.test(path) && !/(^|\/)node_modules\/|^scripts\/peers\/|^client\/public\//.test(path),
    )
    .map((path) => parseSourceFile(path, readFileSync(join(rootDir, path), 'utf8')));
}

/** `path: N lines`, when a file has too many. */
export function tooManyLines({ path, text }: Pick<SourceFile, 'path' | 'text'>): string[] {
  const lines = text.replace(/\n$/, '').split('\n').length;
  return lines > linesMax ? [`${path}: ${lines} lines; ${linesMax} is the most`] : [];
}
