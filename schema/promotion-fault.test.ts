import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyPromotions } from './apply-promotions.ts';
import type { SaleLine } from './entry/sale.ts';
import { money } from './money.ts';
import type { Promotion } from './promotion.ts';
import { findPromotionFault } from './promotion-fault.ts';

const AT = Date.UTC(2026, 7, 17, 5);
const REV = { epoch: 1, n: 2 };
const days = { from: '2026-08-01', to: '2026-08-31', active: true };
const all = { of: 'all' as const };
const TENTH = {
  promotion: 'tenth',
  name: 'Tenth',
  ...days,
  rev: REV,
  rule: { type: 'percent' as const, target: all, basisPoints: 1_000 },
};
const THREE = {
  ...{ promotion: 'three', name: 'Three', ...days, rev: REV },
  rule: { type: 'buy-get' as const, target: all, buy: 2, get: 1, basisPoints: 10_000 },
};
const docs: readonly (Promotion & { rev: typeof REV })[] = [TENTH, THREE];
const known = {
  promotion: (id: string) => docs.find((doc) => doc.promotion === id),
  at: AT,
  rounding: 'half-up' as const,
};
const said = (amount: number, rev: object | undefined = REV) =>
  [
    {
      productId: 'teh',
      name: 'Teh',
      quantity: 2,
      unitPrice: 5_000,
      promotion: { id: 'tenth', name: 'x', amount, ...(rev ? { rev } : {}) },
    },
  ] as unknown as SaleLine[];

test('[PRM6] what a till computed is never flagged', () => {
  const anyLine = fc.record({
    productId: fc.constantFrom('a', 'b'),
    name: fc.constant('n'),
    quantity: fc.integer({ min: 1, max: 9 }),
    unitPrice: fc.integer({ min: 1, max: 9_999 }).map(money),
  });
  fc.assert(
    fc.property(fc.array(anyLine), (lines) => {
      const moment = { localDate: '2026-08-17', localMinutes: 720 };
      const sold = applyPromotions({ lines }, docs, moment, 'half-up').lines as unknown as SaleLine[];
      expect(findPromotionFault(sold, known)).toBeNull();
    }),
  );
});

test('[PRM6] another amount is found; of a revision that is not known nothing is said', () => {
  expect(findPromotionFault(said(1_000), known)).toBeNull();
  expect(findPromotionFault(said(1_001), known)).toBe('tenth');
  expect(findPromotionFault(said(9_999, { epoch: 1, n: 1 }), known)).toBeNull();
  expect(findPromotionFault(said(9_999), { ...known, promotion: () => undefined })).toBeNull();
  expect(findPromotionFault([], known)).toBeNull();
});

test('[PRM6] a promotion of another season, or for another group of customers, is found', () => {
  expect(findPromotionFault(said(1_000), { ...known, at: Date.UTC(2026, 9, 1) })).toBe('tenth');
  const members = { ...known, promotion: () => ({ ...TENTH, group: 'member' }) };
  expect(findPromotionFault(said(1_000), members)).toBe('tenth');
  expect(findPromotionFault(said(1_000), { ...members, customerGroup: 'member' })).toBeNull();
});
