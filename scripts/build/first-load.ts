import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** The script that the app's page asks for before the first product of an enrolled till can be touched. */
export interface FirstLoad {
  /** Gzipped bytes by file. */
  readonly files: Readonly<Record<string, number>>;
  /** Gzipped bytes of all. */
  readonly bytes: number;
  /** The modules they are made of, as their source maps say. */
  readonly sources: readonly string[];
}

/** The first screen's words: each language has its own, and the longer one is counted. */
const WORDS = /^first-words-.*\.js$/;

/** Reads it from a built app. */
export function readFirstLoad(dist: string): FirstLoad {
  const page = readFileSync(join(dist, 'index.html'), 'utf8');
  const named = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(([, name]) => name ?? '');
  const bytesOf = (name: string) => gzipSync(readFileSync(join(dist, name))).length;
  const words = readdirSync(join(dist, 'assets'))
    .filter((name) => WORDS.test(name))
    .map((name) => `assets/${name}`)
    .sort((a, b) => bytesOf(b) - bytesOf(a));
  const names = withImports(dist, [...named, ...words.slice(0, 1)]);
  const files = Object.fromEntries(names.map((name) => [name, bytesOf(name)]));
  return {
    files,
    bytes: Object.values(files).reduce((sum, bytes) => sum + bytes, 0),
    sources: names.flatMap((name) => sourcesOf(join(dist, `${name}.map`))),
  };
}

/** Files and all that they import. */
function withImports(dist: string, names: readonly string[]): string[] {
  const all = new Set(names);
  for (const name of all) {
    const code = readFileSync(join(dist, name), 'utf8');
    for (const [, file] of code.matchAll(/(?:\bfrom|\bimport)\s*["']\.\/([\w.-]+\.js)["']/g)) all.add(`assets/${file}`);
  }
  return [...all];
}

function sourcesOf(map: string): string[] {
  try {
    return (JSON.parse(readFileSync(map, 'utf8')) as { sources: string[] }).sources;
  } catch {
    // Rolldown's own few lines have none.
    return [];
  }
}
