import { holdsCardNumber } from '../../schema/card-number.ts';
import { type CustomerDoc, customerDocShape } from '../../schema/company.ts';
import type { Edit } from '../../schema/edit.ts';
import type { Money } from '../../schema/money.ts';
import { changedFields } from './changed-fields.ts';

/** What is typed into a customer's form. */
export interface CustomerForm {
  readonly name: string;
  readonly phone: string;
  readonly group: string;
  readonly limit: string;
}

export type CustomerField = keyof CustomerForm;

export function customerForm(doc: CustomerDoc | undefined, editable: (amount: Money) => string): CustomerForm {
  const { name = '', phone = '', group = '', creditLimit } = doc ?? {};
  return { name, phone, group, limit: creditLimit === undefined ? '' : editable(creditLimit) };
}

/** What an edit changes, or makes where there is no document; the first field that cannot be read. */
export function customerPatch(
  doc: CustomerDoc | undefined,
  form: CustomerForm,
  parseMoney: (typed: string) => Money | null,
): Edit['patch'] | { readonly bad: CustomerField } {
  const { shape } = customerDocShape;
  const name = form.name.trim();
  const phone = form.phone.trim() || undefined;
  const limit = form.limit.trim();
  const creditLimit = limit === '' ? undefined : parseMoney(limit);
  if (!shape.name.safeParse(name).success || holdsCardNumber(name)) return { bad: 'name' };
  if (!shape.phone.safeParse(phone).success || holdsCardNumber(phone ?? '')) return { bad: 'phone' };
  if (creditLimit === null || !shape.creditLimit.safeParse(creditLimit).success) return { bad: 'limit' };
  const fields = { name, phone, group: form.group || undefined, creditLimit };
  return changedFields(doc, doc ? fields : { ...fields, active: true });
}
