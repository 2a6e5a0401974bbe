import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createNumberGroups } from './number-groups.ts';

test('[CAT11] numbers are in their groups in the order in which they came, however often they are asked for between', () => {
  const adding = fc.array(fc.tuple(fc.nat(5), fc.nat(1_000)), { maxLength: 30 });
  fc.assert(
    fc.property(fc.array(adding, { maxLength: 5 }), (turns) => {
      const groups = createNumberGroups();
      const all: (readonly [number, number])[] = [];
      for (const turn of turns) {
        for (const [group, value] of turn) groups.add(group, value);
        all.push(...turn);
        const { begins, values } = groups.settled();
        for (let group = 0; group + 1 < begins.length; group += 1) {
          const held = [...values.subarray(begins[group], begins[group + 1])];
          expect(held).toEqual(all.filter(([one]) => one === group).map(([, value]) => value));
        }
        expect(values).toHaveLength(all.length);
      }
    }),
  );
});

test('[CAT11] more numbers than there is room for at first are kept', () => {
  const groups = createNumberGroups();
  for (let value = 0; value < 5_000; value += 1) groups.add(value % 7, value);
  expect([...groups.settled().values].sort((left, right) => left - right)).toEqual(
    Array.from({ length: 5_000 }, (_, value) => value),
  );
});
