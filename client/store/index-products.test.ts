import { expect, test } from 'vitest';
import { productShape } from '../../schema/product.ts';
import { indexProducts } from './index-products.ts';
import { checksum } from './log/checksum.ts';
import { type AnswerRecord, decodeRecord, wholeRecord } from './log/log-record.ts';
import { findIn } from './log/page-index.ts';
import { answerOf, PAGE_FIELDS, pageRecord, storedProducts } from './page-trial.ts';

const BASE = { scope: '*', rev: { epoch: 1, n: 1 }, price: 1, unitScale: 1, taxId: '', active: true };
const product = (id: string, name: string, more: object = {}) =>
  productShape.loose().parse({ id, ...BASE, name, category: 'a', barcodes: [`8${id}`, '77'], ...more }) as never;
const GOODS = [
  product('p1', 'Teh "botol" {'),
  product('p2', 'Kopi\\', { active: false, odd: [{ id: 'p3' }, '},{'] }),
  product('p3', 'Ünder 日本 \u{1f4b0}', { limited: true, category: 'b' }),
];

test('[DISK25] a product is read by itself from its page, letter by letter, and as one object', () => {
  const docs = storedProducts([pageRecord(GOODS)]);
  const [page] = docs.layers()?.pages ?? [];
  expect([2, 0, 1].map((at) => page?.doc(at))).toEqual([GOODS[2], GOODS[0], GOODS[1]]);
  const first = page?.doc(1);
  expect(page?.docs()).toEqual(GOODS);
  expect([page?.doc(1) === first, page?.docs()[1] === first, page?.readSome(1)]).toEqual([true, true, false]);
  expect([...docs.own()]).toEqual(GOODS);
});

test('[DISK25] pages are read out some at a time', () => {
  const page = storedProducts([pageRecord(GOODS)]).layers()?.pages[0];
  expect([page?.readSome(2), page?.readSome(2), page?.readSome(2)]).toEqual([true, true, false]);
  expect(page?.docs()).toEqual(GOODS);
});

test('[DISK25] what is asked of all is known, and ids and barcodes are found', () => {
  const page = storedProducts([pageRecord(GOODS)]).layers()?.pages[0];
  expect(page?.said).toEqual({
    count: 3,
    last: 'p3',
    firsts: [0, 2],
    limited: [2],
    categories: [
      ['a', 1],
      ['b', 1],
    ],
  });
  expect(['p2', '8p3', '77', 'p4'].map((text) => page?.find(checksum(text)))).toEqual([[1], [2], [0, 1, 2], []]);
});

test('[DISK25] the newest write is known without reading a page, and a page without an index is read for it', () => {
  const [indexed, plain] = [storedProducts([pageRecord(GOODS)]), storedProducts([pageRecord(GOODS, false)])];
  expect(indexed.newest).toEqual({ lwt: 5, id: 'p3' });
  expect(indexed.layers()).not.toBeNull();
  expect([plain.layers(), plain.newest]).toEqual([null, { lwt: 5, id: 'p3' }]);
  expect(indexed.get('p1')).toEqual({ ...Object(GOODS[0]), ...PAGE_FIELDS });
  // Placed by their keys now.
  expect(indexed.layers()).toBeNull();
});

test('[DISK25] pages behind written documents, removed ones, or many written ones are read whole', () => {
  const [one, two] = [pageRecord(GOODS), pageRecord([product('q1', 'Roti')])];
  expect(storedProducts([one, two]).layers()?.pages).toHaveLength(2);
  expect(storedProducts([one, pageRecord([product('q1', 'Roti')], false)]).layers()?.later).toHaveLength(1);
  expect(storedProducts([pageRecord([product('q1', 'Roti')], false), one]).layers()).toBeNull();
  const many = Array.from({ length: 80 }, (_, at) => product(`m${at}`, `${at}`));
  const behind = (count: number) => many.slice(0, count).map((each) => Object.assign({}, each, { price: 2 }) as never);
  expect(storedProducts([pageRecord(many)], behind(30)).layers()?.later).toEqual(behind(30));
  expect(storedProducts([pageRecord(many)], behind(31)).layers()).toBeNull();
  const removed = storedProducts([pageRecord(many)]);
  removed.delete('m3');
  expect(removed.layers()).toBeNull();
  expect([...removed.own()]).toHaveLength(79);
});

test('[DISK25] [DISK14] whichever byte of an index changes, the page is read without it', () => {
  const record = pageRecord(GOODS) as AnswerRecord;
  const index = record.index as NonNullable<AnswerRecord['index']>;
  const others = [...index.numbers.keys()].map((at) => {
    const numbers = index.numbers.slice();
    numbers[at] = (numbers[at] as number) ^ (1 << (at % 32));
    return { ...index, numbers };
  });
  const said = [...index.said].map((_, at) => ({
    ...index,
    said: `${index.said.slice(0, at)}#${index.said.slice(at + 1)}`,
  }));
  const more = [{}, 7, 'x', [], { ...index, sum: 1 }, { ...index, numbers: [...index.numbers] }];
  const other = pageRecord([product('z', 'Z')]) as AnswerRecord;
  for (const wrong of [...others, ...said, ...more, other.index]) {
    const damaged = { ...record, index: wrong };
    expect(wholeRecord(damaged)).toMatchObject({ index: null, rows: 3 });
    expect(decodeRecord(damaged)?.change.alike[0]?.docs).toEqual(GOODS);
    expect(storedProducts([damaged as never]).layers()).toBeNull();
  }
});

test('[DISK25] an app that does not know of indexes reads the page, whose own sum says nothing of it', () => {
  const { index, ...asSeen } = pageRecord(GOODS) as AnswerRecord;
  expect(index).toBeDefined();
  expect(asSeen).toEqual(pageRecord(GOODS, false));
});

test('[DISK25] an answer that is not just these products, one behind the other, gets no index', () => {
  const text = new TextDecoder().decode(answerOf(GOODS));
  const bytes = (other: string) => new TextEncoder().encode(other);
  expect(indexProducts(GOODS, bytes(text))).not.toBeNull();
  const gapBehind = bytes(text.replace('}],"checkpoint"', '} ],"checkpoint"'));
  expect(indexProducts(GOODS, gapBehind)).toEqual(indexProducts(GOODS, bytes(text)));
  const others = [
    text.replace('[{', '[ {'),
    text.replace('},{"id":"p2"', '}, {"id":"p2"'),
    text.replace('},{"id":"p2"', '},1,{"id":"p2"'),
    text.replace('"more":false', '"more":false,"documents":[]'),
    text.replace('"more":false', '"more":false,"\\u0064ocuments":[]'),
    text.replace('{"epoch"', '{"documents":[],"epoch"'),
    text.slice(0, 300),
    '',
    '[]',
  ];
  for (const other of others)
    expect([other.slice(0, 60), indexProducts(GOODS, bytes(other))]).toEqual([other.slice(0, 60), null]);
  expect(indexProducts(GOODS.slice(1), bytes(text))).toBeNull();
  expect(indexProducts([], answerOf([]))).toBeNull();
});

test('[DISK25] a text that is not there is looked for no longer than to the next free place', () => {
  const table = new Uint32Array(4);
  expect(findIn(table, checksum('x'))).toEqual([]);
});

test('[DISK25] a product that is not as it must be gets its page no index, and holds no pull back', () => {
  const odd = [{ id: 'p1', active: true }, ...GOODS] as never;
  expect(indexProducts(odd, answerOf(odd))).toBeNull();
});
