import { mkdir } from 'node:fs/promises';
import { build } from 'vite';

const PAGE = new URL('./page', import.meta.url).pathname;

/** Builds the benchmarks' page with the client it imports, or a peer's page, as the app is built: minified, for production. */
export async function buildBenchPage(outDir: string, root = PAGE): Promise<void> {
  await mkdir(outDir, { recursive: true });
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      chunkSizeWarningLimit: 2_000,
      // In one piece: once a page is there, its files are not served any more.
      rolldownOptions: { output: { codeSplitting: false } },
    },
  });
}
