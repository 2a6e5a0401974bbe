import { spawn } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openBusyShop } from '../../server/testing/busy-shop.ts';
import { startProcess } from '../../server/testing/test-process.ts';
import type { TestShop } from '../../server/testing/test-shop.ts';
import { createProgressBar } from './progress-bar.ts';

let shop: TestShop;
beforeEach(async () => {
  shop = await openBusyShop();
  await shop.core.store.close();
});
afterEach(() => shop.close());

interface Ran {
  readonly status: number | null;
  readonly output: string;
  readonly errors: string;
}

/** Runs a command as `npm run` does, on the shop's folder. */
function run(name: string, ...args: string[]): Promise<Ran> {
  const script = join(import.meta.dirname, '..', `${name}.ts`);
  const child = spawn(process.execPath, [script, '--data', shop.dataDir, ...args]);
  let [output, errors] = ['', ''];
  child.stdout.on('data', (text) => (output += String(text)));
  child.stderr.on('data', (text) => (errors += String(text)));
  return new Promise((resolve) => child.on('close', (status) => resolve({ status, output, errors })));
}
const lastLine = ({ output }: Ran) => JSON.parse(output.trim().split('\n').at(-1) ?? '') as Record<string, unknown>;
const fileIn = ({ output }: Ran) => /(\S+\.db)$/m.exec(output)?.[1] ?? '';

test('[VERIFY4] a whole shop ends with status 0, and the last line is JSON', async () => {
  const ran = await run('verify');
  expect([ran.status, ran.errors]).toEqual([0, '']);
  expect(lastLine(ran)).toMatchObject({ wrong: 0, findings: [], first: null });
  expect(ran.output).toContain('nothing is wrong');
});

test('[VERIFY4] [I6] one changed byte makes status 1 and names its document', async () => {
  const file = join(shop.dataDir, 'laci.db');
  const bytes = readFileSync(file);
  bytes.write('Barang X', bytes.lastIndexOf('Barang 7'));
  writeFileSync(file, bytes);
  const ran = await run('verify', '--json');
  expect(ran.status).toBe(1);
  expect(lastLine(ran)).toMatchObject({ first: { table: 'document', id: 'products p7' } });
  expect(ran.output.trim().split('\n')).toHaveLength(1);
});

test('[VERIFY4] a database can be checked without its shop, and one that is not there is told', async () => {
  const copy = join(shop.dataDir, 'copy.db');
  copyFileSync(join(shop.dataDir, 'laci.db'), copy);
  expect((await run('verify', '--database', copy)).status).toBe(0);
  const none = await run('verify', '--database', join(shop.dataDir, 'none.db'));
  expect([none.status, none.errors]).toEqual([1, expect.stringContaining('there is no database')]);
});

test('[BACKUP6] backup and restore say what they did, and why they will not', async () => {
  const made = await run('backup');
  expect(made.status).toBe(0);
  const file = fileIn(made);
  const again = await run('backup', '--to', file);
  expect([again.status, again.errors]).toEqual([1, expect.stringContaining('never replaces')]);
  const asked = await run('restore');
  expect([asked.status, asked.errors]).toEqual([1, expect.stringContaining(file)]);
  const restored = await run('restore', '--from', file);
  expect(restored.errors).toBe('');
  expect(restored.output).toMatch(/history number 3.*kept as .*replaced-.*No device has more/s);
  expect((await run('verify')).status).toBe(0);
});

test('[BACKUP1] [BACKUP5] a running server is backed up, and never restored over', async () => {
  const server = await startProcess(shop.dataDir, '--no-demo');
  const made = await run('backup');
  expect(made.status).toBe(0);
  const restored = await run('restore', '--from', fileIn(made));
  expect([restored.status, restored.errors]).toEqual([1, expect.stringContaining('in use by another Laci')]);
  expect(await server.end('SIGTERM')).toBe(0);
});

test('[VERIFY4] progress is drawn on a terminal only', () => {
  const written: string[] = [];
  const screen = { isTTY: true, write: (text: string) => written.push(text) };
  for (const bar of [createProgressBar(screen, true), createProgressBar({ ...screen, isTTY: false }, true)]) {
    for (const done of [0, 0.5, 0.501, 1]) bar.show(done);
    bar.end();
  }
  expect(written).toHaveLength(4);
  expect(written[1]).toContain('50 %');
});

test('[ARCHIVE1] [ARCHIVE6] the archive says what it did or why not', async () => {
  const moved = await run('archive', '--before', '2024-01-31');
  expect([moved.status, moved.output]).toEqual([0, expect.stringContaining('No entry arrived before 2024-01-31')]);
  expect((await run('archive')).output).toContain('No entry arrived before');
  const wrong = await run('archive', '--before', '31.1.2024');
  expect([wrong.status, wrong.errors]).toEqual([1, expect.stringContaining('write it as 2024-01-31')]);
  const young = await run('archive', '--before', '2999-01-01');
  expect([young.status, young.errors]).toEqual([1, expect.stringContaining('65 days')]);
});
