import { Button, Modal } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { memo, type RefObject, useEffect, useEffectEvent, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Refund, Sale } from '../../schema/entry/sale.ts';
import { isKey } from '../app/keys.ts';
import { useFormat } from '../app/use-format.ts';
import { useBehindFrame } from '../ui/use-behind-frame.ts';
import { changeOf, paidWords } from './paid-words.ts';
import { ReceiptActs } from './receipt-acts.tsx';
import styles from './receipt-dialog.module.css';
import { ReceiptMarks } from './receipt-marks.tsx';
import { ReceiptPrintState } from './receipt-print-state.tsx';
import { ReceiptSafety } from './receipt-safety.tsx';
import { ReceiptView } from './receipt-view.tsx';

interface ReceiptBodyProps {
  readonly entry: Sale | Refund;
  /** Just written: says so in large letters, with the change. */
  readonly fresh?: boolean;
  readonly onClose: () => void;
  readonly onRefund?: () => void;
  readonly onCorrect?: () => void;
}

interface ReceiptDialogProps extends Omit<ReceiptBodyProps, 'entry'> {
  /** Null when closed. */
  readonly entry: Sale | Refund | null;
}

/** A receipt on the screen: number, lines, tax, change, where it is safe, and the ways to paper. */
export const ReceiptDialog = memo(function ReceiptDialog(props: ReceiptDialogProps) {
  const { t } = useTranslation();
  const title = props.entry?.kind === 'refund' ? t('till.receipt.refunded') : t('till.receipt.number');
  return (
    <Modal
      opened={props.entry !== null}
      onClose={props.onClose}
      title={title}
      // As where a sale is paid: it grows, and nothing in it moves.
      centered={props.fresh !== true}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      {props.entry && <ReceiptBody {...props} entry={props.entry} />}
    </Modal>
  );
});

/** What stands in a receipt's window. */
export function ReceiptBody({ fresh, onClose, ...rest }: ReceiptBodyProps) {
  const { entry } = rest;
  const { t } = useTranslation();
  const next = useRef<HTMLButtonElement>(null);
  useEnter(fresh === true, onClose);
  useFocusSoon(next);
  // What a cashier tells the customer now, and the way on to the next, do not wait for the rest.
  const isWhole = useBehindFrame(fresh === true);
  return (
    <div className={styles.body} data-testid="receipt">
      {fresh && <Paid entry={entry} />}
      <ReceiptMarks entry={entry} />
      <div className={styles.states}>
        <ReceiptSafety id={entry.id} />
        <ReceiptPrintState entry={entry} />
      </div>
      <Button ref={next} size="lg" onClick={onClose} className={styles.next} data-autofocus data-testid="next-customer">
        {t(fresh && entry.kind === 'sale' ? 'till.receipt.next' : 'till.receipt.close')}
      </Button>
      {isWhole && <ReceiptRest {...rest} />}
    </div>
  );
}

/** The ways to paper, what can be done about the receipt, and the receipt itself. */
function ReceiptRest({ entry, onRefund, onCorrect }: Omit<ReceiptBodyProps, 'fresh' | 'onClose'>) {
  const { t } = useTranslation();
  return (
    <>
      <div className={styles.acts}>
        <ReceiptActs entry={entry} />
        {onCorrect && (
          <Button variant="default" size="md" onClick={onCorrect} data-testid="start-correct">
            {t('pay.correct.start')}
          </Button>
        )}
        {onRefund && (
          <Button variant="default" size="md" onClick={onRefund} data-testid="start-refund">
            {t('goods.refund.start')}
          </Button>
        )}
      </div>
      <ReceiptView entry={entry} />
    </>
  );
}

function Paid({ entry }: { entry: Sale | Refund }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { words, amount } = paidWords(entry);
  const { due } = entry.body.totals;
  return (
    <div className={styles.paid} role="status">
      <IconCircleCheck size={36} aria-hidden="true" />
      <span>
        {t(`till.receipt.${words}`)}
        <strong className="num">
          {amount === 'change'
            ? t('till.receipt.change', { amount: format.money(changeOf(entry)) })
            : format.money(due)}
        </strong>
      </span>
    </div>
  );
}

/** Before it is painted: where the receipt takes the place of the money's window, nothing else moves the focus, or goes back to the top. */
function useFocusSoon(button: RefObject<HTMLButtonElement | null>): void {
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      button.current?.closest('[role="dialog"]')?.scrollTo(0, 0);
      button.current?.focus({ preventScroll: true });
    });
    return () => cancelAnimationFrame(frame);
  }, [button]);
}

/** Enter goes on to the next customer wherever the focus is; on a button it does what the button says. */
function useEnter(enabled: boolean, act: () => void): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (!enabled || !isKey('next', event)) return;
    // Still held from paying: not even the button under the focus may go on by itself.
    if (event.repeat) return event.preventDefault();
    if (event.target instanceof HTMLButtonElement) return;
    event.preventDefault();
    act();
  });
  useLayoutEffect(() => {
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}
