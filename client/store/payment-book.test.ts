import { expect, test } from 'vitest';
import type { DeviceEntry } from '../../schema/entry/entry.ts';
import { type DeviceId, entryId } from '../../schema/ids.ts';
import { createPaymentBook, UNCONFIRMED_MAX } from './payment-book.ts';

const device = '0123456789abcdef' as DeviceId;
const idOf = (seq: number) => entryId(device, seq);
const entry = (seq: number, kind: DeviceEntry['kind'], body: object) =>
  ({ id: idOf(seq), seq, at: seq, deviceId: device, person: 'sari', kind, body }) as unknown as DeviceEntry;
const sale = (seq: number) =>
  entry(seq, 'sale', { receipt: `K1-1-${seq}`, payments: [{ tender: 'qris', amount: 1_000, confirmed: false }] });
const confirmation = (seq: number, of: number) =>
  entry(seq, 'payment-confirmed', { sale: idOf(of), payment: 0, reference: '' });

test('[PAY4] an old payment that nobody confirmed stays listed, however many confirmed ones came after it', () => {
  const book = createPaymentBook();
  book.addOwn(sale(1));
  for (let seq = 2; seq < 2 * UNCONFIRMED_MAX + 10; seq += 2) {
    book.addOwn(sale(seq));
    book.addOwn(confirmation(seq + 1, seq));
  }
  expect(book.unconfirmed().map((waiting) => waiting.sale)).toEqual([idOf(1)]);
});

test('[PAY4] a confirmation that comes before its sale counts', () => {
  const book = createPaymentBook();
  book.addOwn(confirmation(2, 1));
  book.addOwn(sale(1));
  expect(book.unconfirmed()).toEqual([]);
  expect(book.isConfirmed(idOf(1), 0)).toBe(true);
});
