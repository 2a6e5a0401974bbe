import { Button, Modal } from '@mantine/core';
import { IconCircleCheck, IconPrinter } from '@tabler/icons-react';
import { useEffectEvent, useLayoutEffect } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { Refund, Sale } from '../../schema/entry/sale.ts';
import { addMoney, ZERO } from '../../schema/money.ts';
import { useDeps } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import styles from './receipt-dialog.module.css';
import { ReceiptSafety } from './receipt-safety.tsx';
import { ReceiptView } from './receipt-view.tsx';

interface ReceiptDialogProps {
  /** Null when closed. */
  readonly entry: Sale | Refund | null;
  /** Just written: says so in large letters, with the change. */
  readonly fresh?: boolean;
  readonly onClose: () => void;
  readonly onRefund?: () => void;
}

/** A receipt on the screen: number, lines, tax, change, and where it is safe. */
export function ReceiptDialog(props: ReceiptDialogProps) {
  const { t } = useTranslation();
  const title = props.entry?.kind === 'refund' ? t('till.receipt.refunded') : t('till.receipt.number');
  return (
    <Modal
      opened={props.entry !== null}
      onClose={props.onClose}
      title={title}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      {props.entry && <ReceiptBody {...props} entry={props.entry} />}
    </Modal>
  );
}

function ReceiptBody({ entry, fresh, onClose, onRefund }: ReceiptDialogProps & { entry: Sale | Refund }) {
  const { t } = useTranslation();
  const { page } = useDeps();
  useEnter(fresh === true, onClose);
  return (
    <div className={styles.body} data-testid="receipt">
      {fresh && <Paid entry={entry} />}
      <ReceiptSafety id={entry.id} />
      <div className={styles.acts}>
        <Button
          variant="default"
          size="lg"
          leftSection={<IconPrinter size={20} aria-hidden="true" />}
          onClick={() => page.print()}
        >
          {t('till.receipt.print')}
        </Button>
        {onRefund && (
          <Button variant="default" size="lg" onClick={onRefund} data-testid="start-refund">
            {t('goods.refund.start')}
          </Button>
        )}
        <Button size="lg" onClick={onClose} className={styles.next} data-autofocus data-testid="next-customer">
          {t(fresh ? 'till.receipt.next' : 'till.receipt.close')}
        </Button>
      </div>
      <ReceiptView body={entry.body} kind={entry.kind} at={entry.at} person={entry.person} />
      {createPortal(
        <div className="print-root">
          <ReceiptView body={entry.body} kind={entry.kind} at={entry.at} person={entry.person} />
        </div>,
        document.body,
      )}
    </div>
  );
}

function Paid({ entry }: { entry: Sale | Refund }) {
  const { t } = useTranslation();
  const format = useFormat();
  const change = addMoney(...entry.body.payments.map((payment) => payment.change ?? ZERO));
  return (
    <div className={styles.paid} role="status">
      <IconCircleCheck size={36} aria-hidden="true" />
      <span>
        {t(entry.kind === 'sale' ? 'till.receipt.paid' : 'till.receipt.refunded')}
        <strong className="num">
          {entry.kind === 'sale'
            ? t('till.receipt.change', { amount: format.money(change) })
            : format.money(entry.body.totals.due)}
        </strong>
      </span>
    </div>
  );
}

/** Enter goes on to the next customer wherever the focus is; on a button it does what the button says. */
function useEnter(enabled: boolean, act: () => void): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (!enabled || event.key !== 'Enter' || event.repeat || event.target instanceof HTMLButtonElement) return;
    event.preventDefault();
    act();
  });
  useLayoutEffect(() => {
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}
