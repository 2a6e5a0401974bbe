import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { payExactly } from '../../schema/receipt.ts';
import { useFormat } from '../app/use-format.ts';
import type { BegunPayment } from '../device/payments.ts';
import styles from './pay-dialog.module.css';
import { QrisCode } from './qris-code.tsx';
import type { AskedFlow } from './use-payment.ts';

/** The code for the customer's phone. Nobody here can know whether it paid: the payment waits for its confirmation. */
export function PayQris({ payment, begun }: { payment: AskedFlow; begun: BegunPayment }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { amount, reference } = begun;
  const paid = () => payment.take({ ...payExactly('qris', amount), reference, confirmed: false });
  return (
    <div className={styles.form} data-testid="pay-qris">
      <p className={styles.due}>
        {t('pay.tender.qris')} <strong className="num">{format.money(amount)}</strong>
      </p>
      <QrisCode amount={amount} reference={reference} />
      <p className={styles.soft}>{t('pay.qrisCheck')}</p>
      <Button
        size="xl"
        fullWidth
        loading={payment.step === 'writing'}
        onClick={() => void paid()}
        data-autofocus
        autoFocus
        data-testid="qris-paid"
      >
        {t('pay.qrisPaid')}
      </Button>
      <Button variant="default" size="lg" onClick={() => void payment.begin(null)} data-testid="not-paid">
        {t('pay.qrisNotPaid')}
      </Button>
    </div>
  );
}
