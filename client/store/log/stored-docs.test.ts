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
