import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';
import { must } from '../../schema/result.ts';

/**
 * Turns `import { Button } from '@mantine/core'` into an import of the file that Button is in. A package whose one file names all of its
 * parts makes every part look needed wherever one is, and the first load could not be told from the rest.
 * @throws Error for a name that the package does not have
 */
export function directImports(names: readonly string[]): Plugin {
  let barrels: readonly Barrel[] = [];
  return {
    name: 'laci:direct-imports',
    apply: 'build',
    enforce: 'pre',
    async buildStart() {
      const indexes = await Promise.all(names.map((name) => this.resolve(name)));
      barrels = names.map((name, place) => createBarrel(name, must(indexes[place], name).id));
    },
    transform: (code) => {
      const used = barrels.filter(({ name }) => code.includes(name));
      if (used.length === 0) return null;
      const replaced = used.reduce((text, one) => text.replaceAll(one.pattern, (_, parts) => direct(parts, one)), code);
      return { code: replaced, map: null };
    },
  };
}

interface Barrel {
  readonly name: string;
  /** Its imports; those of types alone are none. */
  readonly pattern: RegExp;
  readonly files: ReadonlyMap<string, Place>;
}

/** Where a name comes from, and what it is called there. */
interface Place {
  readonly file: string;
  readonly as: string;
}

function createBarrel(name: string, index: string): Barrel {
  const pattern = new RegExp(`import\\s*\\{([^}]*)\\}\\s*from\\s*['"]${name}['"]`, 'g');
  return { name, pattern, files: filesByName(index) };
}

function direct(names: string, { name, files }: Barrel): string {
  return specifiers(names)
    .map(([from, to]) => {
      const place = files.get(from);
      if (!place) throw new Error(`${name} has no ${from}`);
      return `import { ${place.as} as ${to} } from '${place.file}'`;
    })
    .join(';');
}

/** Every name a package's one file hands on: it imports and exports them, or both at once. */
function filesByName(index: string): Map<string, Place> {
  const code = readFileSync(index, 'utf8');
  const imported = new Map<string, Place>();
  const exported = new Map<string, Place>();
  for (const [, word, names = '', file] of code.matchAll(
    /(import|export)\s*\{([^}]*)\}(?:\s*from\s*["']([^"']+)["'])?/g,
  )) {
    for (const [from, to] of specifiers(names)) {
      const place = file === undefined ? imported.get(from) : { file: join(dirname(index), file), as: from };
      if (place) (word === 'import' ? imported : exported).set(to, place);
    }
  }
  return exported;
}

/** Pairs of what is named and what it is called here; types are left out, they leave no code. */
function specifiers(names: string): [string, string][] {
  return names
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '' && !part.startsWith('type '))
    .map((part) => {
      const [from = '', to = from] = part.split(/\s+as\s+/);
      return [from, to];
    });
}
