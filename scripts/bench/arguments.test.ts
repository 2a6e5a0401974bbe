import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { readBenchArguments } from './arguments.ts';

const names = ['full-sync'];
const read = (text: string) => readBenchArguments(text.split(' ').filter(Boolean), names);

test('a name, rounds, json and what is measured with are read', () => {
  const plain = { json: false, rounds: 5, sales: 1_000_000, entries: 100_000, format: 'online-retail' };
  expect(read('full-sync')).toEqual({ ...plain, name: 'full-sync' });
  expect(read('full-sync --json --rounds 3 --sales 50 --products 30000 --sales-file x.csv --format baskets')).toEqual({
    ...plain,
    ...{ name: 'full-sync', json: true, rounds: 3, sales: 50, products: 30_000, salesFile: 'x.csv', format: 'baskets' },
  });
});

test('without a name all are meant, and the summary is no benchmark', () => {
  expect(read('--json').name).toBeNull();
  expect(read('summary').name).toBe('summary');
});

test.each([
  ['warp', 'There is no benchmark called warp. There is: full-sync.'],
  ['full-sync full-sync', 'One benchmark at a time'],
  ['full-sync --rounds 0', '--rounds must be 1 to 100'],
  ['full-sync --sales 2000000', '--sales must be 1 to 1000000'],
  ['full-sync --products 200000', '--products must be 1 to 100000'],
  ['full-sync --products 9 --catalogue x.csv', 'Either --products or --catalogue'],
  ['full-sync --format xml', '--format xml is not known'],
])('%j is refused: %s', (text, message) => {
  expect(() => read(text)).toThrow(message);
});

test('an unknown name ends the command with status 1 and a sentence', async () => {
  const bench = new URL('../bench.ts', import.meta.url).pathname;
  const run = promisify(execFile)(process.execPath, [bench, 'warp', '--json']);
  await expect(run).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('no benchmark called warp') });
});
