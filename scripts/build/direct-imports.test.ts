import { join } from 'node:path';
import { build } from 'vite';
import { expect, test } from 'vitest';
import { directImports } from './direct-imports.ts';
import { leaveOut } from './leave-out.ts';

const ENTRY = 'virtual:entry';

/** What becomes of a module of these lines, its imports left as they are unless they are of a package that is taken apart. */
async function builtOf(code: string): Promise<string> {
  const entry = {
    name: 'entry',
    resolveId: (id: string) => (id === ENTRY ? join(import.meta.dirname, 'entry.ts') : null),
    load: (id: string) => (id.endsWith('/entry.ts') ? code : null),
  };
  const plugins = [
    entry,
    directImports(['@mantine/hooks', '@tabler/icons-react']),
    leaveOut([{ file: /icons-react.*IconAbacus\.mjs$/, why: 'Nobody counts by hand.' }]),
  ];
  const rollupOptions = { input: ENTRY, external: /(?<!IconAbacus)\.mjs$/, preserveEntrySignatures: 'strict' as const };
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    plugins,
    build: { write: false, minify: false, rollupOptions },
  });
  return 'output' in built ? built.output[0].code : '';
}

test('[LOAD5] names of a package’s index come from their own files; types leave nothing', async () => {
  const code = await builtOf(
    "import { useDisclosure, type UseDisclosureHandlers as H, useMediaQuery as wide } from '@mantine/hooks';\nimport { IconX } from '@tabler/icons-react';\nexport const all = [useDisclosure, wide, IconX] as const;\nexport type T = H;",
  );
  const files = [...code.matchAll(/from "[^"]*node_modules\/([^"]+)"/g)].map(([, file]) => file);
  expect(files.sort()).toEqual([
    '@mantine/hooks/esm/use-disclosure/use-disclosure.mjs',
    '@mantine/hooks/esm/use-media-query/use-media-query.mjs',
    '@tabler/icons-react/dist/esm/icons/IconX.mjs',
  ]);
});

test('[LOAD5] a name that a package does not have fails the build', async () => {
  await expect(builtOf("import { useTeleport } from '@mantine/hooks'; export { useTeleport };")).rejects.toThrow(
    '@mantine/hooks has no useTeleport',
  );
});

test('[LOAD5] what is left out throws when it is called after all', async () => {
  const code = await builtOf(
    "import { IconAbacus } from '@tabler/icons-react';\nexport const draw = () => IconAbacus({});",
  );
  expect(code).toContain('throw new Error("Nobody counts by hand.")');
});
