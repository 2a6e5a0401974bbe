import { expect, test } from 'vitest';
import { plantIn, sourceOf } from './plant.ts';
import { PLANTS } from './plants.ts';

const INVARIANTS = Array.from({ length: 15 }, (_, index) => `I${index + 1}`);

test('[SIM4] there are enough plants, each with a name of its own and a rule to break', () => {
  expect(PLANTS.length).toBeGreaterThanOrEqual(22);
  expect(new Set(PLANTS.map(({ name }) => name)).size).toBe(PLANTS.length);
  // Beside the invariants: rules of what people do at a till.
  const rules = [
    ...INVARIANTS,
    'ALT2',
    'ALT3',
    'ALT4',
    'ALT5',
    'ALT6',
    'CAT13',
    'CRD5',
    'DISK10',
    'DISK15',
    'DISK17',
    'DISK20',
    'DISK25',
    'DRF2',
    'DRF6',
    'DRF7',
    'DRF17',
    'ORD1',
    'ORD2',
    'RET5',
    'ROLE5',
    'SHF3',
    'SHF7',
    'SYNC29',
    'TAB3',
    'TAB4',
    'TRF1',
    'TRF2',
    'TRF5',
  ];
  expect(PLANTS.filter(({ rule }) => !rules.includes(rule))).toEqual([]);
  expect(INVARIANTS.filter((rule) => !PLANTS.some((plant) => plant.rule === rule))).toEqual([]);
});

test.each(PLANTS.map((plant) => [plant.name, plant] as const))('[SIM4] %s finds its sources, each once', (_, plant) => {
  for (const { file } of plant.edits) {
    const source = sourceOf(file);
    expect(plantIn(plant, file, source)).not.toBe(source);
  }
});

test('[SIM4] a plant that matches nothing, or twice, is an error', () => {
  const plant = { name: 'x', rule: 'I1', what: '', edits: [{ file: 'a.ts', find: 'b', replace: 'c' }] };
  expect(() => plantIn(plant, 'a.ts', 'none')).toThrow('exactly once');
  expect(() => plantIn(plant, 'a.ts', 'b b')).toThrow('exactly once');
  expect(plantIn(plant, 'a.ts', 'a b')).toBe('a c');
});
