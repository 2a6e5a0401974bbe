import { Button, Modal } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { RECEIPT_WORDS } from '../../schema/receipt-words.ts';
import { reportBlocks } from '../../schema/report-print.ts';
import { mayPerson } from '../../schema/roles.ts';
import { useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import { useLoaded } from '../app/use-loaded.ts';
import { ReceiptPaper } from '../ui/receipt-paper.tsx';

/** What the shift is so far. Who is still to count the drawer blind is not told what should be in it. */
export function XReportDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('shift.act.x')}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      {opened && <XReport />}
    </Modal>
  );
}

function XReport() {
  const { t } = useTranslation();
  const { shift, till, company, printing } = useDevice();
  const { language, money } = useFormat();
  const report = useLoaded(() => shift.report(), useLive(till.version));
  const settings = useLive(company.settings);
  const isBlind = !mayPerson(useLive(company.person)?.role, 'cash-out', settings);
  if (!report) return null;
  const terms = { words: RECEIPT_WORDS[language], language, amount: money, money };
  const blocks = reportBlocks(report, terms, isBlind);
  return (
    <div data-testid="x-report">
      <p>{t(isBlind ? 'shift.xBlind' : 'shift.xHelp')}</p>
      <ReceiptPaper label={t('shift.act.x')} blocks={blocks} />
      <Button
        mt="md"
        variant="default"
        leftSection={<IconPrinter size={20} aria-hidden="true" />}
        onClick={() => void printing.printReport(t('shift.act.x'), blocks)}
        data-testid="x-print"
      >
        {t('till.receipt.print')}
      </Button>
    </div>
  );
}
