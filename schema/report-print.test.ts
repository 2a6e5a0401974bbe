import { expect, test } from 'vitest';
import type { EntryId, ShiftId } from './ids.ts';
import { type Money, ZERO } from './money.ts';
import { RECEIPT_WORDS } from './receipt-words.ts';
import { reportBlocks } from './report-print.ts';
import { shiftReport } from './shift-report.ts';

const TERMS = { words: RECEIPT_WORDS.en, language: 'en', amount: String, money: String } as const;

test.each([false, true])(
  '[RCP5] a report of a shift in which nothing happened has no rule behind a rule (blind: %s)',
  (blind) => {
    const report = shiftReport([], { shift: 'till-1' as ShiftId, float: 200 as Money }, ZERO);
    const kinds = reportBlocks(report, TERMS, blind).map((block) => (block.kind === 'row' ? block.label : block.kind));
    expect(kinds).toEqual([
      'Sales',
      'Refunds',
      'rule',
      'Float',
      ...(blind ? [] : ['Cash expected']),
      'rule',
      ...(blind ? [] : ['Running total']),
    ]);
  },
);

const figures = {
  ...shiftReport([], { shift: 'till-1' as ShiftId, float: 200 as Money }, ZERO),
  taxes: [
    { taxId: 'none', net: 3_000 as Money, tax: ZERO },
    { taxId: 'old', net: 500 as Money, tax: 50 as Money },
    { taxId: 'ppn11', name: 'PPN 11 %', net: 10_000 as Money, tax: 1_100 as Money },
  ],
  creditPaid: 700 as Money,
  paidBack: [
    { tender: 'card' as const, amount: 900 as Money },
    { tender: 'cash' as const, amount: 700 as Money },
  ],
  unconfirmed: [{ sale: 'till-000000000001' as EntryId, payment: 0, amount: 900 as Money }],
};
const textsOf = (language: 'en' | 'id', blind = false) =>
  reportBlocks(figures, { ...TERMS, words: RECEIPT_WORDS[language], language }, blind).flatMap((block) => {
    if (block.kind === 'row') return [`${block.label}: ${block.amount}`];
    return block.kind === 'text' ? [block.text] : [];
  });

test('[SHF16] a report names taxes as receipts do, and says untaxed in words', () => {
  expect(textsOf('en')).toEqual(
    expect.arrayContaining(['Untaxed: 3000', 'PPN 11 %: 1100', 'Tax old: 50', 'Taxed amount: 10000']),
  );
  expect(textsOf('id')).toEqual(expect.arrayContaining(['Tanpa pajak: 3000', 'PPN 11 %: 1100', 'Pajak old: 50']));
  expect(textsOf('en').filter((text) => text.startsWith('Taxed amount'))).toHaveLength(2);
});

test('[SHF15] store credit paid back is told per tender, the cash that lies in the drawer beside the float', () => {
  expect(textsOf('en')).toEqual(
    expect.arrayContaining(['Store credit paid in cash: 700', 'Store credit paid, Card: 900']),
  );
  expect(textsOf('id')).toEqual(expect.arrayContaining(['Kasbon dibayar tunai: 700', 'Kasbon dibayar, Kartu: 900']));
});

test('[SHF17] a report says that confirmations at other devices are not in it', () => {
  expect(textsOf('en')).toContain('Confirmed here only; see the list of payments.');
  expect(textsOf('id')).toContain('Hanya yang dikonfirmasi di perangkat ini; lihat daftar pembayaran.');
});
