import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

/** A library's file that the app never calls, and why. */
export interface LeftOut {
  readonly file: RegExp;
  readonly why: string;
}

/**
 * Leaves files of libraries out of the built app that the libraries import whether they need them or not. Each name that such a file exports stays, and
 * throws `why` when it is called after all.
 */
export function leaveOut(files: readonly LeftOut[]): Plugin {
  return {
    name: 'laci:leave-out',
    apply: 'build',
    enforce: 'pre',
    load: (id) => {
      const found = files.find(({ file }) => file.test(id));
      return found ? standIn(exportedNames(readFileSync(id, 'utf8')), found.why) : null;
    },
  };
}

function standIn(names: readonly string[], why: string): string {
  return `function leftOut() { throw new Error(${JSON.stringify(why)}); }\nexport { ${names.map((name) => `leftOut as ${name}`).join(', ')} };`;
}

/** The names in a module's export statements. */
function exportedNames(code: string): string[] {
  const declared = [...code.matchAll(/^export (?:async )?(?:const|let|var|function|class) (\w+)/gm)].map(
    ([, name]) => name,
  );
  const listed = [...code.matchAll(/^export \{([^}]*)\}/gm)].flatMap(([, names = '']) =>
    names.split(',').map((part) =>
      part
        .trim()
        .split(/\s+as\s+/)
        .at(-1),
    ),
  );
  return [...declared, ...listed].filter((name): name is string => name !== undefined && name !== '');
}
