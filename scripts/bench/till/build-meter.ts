import { build, type Rollup } from 'vite';

const ENTRY = new URL('../page/till.ts', import.meta.url).pathname;

/** The measuring script as one text, to be run inside the app's own page. */
export async function buildTillMeter(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    build: { write: false, target: 'es2022', lib: { entry: ENTRY, formats: ['iife'], name: 'laciTillMeter' } },
  });
  const outputs = (Array.isArray(built) ? built : [built]) as Rollup.RollupOutput[];
  const chunk = outputs.flatMap(({ output }) => output).find(({ type }) => type === 'chunk');
  if (chunk?.type !== 'chunk') throw new Error('The measuring script was not built.');
  return chunk.code;
}
