import { type TaxDoc, taxDocShape } from '../../schema/company.ts';
import type { Edit } from '../../schema/edit.ts';
import type { Fraction } from '../../schema/money.ts';
import { changedFields } from './changed-fields.ts';

/** A tax as typed; rates in percent. */
export interface TaxForm {
  readonly name: string;
  readonly rate: string;
  readonly inclusive: boolean;
  readonly nextRate: string;
  readonly nextFrom: string;
}

export type TaxField = 'name' | 'rate' | 'nextFrom';

/** A percentage as basis points, and back. */
interface Percents {
  parsePercent(typed: string): number | null;
  editablePercent(basisPoints: number): string;
}

const WHOLE = 10_000;

export function taxForm(doc: TaxDoc | undefined, { editablePercent }: Percents): TaxForm {
  const rateText = (rate: Fraction | undefined) => (rate ? editablePercent(basisPointsOf(rate)) : '');
  const { name = '', rate, inclusive = true } = doc?.tax ?? {};
  return {
    name,
    rate: rateText(rate),
    inclusive,
    nextRate: rateText(doc?.next?.rate),
    nextFrom: doc?.next?.from ?? '',
  };
}

/** What an edit changes of a tax, or makes under `id`; the first field that cannot be read. */
export function taxPatch(
  doc: TaxDoc | undefined,
  id: string,
  form: TaxForm,
  percents: Percents,
): Edit['patch'] | { readonly bad: TaxField } {
  const rate = readRate(form.rate, doc?.tax.rate, percents);
  const nextRate = readRate(form.nextRate, doc?.next?.rate, percents);
  const name = form.name.trim();
  if (!taxDocShape.shape.tax.shape.name.safeParse(name).success) return { bad: 'name' };
  if (rate === null) return { bad: 'rate' };
  const isNone = form.nextRate.trim() === '' && form.nextFrom === '';
  const next = isNone ? undefined : taxDocShape.shape.next.safeParse({ rate: nextRate, from: form.nextFrom });
  if (next && !next.success) return { bad: 'nextFrom' };
  return changedFields(doc, { tax: { id, name, rate, inclusive: form.inclusive }, next: next?.data });
}

export function basisPointsOf({ num, den }: Fraction): number {
  return Math.round((num * WHOLE) / den);
}

/** The rate as it was written before, where it says the same: a third stays a third. */
function readRate(
  typed: string,
  before: Fraction | undefined,
  { parsePercent, editablePercent }: Percents,
): Fraction | null {
  if (before && typed.trim() === editablePercent(basisPointsOf(before))) return before;
  const basisPoints = parsePercent(typed);
  if (basisPoints === null || basisPoints < 0 || basisPoints > WHOLE) return null;
  const shared = divisor(basisPoints, WHOLE);
  return { num: basisPoints / shared, den: WHOLE / shared };
}

function divisor(left: number, right: number): number {
  return right === 0 ? left : divisor(right, left % right);
}
