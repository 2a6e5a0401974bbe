import { expect, test } from 'vitest';
import type { ShiftId } from './ids.ts';
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
