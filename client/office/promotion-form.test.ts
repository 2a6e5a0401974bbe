import { expect, test } from 'vitest';
import type { ProductId } from '../../schema/ids.ts';
import { money } from '../../schema/money.ts';
import { promotionFieldsShape } from '../../schema/promotion.ts';
import { findPromotionFieldFault } from '../../schema/promotion-form.ts';
import type { Language } from '../../schema/protocol/error.ts';
import { createWords, loadMoreWords } from '../i18n/create-words.ts';
import { formatDay, weekdayName } from '../ui/format-day.ts';
import { formatMoney } from '../ui/format-money.ts';
import { editablePercent, formatPercent, parsePercent } from '../ui/percent.ts';
import { partOf, promotionForm, readPromotionForm } from './promotion-form.ts';
import { promotionSentence, type SentenceWords } from './promotion-sentence.ts';
import { fromTemplate, TEMPLATES } from './promotion-templates.ts';

const reader = {
  parseMoney: (typed: string) => (/^\d+$/.test(typed) ? money(Number(typed)) : null),
  editable: String,
  parsePercent: (typed: string) => parsePercent(typed, 'en'),
  editablePercent: (basisPoints: number) => editablePercent(basisPoints, 'en'),
};
const TODAY = '2026-11-25';
const soup = (quantity: number) => ({ productId: 'soup' as ProductId, quantity });
const HAPPY = { ...fromTemplate('happy', TODAY), name: 'Sore' };

test('[OFFICE8] a promotion of each kind comes back from its form as it went in', () => {
  const all = { of: 'all' as const };
  const rules = [
    {
      type: 'buy-get' as const,
      target: { of: 'category' as const, category: 'Tea' },
      buy: 2,
      get: 1,
      basisPoints: 5_000,
    },
    { type: 'percent' as const, target: all, basisPoints: 750 },
    {
      type: 'amount' as const,
      target: { of: 'products' as const, products: ['soup' as ProductId] },
      amount: money(500),
    },
    { type: 'price' as const, target: all, price: money(0) },
    { type: 'bundle' as const, products: [soup(2)], price: money(9_000) },
  ];
  for (const rule of rules) {
    const promotion = { ...HAPPY, weekdays: [1, 7], group: 'member', rule: rule as never };
    expect(readPromotionForm(promotionForm(promotion, reader), reader)).toEqual(promotion);
    expect(promotionFieldsShape.safeParse({ ...promotion, active: true }).success).toBe(true);
  }
});

test.each([
  ['name', { name: ' ' }],
  ['percent', { percent: '101' }],
  ['percent', { percent: '' }],
  ['to', { to: '2026-01-01' }],
  ['from', { from: '2026-02-31' }],
  ['hours', { hoursFrom: '14:00', hoursTo: '' }],
  ['hours', { hoursFrom: '14:00', hoursTo: '14:00' }],
  ['group', { group: 'Big Spenders' }],
  ['category', { target: 'category' as const }],
  ['products', { target: 'products' as const }],
  ['products', { type: 'bundle' as const, money: '1' }],
  ['price', { type: 'price' as const, money: 'x' }],
  ['amount', { type: 'amount' as const, money: '0' }],
  ['count', { type: 'buy-get' as const, buy: '0' }],
  ['count', { type: 'bundle' as const, money: '1', products: [{ productId: 'soup' as ProductId, quantity: '0' }] }],
])('[OFFICE8] the field of a promotion that cannot be is named: %s', (bad, part) => {
  expect(readPromotionForm({ ...promotionForm(HAPPY, reader), ...part }, reader)).toEqual({ bad });
});

test('[EDT15] a promotion that would never count as meant is named by its field', () => {
  const fields = { ...HAPPY, active: true };
  expect(findPromotionFieldFault(fields)).toBeNull();
  expect(findPromotionFieldFault({ ...fields, weekdays: [] })).toBe('weekdays');
  const rule = { type: 'bundle' as const, products: [soup(1), soup(2)], price: money(1) };
  expect(findPromotionFieldFault({ ...fields, rule: rule as never })).toBe('rule.products');
});

test('[OFFICE8] a promotion is now, later or over', () => {
  const of = (part: object) => partOf({ active: true, from: '2026-01-01', to: '2026-12-31', ...part }, TODAY);
  expect([of({}), of({ from: '2026-11-26' }), of({ to: '2026-11-24' }), of({ active: false })]).toEqual([
    'now',
    'later',
    'over',
    'over',
  ]);
});

async function wordsIn(language: Language): Promise<SentenceWords> {
  const { t } = await createWords(language);
  await loadMoreWords();
  return {
    t: t as SentenceWords['t'],
    money: (amount) => formatMoney(amount, { code: 'IDR', digits: 0 }, language).replace(/\s/g, ' '),
    percent: (basisPoints) => formatPercent(basisPoints, language),
    day: (day) => formatDay(day, language),
    weekday: (day) => weekdayName(day, language),
    product: (id) => id,
    list: (parts) => new Intl.ListFormat(language).format(parts),
  };
}

test('[OFFICE9] a promotion is one sentence, in English and in Indonesian', async () => {
  const [en, id] = [await wordsIn('en'), await wordsIn('id')];
  const weekend = { ...HAPPY, weekdays: [6, 7], group: 'member' };
  expect(promotionSentence(weekend, en)).toBe(
    '10% off everything, for customers of the group member, on Sat and Sun, from 14:00 to 16:00, 25 Nov 2026 to 31 Dec 2026.',
  );
  expect(promotionSentence(weekend, id)).toBe(
    'Potongan 10% untuk semua barang, untuk pelanggan kelompok member, pada Sab dan Min, pukul 14:00 sampai 16:00, 25 Nov 2026 sampai 31 Des 2026.',
  );
  const bundle = { ...HAPPY, rule: { type: 'bundle', products: [soup(2)], price: money(9_000) } as never };
  expect(promotionSentence(bundle, en)).toContain('2 × soup together for Rp 9,000');
});

test('[OFFICE9] each template begins a sentence, but where a product is still to be chosen', async () => {
  const en = await wordsIn('en');
  const read = (one: (typeof TEMPLATES)[number]) =>
    readPromotionForm({ ...promotionForm(fromTemplate(one, TODAY), reader), name: 'x' }, reader);
  const [buyGet, member, , bundle] = TEMPLATES.map(read);
  expect([member, bundle]).toEqual([{ bad: 'products' }, { bad: 'products' }]);
  expect(promotionSentence(buyGet as never, en)).toContain('Of every 3 of everything, 1 free');
});
