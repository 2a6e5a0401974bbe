import { mkdir } from 'node:fs/promises';
import { build } from 'vite';

const PAGE = new URL('./page', import.meta.url).pathname;

/** Builds the benchmark's page, with the client it imports, as the app is built: minified, for production. */
export async function buildBenchPage(outDir: string): Promise<void> {
  await mkdir(outDir, { recursive: true });
  await build({
    root: PAGE,
    configFile: false,
    logLevel: 'warn',
    build: { outDir, emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 2_000 },
  });
}
