import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';

const PAGE = new URL('./page', import.meta.url).pathname;
const PUBLIC = new URL('../../client/public', import.meta.url).pathname;

/** The app's pages run it first: no schema is made into a program there, and none is here. */
const NO_EVAL = 'no-eval.js';

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
  await copyFile(join(PUBLIC, NO_EVAL), join(outDir, NO_EVAL));
}
