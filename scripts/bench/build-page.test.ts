import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { buildBenchPage } from './build-page.ts';

const folder = mkdtempSync(join(tmpdir(), 'laci-bench-page-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('the page builds with the client that ships, and its script stands beside it', async () => {
  await buildBenchPage(folder);
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  const scripts = readdirSync(join(folder, 'assets')).filter((name) => name.endsWith('.js'));
  expect(scripts.some((name) => page.includes(`/assets/${name}`))).toBe(true);
  expect(scripts.map((name) => readFileSync(join(folder, 'assets', name), 'utf8')).join('')).toContain('laciBench');
});

test('what the app’s pages run first stands before its script: no schema becomes a program on either', async () => {
  await buildBenchPage(folder);
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  expect(page.indexOf('<script src="/no-eval.js">')).toBeGreaterThan(0);
  expect(page.indexOf('<script src="/no-eval.js">')).toBeLessThan(page.indexOf('type="module"'));
  expect(readFileSync(join(folder, 'no-eval.js'), 'utf8')).toContain('jitless');
});
