import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CONTEXT, makeLine, makeSale } from './fixtures/make-receipts.ts';
import { QUANTITY_MAX } from './limits.ts';
import { addMoney, money } from './money.ts';
import { quantity } from './quantity.ts';
import { payCash } from './receipt.ts';
import type { ReceiptBlock } from './receipt-block.ts';
import { layOutReceipt, PAPER_COLUMNS } from './receipt-layout.ts';
import { receiptBlocks } from './receipt-print.ts';
import { pairColumns, textColumns, wrapColumns } from './text-columns.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.stringMatching(/^[A-Za-z ]{1,80}$/),
  fc.constantFrom(
    '日本茶 煎茶 ティーバッグ 二十袋入り',
    '커피믹스 골드 100개입',
    'Kue ulang tahun 🎂🎉👨‍👩‍👧 besar',
    'x'.repeat(120),
  ),
);
const columns = fc.constantFrom(...Object.values(PAPER_COLUMNS));
const amount = fc.integer({ min: 0, max: 100_000_000_000 }).map(money);

const lines = fc.array(
  fc.record({
    name: anyText.map((text) => text || 'x'),
    unitPrice: fc.integer({ min: 0, max: 1_000_000 }).map(money),
    quantity: fc.integer({ min: 1, max: Math.min(QUANTITY_MAX, 1_000_000) }).map(quantity),
    unitScale: fc.constantFrom(1, 1000),
    note: anyText,
    taxId: fc.constantFrom('ppn', 'service', undefined),
    discount: fc.option(fc.record({ type: fc.constant('amount' as const), amount }), { nil: undefined }),
    promotion: fc.option(fc.record({ id: fc.constant('p'), name: anyText, amount: fc.constant(money(0)) }), {
      nil: undefined,
    }),
  }),
  { minLength: 1, maxLength: 6 },
);
const sales = fc
  .record({ lines, note: anyText, basisPoints: fc.integer({ min: 0, max: 10_000 }) })
  .map(({ lines: made, note, basisPoints }) =>
    makeSale({ lines: made.map((line) => makeLine(line)), note, discount: { type: 'percent', basisPoints } }, (due) => [
      payCash(due, money(due + 5_000)),
    ]),
  );

test('[RCP4] no line is wider than the paper, whatever the names', () => {
  fc.assert(
    fc.property(sales, columns, anyText, (sale, width, name) => {
      const blocks = receiptBlocks(sale, { ...CONTEXT, cashier: name, shop: { ...CONTEXT.shop, name } });
      const texts = layOutReceipt(blocks, width).flatMap((line) => (line.kind === 'text' ? [line.text] : []));
      expect(texts.filter((text) => textColumns(text) > width)).toEqual([]);
      expect(texts.filter((text) => /[\p{Cc}]/u.test(text) || !text.isWellFormed())).toEqual([]);
    }),
  );
});

test('[RCP4] every amount stands whole at the end of a line', () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: -(10 ** 15), max: 10 ** 15 }), columns, (label, number, width) => {
      const text = `Rp ${number}`;
      const made = pairColumns(label, text, width);
      expect(made.at(-1)?.endsWith(text)).toBe(true);
      expect(textColumns(made.at(-1) as string)).toBe(width);
    }),
  );
});

test('[RCP4] wide characters count as two, marks laid over another as none', () => {
  expect(['abc', '日本', '커피', 'é', 'e\u0301', '🎂', 'ｗｉｄｅ', ''].map(textColumns)).toEqual([
    3, 4, 4, 1, 1, 2, 8, 0,
  ]);
  expect(wrapColumns('日本茶煎茶 ab', 6)).toEqual(['日本茶', '煎茶', 'ab']);
  expect(pairColumns('煎茶ティーバッグ', '12.000', 16)).toEqual(['煎茶ティーバッグ', '          12.000']);
  expect(wrapColumns('one\ntwo\tthree \ud800', 32)).toEqual(['one two three \ufffd']);
});

/** The amounts on the right of the rows from one rule to the next. */
function amountsOf(blocks: readonly ReceiptBlock[]): number[] {
  return blocks.flatMap((block) =>
    block.kind === 'row' && block.amount !== '' ? [Number(block.amount.replace(/[^\d-]/g, ''))] : [],
  );
}

test('[RCP7] the lines add up to the subtotal, and from there to the total', () => {
  fc.assert(
    fc.property(sales, (sale) => {
      const blocks = receiptBlocks(sale, CONTEXT);
      const rules = blocks.flatMap((block, index) => (block.kind === 'rule' ? [index] : []));
      const [, from = 0, to = 0, end = 0] = rules;
      const sums = blocks.slice(to, end);
      const total = sums.findIndex((block) => block.kind === 'row' && block.strong === true);
      const subtotal = addMoney(...amountsOf(blocks.slice(from, to)).map(money));
      const [first = 0, ...added] = amountsOf(sums.slice(0, total + 1)).slice(0, -1);
      const stands = amountsOf([sums[total] as ReceiptBlock])[0];
      expect(stands).toBe(sale.body.totals.due);
      if (total > 1) expect(first).toBe(subtotal);
      expect(addMoney(subtotal, ...added.map(money))).toBe(stands);
    }),
  );
});
