import { expect, test } from 'vitest';
import type { CustomerDoc } from '../../schema/company.ts';
import { findCustomers } from './find-customers.ts';

const customer = (id: string, name: string, phone?: string) =>
  ({ customer: id, name, phone }) as unknown as CustomerDoc;
const PEOPLE = [
  customer('agus', 'Agus Salim', '0812-3456-7890'),
  customer('tini', 'Ibu Tini Agustina', '+62 813 1111 2222'),
  customer('jose', 'José'),
];
const found = (text: string) => findCustomers(PEOPLE, text).map((one) => one.customer);

test('[CART7] a customer is found by any word of the name, without its accents, the beginning first', () => {
  expect(found('agus')).toEqual(['agus', 'tini']);
  expect(found('tini ibu')).toEqual(['tini']);
  expect(found('jose')).toEqual(['jose']);
  expect(found('')).toEqual(['agus', 'tini', 'jose']);
  expect(found('x')).toEqual([]);
});

test('[CART7] or by the digits of the phone, however they are written', () => {
  expect(found('0812 3456')).toEqual(['agus']);
  expect(found('1111-2222')).toEqual(['tini']);
});
