import { Button, Modal } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { Activity, type KeyboardEvent, useEffectEvent, useLayoutEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useBusy } from '../app/busy.ts';
import { useDevice } from '../app/contexts.ts';
import { isKey } from '../app/keys.ts';
import { useLive } from '../app/use-live.ts';
import { PayBegun } from './pay-begun.tsx';
import { PayChanged } from './pay-changed.tsx';
import styles from './pay-dialog.module.css';
import { PayReminder } from './pay-reminder.tsx';
import { PaySums } from './pay-sums.tsx';
import { PayTenders } from './pay-tenders.tsx';
import { ReceiptBody } from './receipt-dialog.tsx';
import type { Bill } from './use-bill.ts';
import type { PaymentFlow } from './use-payment.ts';

interface PayDialogProps {
  readonly payment: PaymentFlow;
  /** The receipt was closed: on to the next customer. */
  readonly onNext: () => void;
}

/**
 * The money: what is due, in one tender or in parts, and what was taken so far. The receipt takes its place in the same window, which is
 * there already.
 */
export function PayDialog({ payment, onNext }: PayDialogProps) {
  const { t } = useTranslation();
  const phone = useMediaQuery('(max-width: 47.99em)');
  const { sold } = payment;
  const opened = payment.step === 'asking' || payment.step === 'writing';
  useBusy(opened, 'payment');
  useResume(payment);
  return (
    <>
      <Modal
        opened={opened || sold !== null}
        // The receipt gives it to the search.
        returnFocus={false}
        onClose={sold ? onNext : payment.close}
        onKeyDown={ignoreHeldEnter}
        title={t(sold ? 'till.receipt.number' : 'pay.title')}
        size={sold ? 'md' : 'lg'}
        // What a receipt is followed by makes its window longer: what stands in it already stays where it is.
        centered={sold === null}
        fullScreen={phone === true && sold === null}
        closeButtonProps={{ 'aria-label': t('shell.close') }}
      >
        {sold && <ReceiptBody entry={sold} fresh onClose={onNext} />}
        {/* It goes with the window: to take away what has the focus, the browser first styles the whole page anew. */}
        <Activity mode={sold ? 'hidden' : 'visible'}>
          {payment.bill && <PayBody payment={payment} bill={payment.bill} />}
        </Activity>
      </Modal>
      <PayReminder payment={payment} />
    </>
  );
}

/** Money that was taken before this screen was opened is asked about at once. */
function useResume({ step, resume }: PaymentFlow): void {
  const { payments } = useDevice();
  const kept = useLive(payments.taken);
  const goOn = useEffectEvent(() => {
    if (step === 'closed' && kept !== null) resume();
  });
  useLayoutEffect(() => goOn(), []);
}

function PayBody({ payment, bill }: { payment: PaymentFlow; bill: Bill }) {
  const { t } = useTranslation();
  return (
    <div className={styles.form} data-testid="pay-dialog">
      <PayChanged cart={payment.cart?.cartId} />
      {payment.begun === null && <PaySums payment={payment} bill={bill} />}
      <PayNext payment={payment} bill={bill} />
      {payment.fault && (
        <p className={styles.fault} role="alert" data-testid="pay-fault-text">
          {payment.fault}
        </p>
      )}
      {payment.taken.length > 0 && payment.begun === null && <p className={styles.soft}>{t('pay.keptHelp')}</p>}
    </div>
  );
}

/** A key that is held down repeats itself: no part is taken and nothing written by that. */
function ignoreHeldEnter(event: KeyboardEvent): void {
  if (event.repeat && isKey('confirm', event)) event.preventDefault();
}

/** What comes next: an answer of the terminal or phone, the end, money back, or another tender. */
function PayNext({ payment, bill }: { payment: PaymentFlow; bill: Bill }) {
  const { t } = useTranslation();
  if (payment.begun) return <PayBegun payment={payment} begun={payment.begun} />;
  if (bill.isSettledBy(payment.taken))
    return (
      <Button
        size="xl"
        fullWidth
        loading={payment.step === 'writing'}
        onClick={() => void payment.finish()}
        data-autofocus
        data-testid="finish-pay"
      >
        {t('pay.finish')}
      </Button>
    );
  if (bill.isTooMuch) return <p className={styles.missing}>{t('pay.tooMuch')}</p>;
  return <PayTenders payment={payment} bill={bill} />;
}
