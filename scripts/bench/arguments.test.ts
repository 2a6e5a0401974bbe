import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { readBenchArguments } from './arguments.ts';

const names = ['full-sync'];
const read = (text: string) => readBenchArguments(text.split(' ').filter(Boolean), names);

test('a name, rounds and json are read', () => {
  expect(read('full-sync')).toEqual({ name: 'full-sync', json: false, rounds: 5, sales: 1_000_000 });
  expect(read('full-sync --json --rounds 3 --sales 50')).toEqual({
    name: 'full-sync',
    json: true,
    rounds: 3,
    sales: 50,
  });
});

test.each([
  ['', 'Which benchmark? There is: full-sync.'],
  ['warp', 'There is no benchmark called warp. There is: full-sync.'],
  ['full-sync full-sync', 'One benchmark at a time'],
  ['full-sync --rounds 0', '--rounds must be 1 to 100'],
  ['full-sync --sales 2000000', '--sales must be 1 to 1000000'],
])('%j is refused: %s', (text, message) => {
  expect(() => read(text)).toThrow(message);
});

test('an unknown name ends the command with status 1 and a sentence', async () => {
  const bench = new URL('../bench.ts', import.meta.url).pathname;
  const run = promisify(execFile)(process.execPath, [bench, 'warp', '--json']);
  await expect(run).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('no benchmark called warp') });
});
