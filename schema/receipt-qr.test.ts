import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeMixedSale, SIGNATURE } from './fixtures/make-receipts.ts';
import { type DeviceId, deviceIdFromBytes, entryId, SEQ_MAX } from './ids.ts';
import { checkReceiptQr, isReceiptQr, parseReceiptQr, receiptQr } from './receipt-qr.ts';
import { must } from './result.ts';

const devices = fc.uint8Array({ minLength: 16, maxLength: 16 }).map(deviceIdFromBytes);
const signatures = fc.stringMatching(/^[A-Za-z0-9_-]{86}$/);

test('[RCP8] a code reads back as its entry, in whatever case a scanner types it', () => {
  fc.assert(
    fc.property(
      devices,
      fc.integer({ min: 1, max: SEQ_MAX }),
      signatures,
      fc.boolean(),
      (device, seq, signature, low) => {
        const code = receiptQr(entryId(device, seq), signature);
        const read = parseReceiptQr(` ${low ? code.toLowerCase() : code} `);
        expect(code).toMatch(/^[0-9A-Z-]+$/);
        expect(isReceiptQr(code)).toBe(true);
        expect(read).toMatchObject({ ok: true, value: { entry: entryId(device, seq) } });
        if (read.ok) expect(checkReceiptQr(read.value, signature)).toBe('right');
      },
    ),
  );
});

test('[RCP8] a mark of another signature is wrong, and one that is missing says nothing', () => {
  const code = receiptQr(makeMixedSale().id, SIGNATURE);
  const read = parseReceiptQr(code);
  const value = must(read.ok ? read.value : null, 'a code');
  expect(checkReceiptQr(value, `B${SIGNATURE.slice(1)}`)).toBe('wrong');
  expect(checkReceiptQr(value, undefined)).toBe('unknown');
  const unsigned = parseReceiptQr(receiptQr(makeMixedSale().id));
  expect(unsigned).toEqual({ ok: true, value: { entry: makeMixedSale().id } });
  if (unsigned.ok) expect(checkReceiptQr(unsigned.value, SIGNATURE)).toBe('unknown');
});

test.each([
  '',
  'K1-1-42',
  'LACI1-',
  'LACI1-0123456789ABCDEF-0',
  'LACI1-0123456789ABCDEF-1-SHORT',
  'LACI2-0123456789ABCDEF-1',
])('[RCP8] %j is no such code', (text) => {
  expect(parseReceiptQr(text)).toEqual({ ok: false, error: 'unreadable' });
});

test('[RCP8] the code of a known entry is the recorded one', () => {
  const id = entryId('0123456789abcdef' as DeviceId, 20);
  expect(receiptQr(id, SIGNATURE)).toBe('LACI1-0123456789ABCDEF-20-AVSHYPZ6AXMF');
});
