import { expect, test } from 'vitest';
import { item } from './open-collection.ts';
import { StoredDocs } from './stored-docs.ts';

const FIELDS = { _rev: '1-x', _meta: { lwt: 5 }, _deleted: false, _attachments: {} } as const;
const PAGE = [
  { id: 'a', age: 1 },
  { id: 'b', age: 2 },
];

test('[DISK17] a document is handed on as it was written, and gets RxDB’s fields when RxDB asks for it', () => {
  const docs = new StoredDocs();
  for (const doc of PAGE) docs.setBare(doc.id, doc, FIELDS);
  expect([...docs.own()].every((doc, place) => doc === PAGE[place])).toBe(true);
  expect(docs.get('b')).toEqual({ ...PAGE[1], ...FIELDS });
  expect([...docs.values()]).toEqual(PAGE.map((doc) => ({ ...doc, ...FIELDS })));
  expect([...docs.own()]).toEqual(PAGE);
});

test('[DISK17] the newest write is known without looking through the documents; tombstones are not handed on', () => {
  const docs = new StoredDocs();
  for (const doc of PAGE) docs.setBare(doc.id, doc, FIELDS);
  expect(docs.newest).toEqual({ lwt: 5, id: 'b' });
  docs.set('a', item('a', 1, { lwt: 6, deleted: true }));
  expect(docs.newest).toEqual({ lwt: 6, id: 'a' });
  expect([...docs.own()]).toEqual([PAGE[1]]);
});

test('[DISK17] pages are handed on without being placed by their keys; what was written since comes behind, and stands in its place', () => {
  const docs = new StoredDocs();
  docs.setPage({ key: 'id', docs: () => PAGE, fields: FIELDS });
  docs.setPage({ key: 'id', docs: () => [{ id: 'c', age: 3 }], fields: { ...FIELDS, _meta: { lwt: 6 } } });
  docs.set('a', item('a', 7, { lwt: 9 }));
  expect([...docs.pages(10)].map((page) => page.map(({ id, age }) => [id, age]))).toEqual([
    [
      ['a', 1],
      ['b', 2],
    ],
    [['c', 3]],
    [['a', 7]],
  ]);
  expect(docs.size).toBe(3);
  expect([...docs].map(([id, { age }]) => [id, age])).toEqual([
    ['a', 7],
    ['b', 2],
    ['c', 3],
  ]);
  expect(docs.newest).toEqual({ lwt: 9, id: 'a' });
  expect([...docs.pages(2)].flat().map(({ id }) => id)).toEqual(['a', 'b', 'c']);
});

test('[DISK17] a page behind others writes over them, and what is removed from a page is gone', () => {
  const docs = new StoredDocs();
  docs.setPage({ key: 'id', docs: () => PAGE, fields: FIELDS });
  docs.set('b', item('b', 5, { lwt: 6 }));
  docs.setPage({ key: 'id', docs: () => [{ id: 'b', age: 8 }], fields: { ...FIELDS, _meta: { lwt: 7 } } });
  expect(docs.get('b')?.age).toBe(8);
  const removed = new StoredDocs();
  removed.setPage({ key: 'id', docs: () => PAGE, fields: FIELDS });
  removed.set('a', item('a', 1, { lwt: 9, deleted: true }));
  removed.delete('b');
  expect([...removed.own()]).toEqual([]);
  expect([...removed.pages(10)].flat()).toEqual([]);
  expect(removed.has('a')).toBe(true);
});

test('[DISK20] of pages each is read out when it is handed on, or when somebody asks for a document by its key', () => {
  const asked: string[] = [];
  const page = (id: string) => ({
    ...{ key: 'id', fields: FIELDS },
    docs: () => {
      asked.push(id);
      return [{ id }];
    },
  });
  const docs = new StoredDocs();
  for (const id of ['a', 'b', 'c']) docs.setPage(page(id));
  for (const [first] of docs.pages(10)) if (first?.id === 'b') break;
  expect(asked).toEqual(['a', 'b']);
  expect(docs.has('c')).toBe(true);
  expect(asked).toEqual(['a', 'b', 'a', 'b', 'c']);
});
