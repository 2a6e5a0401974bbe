import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { inRunFolder } from './run-folder.mjs';

let reports = '';
beforeEach(() => {
  reports = mkdtempSync(join(tmpdir(), 'laci-reports-'));
});
afterEach(() => rmSync(reports, { recursive: true }));

const copyApp = async (to: string) => {
  mkdirSync(to, { recursive: true });
  writeFileSync(join(to, 'index.html'), 'app');
};

/** A run that leaves a result, and looks at its folder while it runs. */
async function run(isClean: boolean, during: () => Promise<void> = async () => undefined) {
  const act = async ({ app, results }: { readonly app: string; readonly results: string }) => {
    mkdirSync(results);
    writeFileSync(join(results, 'trace.zip'), 'trace');
    await during();
    expect(existsSync(join(app, 'index.html'))).toBe(true);
    expect(app.split(/[\\/]/).filter((part) => part.startsWith('.'))).toEqual([]);
    return { app, results };
  };
  return inRunFolder(reports, copyApp, act, () => isClean);
}

test('[SETUP7] two runs at once have folders of their own, and take nothing from each other', async () => {
  const inner: { app: string }[] = [];
  const outer = await run(true, async () => {
    inner.push(await run(true));
  });
  expect(inner[0]?.app).not.toBe(outer.app);
  expect(existsSync(outer.app)).toBe(false);
  expect(readdirSync(reports)).toEqual([]);
});

test('[SETUP7] of a run that failed the results stay, without its copy of the app, and leave after a week', async () => {
  const { app, results } = await run(false);
  expect([existsSync(app), existsSync(join(results, 'trace.zip'))]).toEqual([false, true]);
  await run(true);
  expect(existsSync(results)).toBe(true);
  const [folder = ''] = readdirSync(reports);
  utimesSync(join(reports, folder), 1, 1);
  await run(true);
  expect(readdirSync(reports)).toEqual([]);
});
