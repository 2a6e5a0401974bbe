import { describe, expect, test } from 'vitest';
import { idleTests } from './structure/idle-tests.ts';
import { brokenImportRules } from './structure/import-rules.ts';
import { importsOf } from './structure/imports-of.ts';
import { rawUses } from './structure/raw-uses.ts';
import { linesMax, repositoryFiles, tooManyLines } from './structure/repository-files.ts';
import { parseSourceFile } from './structure/source-file.ts';

describe('the repository', () => {
  const files = repositoryFiles();

  test('[HOUSE0] the files under test are found', () => {
    const folders = new Set(files.map(({ path }) => path.split('/')[0]));
    expect([...folders].sort()).toEqual(['client', 'schema', 'scripts', 'server']);
    expect(files.length).toBeGreaterThan(50);
  });

  test('[HOUSE1] imports go in the agreed directions only', () => {
    expect(files.flatMap(brokenImportRules)).toEqual([]);
  });

  test('[HOUSE2] clocks, random, timers and network come in through deps', () => {
    expect(files.flatMap(rawUses)).toEqual([]);
  });

  test('[HOUSE3] no test is skipped or runs alone', () => {
    expect(files.flatMap(idleTests)).toEqual([]);
  });

  test(`[HOUSE4] no file is longer than ${linesMax} lines`, () => {
    expect(files.flatMap(tooManyLines)).toEqual([]);
  });
});

describe('planted violations are found', () => {
  test.each([
    ['import { x } from "./a.ts"'],
    ['import type { x } from "./a.ts"'],
    ['import "./a.ts"'],
    ['export { x } from "./a.ts"'],
    ['export * from "./a.ts"'],
    ['const x = await import("./a.ts")'],
    ['const x = await import(`./a.ts`)'],
    ['type X = import("./a.ts").X'],
    ['const x = require("./a.ts")'],
    ['new Worker(new URL("./a.ts", import.meta.url))'],
    ['// import "./not.ts"\nimport "./a.ts"; const s = "import \'./not.ts\'"'],
  ])('[HOUSE5] every form of import is seen, and nothing else: %s', (text) => {
    expect(importsOf(parseSourceFile('client/till/x.ts', text)).map(({ target }) => target)).toEqual([
      'client/till/a.ts',
    ]);
  });

  test('[HOUSE5] a computed import leads nowhere known, and so breaks the rule of schema/', () => {
    expect(brokenImportRules(parseSourceFile('schema/x.ts', 'void import(name)'))).toHaveLength(1);
  });

  test.each([
    ['schema/x.ts', '../client/till/cart.ts'],
    ['schema/x.ts', '../server/main.ts'],
    ['schema/deep/x.ts', '../../scripts/seed.ts'],
    ['schema/x.ts', 'react'],
    ['schema/x.ts', 'express'],
    ['schema/x.ts', 'node:fs'],
    ['schema/x.ts', 'vitest'],
    ['schema/x.test.ts', 'react'],
    ['client/main.tsx', '../server/main.ts'],
    ['client/sync/outbox.test.ts', '../../server/main.ts'],
    ['client/till/x.ts', 'node:fs'],
    ['client/till/x.ts', 'express'],
    ['server/x.ts', '../client/sync/outbox.ts'],
    ['server/x.ts', 'react'],
    ['client/store/x.ts', 'react'],
    ['client/sync/x.ts', '@mantine/core'],
    ['client/sync/x.ts', '../till/cart.ts'],
    ['client/store/x.ts', '../app/main.tsx'],
    ['client/ui/x.tsx', '../store/journal.ts'],
    ['client/ui/x.tsx', '../sync/outbox.ts'],
    ['client/till/x.tsx', '../sync/outbox.ts'],
    ['client/device/x.ts', 'rxdb/plugins/dev-mode'],
  ])('[HOUSE6] %s must not import %s', (path, target) => {
    const [broken, ...others] = brokenImportRules(parseSourceFile(path, `\nimport type { X } from '${target}'`));
    expect(broken).toMatch(`${path}:2: imports `);
    expect(others).toEqual([]);
  });

  test.each([
    ['schema/x.ts', 'zod'],
    ['schema/x.ts', '@noble/hashes/sha2.js'],
    ['schema/deep/x.ts', '../money.ts'],
    ['schema/x.test.ts', 'fast-check'],
    ['schema/x.test.ts', 'node:fs'],
    ['server/x.ts', '../schema/money.ts'],
    ['client/device/x.ts', '../sync/outbox.ts'],
    ['client/device/x.ts', '../store/journal.ts'],
    ['client/till/x.tsx', '../device/device.ts'],
    ['client/store/x.ts', 'rxdb'],
    ['scripts/x.ts', '../server/main.ts'],
  ])('[HOUSE6] %s may import %s', (path, target) => {
    expect(brokenImportRules(parseSourceFile(path, `import { x } from '${target}'`))).toEqual([]);
  });

  test.each([
    ['Date.now()'],
    ['const now = Date.now'],
    ['globalThis.Date.now()'],
    ['new Date()'],
    ['Math.random()'],
    ['const draw = () => Math["random"]()'],
    ['setTimeout(() => {}, 5)'],
    ['globalThis.setTimeout(() => {}, 5)'],
    ['setInterval(() => {}, 5)'],
    ['const deps = { setTimeout }'],
    ['crypto.randomUUID()'],
    ['globalThis.crypto.randomUUID()'],
    ['void fetch("/")'],
    ['void globalThis.fetch("/")'],
    ['const get = fetch as () => void'],
    ['new WebSocket("ws://x")'],
    ['import { randomUUID } from "node:crypto"'],
    ['import { setTimeout as sleep } from "node:timers/promises"'],
  ])('[HOUSE7] raw use is seen: %s', (text) => {
    for (const path of ['schema/x.ts', 'client/sync/x.ts', 'client/till/x.tsx', 'server/deep/x.ts']) {
      expect(rawUses(parseSourceFile(path, text))).toHaveLength(1);
    }
    for (const path of ['server/main.ts', 'server/x.test.ts', 'client/main.tsx', 'client/device/browser-clock.ts']) {
      expect(rawUses(parseSourceFile(path, text))).toEqual([]);
    }
  });

  test.each([
    ['deps.setTimeout(() => {}, 5)'],
    ['const run = ({ setTimeout }: Deps) => setTimeout(() => {}, 5)'],
    ['const run = (fetch: typeof globalThis.fetch) => fetch("/")'],
    ['type Deps = { now: typeof Date.now; fetch: typeof fetch }'],
    ['new Date(nowMs)'],
    ['// Date.now()\nconst text = "Math.random()"'],
    ['const deps = { fetch: given.fetch, setTimeout() {} }'],
    ['import { createHash } from "node:crypto"'],
  ])('[HOUSE7] what comes through deps is no raw use: %s', (text) => {
    expect(rawUses(parseSourceFile('client/sync/x.ts', text))).toEqual([]);
  });

  test.each([
    ['test.only("x", () => {})'],
    ['describe.skip("x", () => {})'],
    ['it.concurrent.skip("x", () => {})'],
    ['test.skipIf(true)("x", () => {})'],
    ['test.todo("x")'],
    ['xit("x", () => {})'],
    ['test.skip()'],
    ['test.each([1]).only("x", () => {})'],
  ])('[HOUSE8] an idle test is seen: %s', (text) => {
    expect(idleTests(parseSourceFile('server/x.test.ts', text))).toHaveLength(1);
  });

  test('[HOUSE8] what only looks like one is not', () => {
    const text = 'test("only .skip", () => { cursor.skip(5); rows.only(); }) // test.only';
    expect(idleTests(parseSourceFile('server/x.test.ts', text))).toEqual([]);
  });

  test('[HOUSE9] a file too long is seen, and one just short enough is not', () => {
    const text = (lines: number): string => 'x\n'.repeat(lines);
    expect(tooManyLines({ path: 'a.ts', text: text(linesMax + 1) })).toHaveLength(1);
    expect(tooManyLines({ path: 'a.ts', text: text(linesMax) })).toEqual([]);
  });
});
