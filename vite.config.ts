import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { directImports } from './scripts/build/direct-imports.ts';
import { firstFiles } from './scripts/build/first-files.ts';
import { leaveOut } from './scripts/build/leave-out.ts';
import { preloadFont } from './scripts/build/preload-font.ts';
import { runAtOnce } from './scripts/build/run-at-once.ts';

/** Where `npm start` listens; the dev server hands everything that is not the app to it. */
const apiOrigin = process.env.LACI_API ?? 'http://127.0.0.1:4780';

/** Paths that belong to the server. The service worker must never answer them with the app. */
const serverPaths = ['/sync', '/rxdb', '/enrol', '/api', '/images', '/trust', '/laci-ca.crt'];

/** Pictures of products that the service worker keeps, the last seen; a few kilobytes each. */
const picturesKeptMax = 3_000;

/** Bytes; the largest file the service worker keeps. Above Workbox's 2 MiB, or the app would not start offline. */
const precachedBytesMax = 6 * 1024 * 1024;

/** A first screen waits for these. */
const firstWords = /first-words-/;

/** RxDB's dev-mode is for development alone: a bundle that holds it does not get built. */
function refuseDevMode(): Plugin {
  return {
    name: 'laci:refuse-rxdb-dev-mode',
    apply: 'build',
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'chunk') continue;
        const devModeFile = Object.keys(file.modules).find((id) => /rxdb[\\/].*plugins[\\/]dev-mode/.test(id));
        if (devModeFile) this.error(`RxDB dev-mode is in the production bundle: ${file.fileName} holds ${devModeFile}`);
      }
    },
  };
}

const pwa = VitePWA({
  strategies: 'generateSW',
  registerType: 'prompt',
  injectRegister: false,
  includeAssets: ['icons/*.svg', 'icons/*.png'],
  manifest: {
    id: '/',
    start_url: '/',
    scope: '/',
    name: 'Laci',
    short_name: 'Laci',
    description: 'Kasir yang tetap jalan tanpa internet. A point of sale that works offline.',
    lang: 'id',
    display: 'standalone',
    theme_color: '#0b6e63',
    background_color: '#ffffff',
    categories: ['business', 'productivity'],
    icons: [
      { src: '/icons/laci-192.png', sizes: '192x192', type: 'image/png' },
      { src: '/icons/laci-512.png', sizes: '512x512', type: 'image/png' },
      { src: '/icons/laci-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
      { src: '/icons/laci.svg', sizes: 'any', type: 'image/svg+xml' },
    ],
    screenshots: [
      { src: '/screenshots/till-wide.png', sizes: '1280x800', type: 'image/png', form_factor: 'wide', label: 'Kasir' },
      {
        src: '/screenshots/till-narrow.png',
        sizes: '360x740',
        type: 'image/png',
        form_factor: 'narrow',
        label: 'Kasir',
      },
    ],
    shortcuts: [
      { name: 'Jual', url: '/#/sell', icons: [{ src: '/icons/laci-192.png', sizes: '192x192' }] },
      { name: 'Struk', url: '/#/receipts', icons: [{ src: '/icons/laci-192.png', sizes: '192x192' }] },
      { name: 'Sinkron', url: '/#/sync', icons: [{ src: '/icons/laci-192.png', sizes: '192x192' }] },
    ],
    // One tab of a device may write: its icon shows the one that is open.
    launch_handler: { client_mode: 'focus-existing' },
  },
  workbox: {
    globPatterns: ['**/*.{js,css,html,wasm,woff2,json}'],
    maximumFileSizeToCacheInBytes: precachedBytesMax,
    navigateFallback: 'index.html',
    navigateFallbackDenylist: serverPaths.map((path) => new RegExp(`^${path.replace('.', '\\.')}(/|\\?|$)`)),
    // A picture never changes under its name.
    runtimeCaching: [
      {
        urlPattern: /\/images\/[0-9a-f]{64}$/,
        handler: 'CacheFirst',
        options: {
          cacheName: 'laci-pictures',
          expiration: { maxEntries: picturesKeptMax, purgeOnQuotaError: true },
          cacheableResponse: { statuses: [200] },
        },
      },
    ],
    cleanupOutdatedCaches: true,
    clientsClaim: false,
    skipWaiting: false,
  },
});

/** What libraries bring along for uses that the app has not. */
const neverCalled = leaveOut([
  {
    file: /broadcast-channel[\\/]dist[\\/]esbrowser[\\/](broadcast-channel|leader-election|leader-election-util)\.js$/,
    why: 'A device has one active tab: its database talks to no other.',
  },
  {
    file: /zod[\\/]v4[\\/]core[\\/](to-json-schema|json-schema-processors)\.js$/,
    why: 'The app makes no JSON schemas.',
  },
  {
    file: /node_modules[\\/]i18next[\\/]dist[\\/]esm[\\/]i18next\.js$/,
    why: 'Words are spoken by client/i18n/speaker.ts.',
  },
]);
/** Packages whose one file names all of their parts. */
const barrels = directImports(['@mantine/core', '@mantine/hooks', '@tabler/icons-react']);
const inClient = (file: string) => join(import.meta.dirname, 'client', file);
const first = firstFiles({
  first: inClient('first.ts'),
  app: inClient('main.tsx'),
  display: inClient('display/main.tsx'),
  later: [inClient('app/later-parts.tsx'), inClient('till/later-windows.ts')],
  named: /rxdb[\\/]dist[\\/]esm[\\/](replication-protocol|plugins[\\/]replication)/,
});

/** Builds the app from client/ into dist/, which the server serves. */
export default defineConfig({
  root: 'client',
  plugins: [
    neverCalled,
    barrels,
    react(),
    pwa,
    runAtOnce('first'),
    preloadFont('inter-latin-wght-normal'),
    refuseDevMode(),
  ],
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: {
      // Browsers that know no such hint read the same files a little later.
      polyfill: false,
      // Behind the first screen parts are fetched ahead, and ask for what they need themselves; only styles must come before. The names of all are 2 kB in every start.
      resolveDependencies: (part, needed, { hostType }) =>
        hostType === 'html' || firstWords.test(part) ? needed : needed.filter((file) => file.endsWith('.css')),
    },
    sourcemap: true,
    chunkSizeWarningLimit: 1200,
    // The customer display is a page of its own, and loads nothing of the app.
    rollupOptions: {
      input: ['client/index.html', 'client/display.html'],
      output: { codeSplitting: { groups: [...first] } },
    },
  },
  // Drafts are read in a module worker, which brings its wasm as a file.
  worker: { format: 'es' },
  optimizeDeps: { exclude: ['@automerge/automerge'] },
  server: {
    host: '127.0.0.1',
    proxy: Object.fromEntries(serverPaths.map((path) => [path, { target: apiOrigin, ws: true }])),
  },
});
