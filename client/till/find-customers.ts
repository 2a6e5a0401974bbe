import type { CustomerDoc } from '../../schema/company.ts';

/** More than this nobody reads; another letter finds sooner. */
const FOUND_MAX = 8;

/** Customers whose name has every word typed, or whose phone has its digits; names that begin so come first. */
export function findCustomers(customers: readonly CustomerDoc[], text: string): readonly CustomerDoc[] {
  const words = plain(text).split(' ').filter(Boolean);
  const digits = text.replace(/\D/g, '');
  const byPhone = digits.length >= 4 && digits.length === text.replace(/[\s+-]/g, '').length;
  const isMeant = (one: CustomerDoc) =>
    byPhone ? phoneOf(one).includes(digits) : words.every((word) => plain(one.name).includes(word));
  const found = customers.filter(isMeant);
  const begins = (one: CustomerDoc) => plain(one.name).startsWith(words[0] ?? '');
  return [...found.filter(begins), ...found.filter((one) => !begins(one))].slice(0, FOUND_MAX);
}

function phoneOf({ phone = '' }: CustomerDoc): string {
  return phone.replace(/\D/g, '');
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();
}
