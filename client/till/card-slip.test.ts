import { expect, test } from 'vitest';
import { readCardSlip } from './card-slip.ts';

const SLIP = { brand: 'GPN', last4: '4321', approval: '004217' };

test('[PAY1] the last four digits and the approval code are taken, spaces around them left away', () => {
  expect(readCardSlip({ ...SLIP, last4: ' 4321 ' })).toEqual({ ok: true, value: SLIP });
});

test('[PAY1] a slip that nobody could read is no reason to refuse what was paid', () => {
  expect(readCardSlip({ ...SLIP, last4: '', approval: ' ' })).toEqual({ ok: true, value: null });
});

test('[PAY1] a card’s number is refused in either field, whole or as digits in groups', () => {
  for (const number of ['4111111111111111', '4111 1111 1111 1111', '4111-1111-1111-1112', '123456789012']) {
    expect(readCardSlip({ ...SLIP, last4: number })).toEqual({ ok: false, error: 'card-number' });
    expect(readCardSlip({ ...SLIP, approval: number })).toEqual({ ok: false, error: 'card-number' });
  }
});

test('[PAY1] what are not four digits is told', () => {
  for (const last4 of ['432', '43211', 'abcd', ''])
    expect(readCardSlip({ ...SLIP, last4 })).toEqual({ ok: false, error: 'four-digits' });
  expect(readCardSlip({ ...SLIP, approval: 'x'.repeat(21) })).toEqual({ ok: false, error: 'too-long' });
});
