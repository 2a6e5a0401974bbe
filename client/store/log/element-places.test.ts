import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { elementPlaces } from './element-places.ts';

const encode = (text: string) => new TextEncoder().encode(text);
/** Texts with all that could be taken for the end of something. */
const strange = fc.array(fc.constantFrom('"', '\\', '{', '}', '[', ']', ',', 'é', '日', '\u{1f4b0}', '\n', 'a', '\\"'));
const text = fc.oneof(
  fc.string(),
  strange.map((parts) => parts.join('')),
);
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    text,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    tie('list'),
    tie('object'),
  ),
  list: fc.array(tie('any'), { maxLength: 3 }),
  object: fc.dictionary(text, tie('any'), { maxKeys: 4 }),
}));

test('[DISK25] the places of a list’s objects are found whatever is in them', () => {
  fc.assert(
    fc.property(
      fc.array(value.object, { maxLength: 8 }),
      text,
      fc.constantFrom('', ' ', '\n\t'),
      (docs, behind, gap) => {
        const json = docs.map((doc) => JSON.stringify(doc, null, gap === '' ? 0 : 1)).join(`${gap},${gap}`);
        const begin = `{"x":${JSON.stringify(behind)},"documents":[`;
        const bytes = encode(`${begin}${json}],"more":[{},{}],"y":${JSON.stringify(behind)}}`);
        const places = elementPlaces(bytes, encode(begin).length, docs.length);
        const found = docs.map((_doc, at) => bytes.subarray(places?.[2 * at], places?.[2 * at + 1]));
        expect(found.map((part) => JSON.parse(new TextDecoder().decode(part)))).toEqual(JSON.parse(`[${json}]`));
      },
    ),
    { numRuns: 500 },
  );
});

test('[DISK25] others than so many, or objects without an end, give none', () => {
  const bytes = encode('[{"a":1},{"b":[2]}]');
  expect([...(elementPlaces(bytes, 1, 2) ?? [])]).toEqual([1, 8, 9, 18]);
  for (const count of [0, 1, 3, 100_000]) expect(elementPlaces(bytes, 1, count)).toBeNull();
  for (const cut of ['[{"a":1},{"b', '[{"a":"\\', '[', '[{"a":1}{'])
    expect(elementPlaces(encode(cut), 1, 2)).toBeNull();
});

test('[DISK25] where the browser runs no such program there are none', () => {
  vi.stubGlobal('WebAssembly', undefined);
  expect(elementPlaces(encode('[{}]'), 1, 1)).toBeNull();
  vi.unstubAllGlobals();
});

test('[DISK25] megabytes are looked through', () => {
  const docs = Array.from({ length: 20_000 }, (_, at) => ({ id: `p${at}`, name: `x}{"${'é'.repeat(at % 90)}` }));
  const bytes = encode(JSON.stringify(docs));
  const places = elementPlaces(bytes, 1, docs.length);
  const last = bytes.subarray(places?.at(-2), places?.at(-1));
  expect(JSON.parse(new TextDecoder().decode(last))).toEqual(docs.at(-1));
});
