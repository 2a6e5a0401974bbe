import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { deviceEntryShape } from './entry/entry.ts';
import { makeDeviceEntries } from './fixtures/make-entries.ts';
import { makeDeviceEntriesV3 } from './fixtures/make-entries-v3.ts';
import { sureCheck } from './sure-check.ts';

const EXAMPLES = JSON.parse(JSON.stringify([...makeDeviceEntries(), ...makeDeviceEntriesV3()])) as object[];
const sure = sureCheck(deviceEntryShape);
const agree = (value: unknown): void => {
  expect(sure(value)).toBe(deviceEntryShape.safeParse(value).success);
};

type Holder = Record<string, unknown>;
/** Every place in a value: who holds it, and under which key. */
function placesOf(value: unknown): (readonly [Holder, string])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => [[value as Holder, key] as const, ...placesOf(child)]);
}

const ODD = fc.oneof(
  fc.constantFrom<unknown>(
    undefined,
    null,
    true,
    false,
    0,
    -0,
    -1,
    1,
    1.5,
    2 ** 53,
    Number.NaN,
    '',
    '0',
    'K1-1-1',
    [],
    {},
  ),
  fc.constantFrom<unknown>('x'.repeat(61), 'x'.repeat(201), 'cash', 'sale', 'half-up', Array(21).fill(''), [null]),
  fc.jsonValue(),
);

test('[ENT17] what is said of an entry is what its schema says, whatever is changed, added or left out anywhere in it', () => {
  for (const example of EXAMPLES) agree(example);
  fc.assert(
    fc.property(
      fc.constantFrom(...EXAMPLES),
      fc.array(fc.tuple(fc.nat(), ODD, fc.boolean()), { maxLength: 3 }),
      (example, changes) => {
        const entry = structuredClone(example);
        for (const [place, odd, isGone] of changes) {
          const places = placesOf(entry);
          const [holder, key] = places[place % places.length] as [Holder, string];
          if (isGone) delete holder[key];
          else holder[key] = structuredClone(odd);
        }
        agree(entry);
      },
    ),
    { numRuns: 2_000 },
  );
});

test('[ENT17] what is no entry at all is none', () => {
  fc.assert(fc.property(fc.oneof(ODD, fc.jsonValue()), agree));
});

test('[ENT17] every place of every kind is looked at: a value of another type there is seen wherever the schema sees it', () => {
  for (const example of EXAMPLES) {
    for (let place = 0; place < placesOf(example).length; place += 1) {
      for (const odd of [null, 1.5, 'x', {}, -1, '', 'x'.repeat(501)]) {
        const entry = structuredClone(example);
        const [holder, key] = placesOf(entry)[place] as [Holder, string];
        holder[key] = odd;
        agree(entry);
      }
    }
  }
});

test.each([
  ['a refinement', z.int().refine((value) => value !== 7), [7, 8, '8']],
  ['a pattern that remembers', z.string().regex(/a/g), ['a', 'a', 'b']],
  ['a format', z.email(), ['a@b.cd', 'x']],
  ['a record', z.record(z.string().max(2), z.int()), [{ a: 1 }, { abc: 1 }, { a: 'x' }]],
  ['a strict object', z.strictObject({ a: z.int() }), [{ a: 1 }, { a: 1, b: 2 }]],
  ['a default', z.object({ a: z.int().default(3) }), [{}, { a: 1 }, { a: 'x' }]],
  ['a plain union', z.union([z.int(), z.literal('x')]), [1, 'x', 'y']],
  ['a number', z.number().multipleOf(5), [5, 6, Number.NaN]],
])('[ENT17] %s is left to the schema', (_name, shape, values) => {
  const check = sureCheck(shape);
  for (const value of values) expect(check(value)).toBe(shape.safeParse(value).success);
});
