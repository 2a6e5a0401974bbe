import { expect, test } from 'vitest';
import { asAlike, decodeRecord, encodeRecord, type StoredDoc } from './log-record.ts';
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

test('[DISK17] what the documents of a page share is on the disk once, rewritten too', () => {
  const docs = PAGE.map((doc) => ({ ...doc, ...FIELDS }) as unknown as StoredDoc);
  const other = item('c', 3);
  const record = encodeRecord('items.0', 'id', asAlike([...docs, other]));
  expect(record.text.split('_rev')).toHaveLength(3);
  expect(decodeRecord(record)).toMatchObject({
    rows: 3,
    change: { docs: [other], alike: [{ fields: FIELDS, docs: PAGE }] },
  });
});

test('[DISK17] an app that does not know of such pages takes one for damaged, not for something else', () => {
  const { form, ...asSeen } = encodeRecord('items.0', 'id', { alike: [{ fields: FIELDS, docs: PAGE }] });
  expect(form).toBeDefined();
  expect(decodeRecord(asSeen)).toBeNull();
});
