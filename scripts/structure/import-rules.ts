import { type Import, importsOf } from './imports-of.ts';
import { isTestFile, type SourceFile } from './source-file.ts';

/** One rule: which files it speaks of, and which of their imports break it. */
type ImportRule = {
  readonly says: string;
  readonly isAbout: (path: string) => boolean;
  readonly isBroken: (imported: Import, path: string) => boolean;
};

const isUnder =
  (...folders: string[]) =>
  (path: string): boolean =>
    folders.some((folder) => path.startsWith(`${folder}/`));

const leadsTo =
  (...folders: string[]) =>
  ({ target, isRelative }: Import): boolean =>
    isRelative && folders.some((folder) => target === folder || target.startsWith(`${folder}/`));

/** Whether an import is one of these packages, or a part of one. */
const isPackage =
  (...names: string[]) =>
  ({ target, isRelative }: Import): boolean =>
    !isRelative && names.some((name) => target === name || target.startsWith(`${name}/`));

const isNode = ({ target, isRelative }: Import): boolean => !isRelative && target.startsWith('node:');
const isReact = isPackage('react', 'react-dom', 'react-i18next', '@mantine', '@tabler', '@tanstack', 'wouter');
const isServerLibrary = isPackage(
  'express',
  'ws',
  'helmet',
  'compression',
  'pino',
  'pino-http',
  'better-sqlite3',
  'pg',
);

const schemaPackages = isPackage('zod', '@noble/hashes');
const schemaTestPackages = isPackage('vitest', 'fast-check', 'node:fs', 'node:path', 'node:url');
const screens = ['client/till', 'client/office', 'client/inspector', 'client/ui', 'client/app'];

const rules: readonly ImportRule[] = [
  {
    says: 'schema/ imports only itself, zod and @noble/hashes',
    isAbout: isUnder('schema'),
    isBroken: (imported, path) =>
      !leadsTo('schema')(imported) && !schemaPackages(imported) && !(isTestFile(path) && schemaTestPackages(imported)),
  },
  {
    says: 'client/ does not import server/ or scripts/',
    isAbout: isUnder('client'),
    isBroken: leadsTo('server', 'scripts'),
  },
  {
    says: 'the app imports neither node nor a library of the server',
    isAbout: (path) => isUnder('client')(path) && !isTestFile(path) && !/\/node-[^/]*\.ts$/.test(path),
    isBroken: (imported) => isNode(imported) || isServerLibrary(imported),
  },
  {
    says: 'server/ does not import client/ or scripts/',
    isAbout: isUnder('server'),
    isBroken: leadsTo('client', 'scripts'),
  },
  {
    says: 'server/ knows no React',
    isAbout: isUnder('server'),
    isBroken: isReact,
  },
  {
    says: 'client/store, client/sync and client/print know no React and no screen',
    isAbout: isUnder('client/store', 'client/sync', 'client/print'),
    isBroken: (imported) => isReact(imported) || leadsTo(...screens)(imported),
  },
  {
    says: 'screens reach client/store and client/sync through client/device only',
    isAbout: isUnder(...screens),
    isBroken: leadsTo('client/store', 'client/sync'),
  },
  {
    says: "RxDB's dev-mode is loaded by client/main.tsx and tests only",
    isAbout: (path) => isUnder('client', 'server', 'schema')(path) && path !== 'client/main.tsx' && !isTestFile(path),
    isBroken: isPackage('rxdb/plugins/dev-mode'),
  },
];

/** Every broken import rule of a file, as `path:line: imports X; the rule`. */
export function brokenImportRules(file: SourceFile): string[] {
  const imports = importsOf(file);
  return rules
    .filter((rule) => rule.isAbout(file.path))
    .flatMap((rule) =>
      imports
        .filter((imported) => rule.isBroken(imported, file.path))
        .map(({ target, line }) => `${file.path}:${line}: imports ${target}; ${rule.says}`),
    );
}
