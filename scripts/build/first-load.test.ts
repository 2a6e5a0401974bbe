import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { PARTS } from '../../client/device/with-back-room.ts';
import { moreWords } from '../../client/i18n/en/more-words.ts';
import { buildClient } from '../setup/client-build.mjs';
import { distDir } from '../setup/paths.mjs';
import { readFirstLoad } from './first-load.ts';

/** Gzipped bytes: the goal. */
const BYTES_MAX = 250_000;

/** Characters of the page's first script. */
const FIRST_CHARACTERS_MAX = 10_000;

/** What the frame, the selling screen, the device's store and their shapes are made of. Whatever is added here every till waits for. */
const LIBRARIES = [
  '@mantine/core',
  '@mantine/hooks',
  '@noble/hashes',
  '@tabler/icons-react',
  'clsx',
  'i18next',
  'react',
  'react-dom',
  'react-i18next',
  'regexparam',
  'scheduler',
  'use-sync-external-store',
  'wouter',
  'zod',
];

/** {@link PARTS}, as a pattern. */
const BACK_ROOM = PARTS.join('|');

const BUILD_MS_MAX = 300_000;
beforeAll(buildClient, BUILD_MS_MAX);

test('[LOAD1] what is fetched before the first product can be touched stays within its bound', () => {
  const { bytes, files } = readFirstLoad(distDir);
  expect(Object.keys(files).length).toBeLessThanOrEqual(8);
  expect(bytes).toBeGreaterThan(100_000);
  expect(bytes).toBeLessThan(BYTES_MAX);
});

test('[LOAD8] the page’s first script is small and waits for no other; the others are fetched, and run when it says so', () => {
  const page = readFileSync(join(distDir, 'index.html'), 'utf8');
  const [, name = ''] = /<script type="module" async[^>]* src="\/(assets\/first-[\w-]{8}\.js)"/.exec(page) ?? [];
  const code = readFileSync(join(distDir, name), 'utf8');
  expect(code.length).toBeLessThan(FIRST_CHARACTERS_MAX);
  expect(code).not.toMatch(/\bimport\b/);
  expect(page.match(/<script type="module"/g)).toHaveLength(1);
  const [, then = ''] = /data-then="([^"]+)"/.exec(page) ?? [];
  const fetched = [...page.matchAll(/<link rel="modulepreload"[^>]* href="([^"]+)"/g)].map(([, href]) => href);
  expect(then.split(' ')).toEqual(fetched);
  expect(then).toMatch(/\/assets\/app-[\w-]{8}\.js$/);
});

test.each(['index.html', 'display.html'])(
  '[LOAD14] %s asks for the font that its styles name before it asks for a script',
  (name) => {
    const page = readFileSync(join(distDir, name), 'utf8');
    const styles = [...page.matchAll(/<link rel="stylesheet"[^>]* href="\/([^"]+)"/g)].map(([, file = '']) => file);
    const named = styles.flatMap((file) => [
      ...readFileSync(join(distDir, file), 'utf8').matchAll(/url\(([^)]+\.woff2)\)/g),
    ]);
    const asked = /<link rel="preload" as="font" type="font\/woff2" crossorigin(?:="")? href="([^"]+)"/.exec(page);
    expect(named.map(([, file]) => file)).toEqual([asked?.[1]]);
    expect(asked?.index).toBeLessThan(page.indexOf('<script'));
  },
);

test('[LOAD2] it holds these libraries and no other, and nothing of what other screens are for', () => {
  const { sources } = readFirstLoad(distDir);
  const libraries = sources.flatMap((source) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1] ?? []);
  expect([...new Set(libraries)].sort()).toEqual(LIBRARIES);
  const own = sources.flatMap(
    (source) => /\/(client\/(?:office|inspector|sheet|e2e)\/.*|client\/sync\/engine\.ts)$/.exec(source)?.[1] ?? [],
  );
  expect(own).toEqual(['client/office/open-edits.ts']);
});

test('[LOAD3] every file of the app that it may ask for is kept before it counts as ready without a connection', () => {
  const worker = readFileSync(join(distDir, 'sw.js'), 'utf8');
  const files = readdirSync(distDir, { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll('\\', '/'));
  const wanted = files.filter(
    (file) => /\.(js|css|html|wasm|woff2)$/.test(file) && !/^(sw|workbox-\w+)\.js$/.test(file),
  );
  expect(wanted.length).toBeGreaterThan(60);
  expect(wanted.filter((file) => !worker.includes(`"${file}"`) && !worker.includes(`'${file}'`))).toEqual([]);
});

test('[LANG5] nothing of it says a word that comes later', () => {
  const { sources } = readFirstLoad(distDir);
  const own = sources.filter((source) => !source.includes('node_modules') && /\.tsx?$/.test(source));
  const key = new RegExp(`['\`](?:${Object.keys(moreWords).join('|')})\\.[a-zA-Z][\\w.$-]*`, 'g');
  const said = own.flatMap((source) => {
    const file = join(distDir, 'assets', source);
    return (readFileSync(file, 'utf8').match(key) ?? []).map((found) => `${basename(file)}: ${found.slice(1)}`);
  });
  expect(own.length).toBeGreaterThan(100);
  expect(said).toEqual([]);
});

test('[LOAD7] nothing of it, and no window behind it, asks for the back room, whose program it is without', () => {
  const assets = join(distDir, 'assets');
  const windows = readdirSync(assets).filter((name) => /^windows-.*\.js\.map$/.test(name));
  const later = windows.flatMap((name) => (JSON.parse(readFileSync(join(assets, name), 'utf8')) as Sources).sources);
  const first = readFirstLoad(distDir).sources;
  const program =
    /\/client\/device\/(back-room|create-(movements|orders|reports|stocktakes|transfers)|edit-master-data)\.ts$/;
  expect(first.filter((source) => program.test(source))).toEqual([]);
  const asks = new RegExp(
    `(?:\\bdevice|useDevice\\(\\))\\.(?:${BACK_ROOM})\\b|\\b(?:${BACK_ROOM})\\b[^;]*= useDevice\\(\\)`,
  );
  const screens = [...first, ...later].filter((source) => /\/client\/(?!device\/).*\.tsx?$/.test(source));
  expect(windows).toHaveLength(1);
  expect(screens.length).toBeGreaterThan(200);
  expect(screens.filter((source) => asks.test(readFileSync(join(assets, source), 'utf8')))).toEqual([]);
});

interface Sources {
  readonly sources: readonly string[];
}
