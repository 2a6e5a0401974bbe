import { expect, test } from 'vitest';
import { readReplayArguments } from './arguments.ts';

const read = (text: string) => readReplayArguments(text.split(' '));

test('the least that is needed, and everything', () => {
  expect(read('--sales a.csv --format baskets')).toMatchObject({
    tills: 4,
    seed: 1,
    json: false,
    faults: ['offline', 'cut', 'duplicate', 'lost', 'restart'],
  });
  expect(read('--sales a.csv.gz --format online-retail --tills 8 --seed 7 --faults lost,cut --json')).toEqual({
    sales: 'a.csv.gz',
    format: 'online-retail',
    tills: 8,
    seed: 7,
    faults: ['lost', 'cut'],
    json: true,
  });
  expect(read('--sales a --format baskets --faults none').faults).toEqual([]);
});

test.each([
  ['--format baskets', '--sales FILE is missing'],
  ['--sales a', '--format is missing'],
  ['--sales a --format xml', '--format xml is not known'],
  ['--sales a --format baskets --tills 0', '--tills must be a whole number from 1 to 30'],
  ['--sales a --format baskets --seed x', '--seed must be'],
  ['--sales a --format baskets --faults fire', '--faults fire is not known'],
  ['--sales a --format baskets --what', '--what'],
])('%s is refused: %s', (text, message) => {
  expect(() => read(text)).toThrow(message);
});
