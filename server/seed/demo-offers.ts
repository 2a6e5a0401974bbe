import { COMPANY_SCOPE, customerIdShape, type ProductId } from '../../schema/ids.ts';
import { money } from '../../schema/money.ts';
import type { PromotionRule } from '../../schema/promotion.ts';
import { quantity } from '../../schema/quantity.ts';
import type { ScaleRule } from '../../schema/scale-barcode.ts';
import type { CompanyDraft } from '../core/company-writer.ts';
import { productIdFromCode } from './product-id.ts';

/** The labels of most scales sold here: a weight in grams behind 21, a price in rupiah behind 22. */
export const SCALE_RULES: readonly ScaleRule[] = [
  { prefix: '21', kind: 'weight', itemDigits: 5, valueDigits: 5, scale: 1 },
  { prefix: '22', kind: 'price', itemDigits: 5, valueDigits: 5, scale: 1 },
];

const FIRST_DAY = '2026-01-01';
const LAST_DAY = '2035-12-31';
const AFTERNOON = { from: 14 * 60, to: 16 * 60 };
/** Two noodle soups of the demo's catalogue. */
const SOUPS: readonly ProductId[] = ['0089686120073', '0089686120134'].map((barcode) => productIdFromCode(barcode));

/** What the demo shop offers, in rupiah: one of each kind that customers know. */
export function demoPromotions(): CompanyDraft[] {
  const category = (name: string) => ({ of: 'category' as const, category: name });
  const soups = SOUPS.map((productId) => ({ productId, quantity: quantity(1) }));
  return [
    promotion('biscuits-3-2', 'Biskuit: beli 2 gratis 1', {
      ...{ type: 'buy-get', target: category('Biscuits'), buy: 2, get: 1, basisPoints: 10_000 },
    }),
    {
      ...promotion('member-5', 'Anggota 5%', { type: 'percent', target: { of: 'all' }, basisPoints: 500 }),
      group: 'member',
    },
    {
      ...promotion('ice-afternoon', 'Es krim sore 20%', {
        ...{ type: 'percent', target: category('Ice cream'), basisPoints: 2_000 },
      }),
      hours: AFTERNOON,
    },
    promotion('soup-pair', 'Paket dua mi', { type: 'bundle', products: soups, price: money(45_000) }),
  ];
}

function promotion(id: string, name: string, rule: PromotionRule) {
  const doc = { id: `promotion:${id}`, scope: COMPANY_SCOPE, kind: 'promotion' as const, promotion: id, name };
  return { ...doc, from: FIRST_DAY, to: LAST_DAY, rule, active: true };
}

export function demoCustomers(): CompanyDraft[] {
  return [
    customer('tini', 'Ibu Tini', '0812-3456-7890', 'member'),
    customer('agus', 'Pak Agus', '0813-1111-2222', 'member'),
    { ...customer('maya', 'Maya Lestari', '0857-9876-5432'), creditLimit: money(50_000) },
  ];
}

function customer(
  id: string,
  name: string,
  phone: string,
  group?: string,
): Extract<CompanyDraft, { kind: 'customer' }> {
  const doc = { id: `customer:${id}`, scope: COMPANY_SCOPE, kind: 'customer' as const, active: true, name, phone };
  return { ...doc, customer: customerIdShape.parse(id), ...(group ? { group } : {}) };
}
