import fc from 'fast-check';
import { expect, test } from 'vitest';
import { branchIdShape } from '../../schema/ids.ts';
import type { Product } from '../../schema/product.ts';
import { createManualTimers } from '../sync/manual-timers.ts';
import { createCatalogue } from './catalogue.ts';
import { normaliseText } from './search-text.ts';

const BRANCH = branchIdShape.parse('utama');
const LIMITS = [1, 3, 1_000] as const;

interface Said {
  readonly name: string;
  readonly sku?: string;
  readonly barcodes: readonly string[];
  readonly category: string;
  readonly active: boolean;
}

const product = (id: number, price: number, said: Said) =>
  ({
    ...{ id: `p${id}`, scope: '*', rev: { epoch: 1, n: 1 }, price, unitScale: 1, taxId: '' },
    ...said,
  }) as unknown as Product;

const part = fc.constantFrom('a', 'b', 'ab', 'é', 'Σ', '1', '12', ' ', '-', '日');
const words = fc
  .oneof(fc.array(part, { maxLength: 6 }), fc.constantFrom(['a', ' ', 'b'], ['a', ' ', 'b', ' ', 'a']))
  .map((parts) => parts.join(''));
const said: fc.Arbitrary<Said> = fc.record(
  {
    name: words,
    sku: words,
    barcodes: fc.array(fc.oneof(words, fc.constantFrom('12', '211', '1121')), { maxLength: 2 }),
    category: fc.constantFrom('Odd', 'Even'),
    active: fc.boolean(),
  },
  { requiredKeys: ['name', 'barcodes', 'category', 'active'] },
);

/** Each row's text by itself, and nothing kept. Slips apart: what they lead to is in the vocabulary. */
function lookThrough(products: readonly Product[], text: string): readonly string[] {
  const wanted = normaliseText(text);
  const asked = wanted.split(' ');
  const rankOf = ({ name, sku = '', barcodes }: Product) => {
    const whole = ` ${normaliseText(name)} ${[sku, ...barcodes].join(' ').toLowerCase()}`;
    if (!asked.every((word) => whole.includes(word))) return -1;
    if (whole.startsWith(` ${wanted}`)) return 0;
    return asked.every((word) => whole.includes(` ${word}`)) ? 1 : 2;
  };
  return [0, 1, 2].flatMap((rank) => products.filter((one) => rankOf(one) === rank).map(({ id }) => id));
}

test('[CAT11] a search finds what looking through each product finds, in that order, whatever was edited before', () => {
  const edit = fc.record({ at: fc.nat(9), said, isGone: fc.boolean() });
  fc.assert(
    fc.property(fc.array(said, { maxLength: 8 }), fc.array(edit, { maxLength: 4 }), words, (first, edits, text) => {
      const catalogue = createCatalogue(createManualTimers(), () => [], BRANCH);
      const goods = first.map((one, at) => product(at, 1, one));
      catalogue.load(goods.slice(0, 3));
      catalogue.load(goods.slice(3), false);
      const check = () => {
        for (const category of ['', 'Odd']) {
          const listed = catalogue.search('', { category, limit: 1_000 });
          const expected = lookThrough(listed, text);
          for (const limit of text.trim() === '' || expected.length === 0 ? [] : LIMITS) {
            const found = catalogue.search(text, { category, limit });
            expect(found.map(({ id }) => id)).toEqual(expected.slice(0, limit));
            expect(found.every((one) => one === catalogue.product(one.id))).toBe(true);
          }
        }
      };
      check();
      for (const { at, said: now, isGone } of edits) {
        if (isGone) catalogue.remove([`p${at}`]);
        else catalogue.put([product(at, 2, now), product(at + 1, 2, first[at + 1] ?? now)]);
        check();
      }
    }),
    { numRuns: 300 },
  );
});
