import { Button } from '@mantine/core';
import { IconFileTypePdf, IconPrinter, IconShare } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { layOutReceipt, PAPER_COLUMNS } from '../../schema/receipt-layout.ts';
import type { PrintableEntry } from '../../schema/receipt-print.ts';
import { useDeps, useDevice } from '../app/contexts.ts';
import { useSay } from '../app/messages.tsx';
import { useLive } from '../app/use-live.ts';

/** The ways of a receipt to the customer: paper, PDF, and another app where the browser can share. */
export function ReceiptActs({ entry }: { entry: PrintableEntry }) {
  const { t } = useTranslation();
  const { printing } = useDevice();
  const share = useShareReceipt(entry);
  return (
    <>
      <Button
        variant="default"
        size="md"
        leftSection={<IconPrinter size={20} aria-hidden="true" />}
        onClick={() => void printing.print(entry)}
        data-testid="receipt-print"
      >
        {t('till.receipt.print')}
      </Button>
      <Button
        variant="default"
        size="md"
        leftSection={<IconFileTypePdf size={20} aria-hidden="true" />}
        onClick={() => void printing.print(entry, 'page')}
        data-testid="receipt-pdf"
      >
        {t('printing.pdf')}
      </Button>
      {share && (
        <Button
          variant="default"
          size="md"
          leftSection={<IconShare size={20} aria-hidden="true" />}
          onClick={share}
          data-testid="receipt-share"
        >
          {t('printing.share')}
        </Button>
      )}
    </>
  );
}

/** A person who gives up sharing needs no sentence; a browser that fails does. */
const GIVEN_UP = 'AbortError';

function useShareReceipt(entry: PrintableEntry): (() => void) | null {
  const { t } = useTranslation();
  const { page } = useDeps();
  const { printing } = useDevice();
  const { language } = useLive(printing.settings);
  const say = useSay();
  if (page.share === null) return null;
  const lines = layOutReceipt(printing.blocks(entry, language), PAPER_COLUMNS[58]);
  const text = lines.map((line) => (line.kind === 'text' ? line.text : line.code)).join('\n');
  return () => {
    page.share?.(text).catch((error: unknown) => {
      if (error instanceof DOMException && error.name === GIVEN_UP) return;
      say({ tone: 'warning', text: t('printing.shareFailed') });
    });
  };
}
