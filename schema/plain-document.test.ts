import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PRODUCTS } from './fixtures/make-documents.ts';
import { branchIdShape, productIdShape } from './ids.ts';
import { isPlainProduct, isPlainStock } from './plain-document.ts';
import { productShape } from './product.ts';
import { emptyStock, stockShape } from './stock/counter.ts';

const FULL = { ...PRODUCTS[0], branchPrices: { utara: 5 }, sku: 'S', image: '', reorderLevel: 3, limited: true };
const NOBODYS = emptyStock(branchIdShape.parse('utama'), productIdShape.parse('P1'), 1);
const STOCK = { ...NOBODYS, counters: { '0123456789abcdef': { in: 3, out: 1, seq: 2 } } };
const number = fc.oneof(fc.constantFrom(0, 1, -1, 1.5, 2 ** 53, 1_000_000, 1_000_001, 1_000_000_001), fc.integer());
const text = fc.oneof(
  fc.constantFrom('', 'A', 'a b', '*', 'utara', 'x'.repeat(33), 'x'.repeat(201), '0'.repeat(64)),
  fc.string(),
);
const anything: fc.Arbitrary<unknown> = fc.oneof(
  number,
  text,
  fc.boolean(),
  fc.constantFrom(null, [], {}, [''], ['89 1'], ['8991'], Array(21).fill('1'), [1]),
  fc.dictionary(fc.constantFrom('in', 'out', 'seq', 'epoch', 'n', 'utara', 'Utara', '0123456789abcdef'), number),
  fc.dictionary(fc.constantFrom('0123456789abcdef', 'no'), fc.record({ in: number, out: number, seq: number })),
  fc.jsonValue(),
);

/** A real document with some fields gone, replaced or added. */
function nearly(example: object): fc.Arbitrary<Record<string, unknown>> {
  const fields = [...Object.keys(example), 'other', '__proto__'];
  const change = fc.tuple(fc.constantFrom(...fields), fc.oneof(fc.constant(undefined), anything));
  return fc.array(change, { maxLength: 2 }).map((changes) => {
    const entries = new Map<string, unknown>(Object.entries(example));
    for (const [field, value] of changes) value === undefined ? entries.delete(field) : entries.set(field, value);
    return JSON.parse(JSON.stringify(Object.fromEntries(entries)));
  });
}

test.each([
  ['product', FULL, isPlainProduct, productShape],
  ['stock document', STOCK as object, isPlainStock, stockShape],
])('[PULL9] a %s that a first look lets in has its shape', (_, example, isPlain, shape) => {
  let letIn = 0;
  fc.assert(
    fc.property(nearly(example), (document) => {
      if (!isPlain(document)) return;
      letIn += 1;
      expect(shape.safeParse(document).error).toBeUndefined();
    }),
    { numRuns: 3_000 },
  );
  expect(letIn).toBeGreaterThan(100);
});

test('[PULL9] what a real shop has is let in at once, and an unknown field or a wrong one is not', () => {
  expect(PRODUCTS.every(isPlainProduct)).toBe(true);
  expect([NOBODYS, STOCK].every(isPlainStock)).toBe(true);
  expect(isPlainProduct(FULL)).toBe(true);
  const odd = [{ ...FULL, other: 1 }, { ...FULL, price: -1 }, JSON.parse('{"__proto__":{}}'), null, [], 'x', {}];
  expect(odd.filter((document) => isPlainProduct(document) || isPlainStock(document))).toEqual([]);
});
