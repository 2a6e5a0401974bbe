import { expect, test } from 'vitest';
import { asAlike } from './as-alike.ts';
import { checksum, checksumOfBytes } from './checksum.ts';
import {
  type AnswerRecord,
  type BytesRecord,
  decodeRecord,
  encodePage,
  encodeRecord,
  type StoredDoc,
  sizeOf,
  textOf,
} from './log-record.ts';
import { item } from './open-collection.ts';

const FIELDS = { _rev: '1-x', _meta: { lwt: 5 }, _deleted: false, _attachments: {} } as const;
const PAGE = [
  { id: 'a', name: 'Kopi “Toraja”' },
  { id: 'b', name: 'ជា 🍜' },
];
const ANSWER = new TextEncoder().encode(JSON.stringify({ epoch: 1, documents: PAGE, more: true }));
const asAnswer = () => encodePage('items.0', 'id', { docs: PAGE, fields: FIELDS, answer: ANSWER }) as AnswerRecord;
const asPage = () => encodeRecord('items.0', 'id', { alike: [{ fields: FIELDS, docs: PAGE }] }) as BytesRecord;

test('[DISK17] what the documents of a page share is on the disk once, rewritten too', () => {
  const docs = PAGE.map((doc) => ({ ...doc, ...FIELDS }) as unknown as StoredDoc);
  const other = item('c', 3);
  const record = encodeRecord('items.0', 'id', asAlike([...docs, other])) as BytesRecord;
  expect(textOf(record.bytes).split('_rev')).toHaveLength(3);
  expect(decodeRecord(record)).toMatchObject({
    rows: 3,
    change: { docs: [other], alike: [{ fields: FIELDS, docs: PAGE }] },
  });
});

test('[DISK21] a page lies on the disk as bytes, and says its documents letter by letter', () => {
  const record = asPage();
  expect(sizeOf(record)).toBe(record.bytes.length);
  expect(decodeRecord(structuredClone(record))?.change.alike).toEqual([{ fields: FIELDS, docs: PAGE }]);
  const shifted = new Uint8Array(record.bytes.length + 3).subarray(3);
  shifted.set(record.bytes);
  expect(decodeRecord({ ...record, bytes: shifted })?.change.alike[0]?.docs).toEqual(PAGE);
});

test('[DISK21] [DISK14] whichever byte of a page changes, or is missing, it is damaged', () => {
  const record = asPage();
  for (let at = 0; at < record.bytes.length; at += 1) {
    const bytes = record.bytes.slice();
    bytes[at] = (bytes[at] as number) ^ (1 << (at % 8));
    expect(decodeRecord({ ...record, bytes })).toBeNull();
  }
  for (const bytes of [record.bytes.slice(1), record.bytes.slice(0, -1), new Uint8Array(0), undefined, 'text'])
    expect(decodeRecord({ ...record, bytes })).toBeNull();
  expect(decodeRecord({ ...record, collection: 'others.0' })).toBeNull();
});

test('[DISK21] a page of which all was taken lies on the disk as the server’s answer, byte by byte', () => {
  const record = asAnswer();
  expect([record.bytes, sizeOf(record)]).toEqual([ANSWER, ANSWER.length]);
  expect(decodeRecord(structuredClone(record))).toMatchObject({
    rows: 2,
    change: { docs: [], gone: [], emptied: false, alike: [{ fields: FIELDS, docs: PAGE }] },
  });
  expect(encodePage('items.0', 'id', { docs: PAGE, fields: FIELDS })).toEqual(asPage());
});

test('[DISK21] [DISK14] whichever byte of an answer changes, or what its documents share, it is damaged', () => {
  const record = asAnswer();
  for (let at = 0; at < record.bytes.length; at += 1) {
    const bytes = record.bytes.slice();
    bytes[at] = (bytes[at] as number) ^ (1 << (at % 8));
    expect(decodeRecord({ ...record, bytes })).toBeNull();
  }
  for (const fields of [record.fields.replace('1-x', '2-x'), '', undefined])
    expect(decodeRecord({ ...record, fields })).toBeNull();
  expect(decodeRecord({ ...record, form: 'bytes' })).toBeNull();
  const { form, ...asSeen } = record;
  expect(decodeRecord(asSeen)).toBeNull();
});

test('[DISK21] the same change in the highest bits of two words does not hide itself', () => {
  const bytes = new Uint8Array(40);
  const changed = bytes.slice();
  for (const at of [3, 31]) changed[at] = 0x80;
  expect(checksumOfBytes(1, changed)).not.toBe(checksumOfBytes(1, bytes));
});

test('[DISK21] a page that an earlier version wrote as text is read as ever', () => {
  const text = JSON.stringify({ docs: [], gone: [], emptied: false, alike: [{ fields: FIELDS, docs: PAGE }] });
  const sum = checksum('items.0', 'id', text, 'alike');
  const before = { collection: 'items.0', key: 'id', text, rows: 2, emptied: false, form: 'alike', sum };
  expect(decodeRecord(before)).toMatchObject({ rows: 2, size: text.length, change: { alike: [{ docs: PAGE }] } });
});

test('[DISK17] an app that does not know of such pages takes one for damaged, not for something else', () => {
  const { form, ...asSeen } = asPage();
  expect(form).toBeDefined();
  expect(decodeRecord(asSeen)).toBeNull();
});
