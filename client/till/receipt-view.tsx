import { useMemo } from 'react';
import type { PrintableEntry } from '../../schema/receipt-print.ts';
import { useDevice } from '../app/contexts.ts';
import { useLanguage } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import { useReceiptCode } from '../app/use-receipt-code.ts';
import { ReceiptPaper } from '../ui/receipt-paper.tsx';

/** A receipt or report on the screen, in the words of the person who looks at it. */
export function ReceiptView({ entry }: { entry: PrintableEntry }) {
  const { company, printing } = useDevice();
  const language = useLanguage();
  const shop = useLive(company.settings);
  const branch = useLive(company.branch);
  const people = useLive(company.people);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the shop is called is read from the company's documents.
  const blocks = useMemo(() => printing.blocks(entry, language), [printing, entry, language, shop, branch, people]);
  const number =
    'receipt' in entry.body ? entry.body.receipt : String('zNo' in entry.body ? entry.body.zNo : entry.seq);
  return <ReceiptPaper label={number} number={number} blocks={blocks} code={useReceiptCode(blocks) ?? undefined} />;
}
