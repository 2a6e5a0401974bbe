import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { type SyntheticEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Payment } from '../../schema/entry/payment.ts';
import { payExactly } from '../../schema/receipt.ts';
import { useFormat } from '../app/use-format.ts';
import type { BegunPayment } from '../device/payments.ts';
import { CARD_BRANDS, readCardSlip } from './card-slip.ts';
import styles from './pay-dialog.module.css';
import type { AskedFlow } from './use-payment.ts';

/** What the terminal's slip says. What the cashier cannot read is left empty: money that was taken is never refused. */
export function PayCard({ payment, begun }: { payment: AskedFlow; begun: BegunPayment }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [brand, setBrand] = useState<string>(CARD_BRANDS[0]);
  const [last4, setLast4] = useState('');
  const [approval, setApproval] = useState('');
  const slip = readCardSlip({ brand, last4, approval });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!slip.ok) return;
    const paid: Payment = { ...payExactly('card', begun.amount), ...(slip.value ? { card: slip.value } : {}) };
    void payment.take(paid);
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate data-testid="pay-card">
      <p className={styles.missing}>
        {t('pay.cardNow')} <strong className="num">{format.money(begun.amount)}</strong>
      </p>
      <SegmentedControl
        value={brand}
        onChange={setBrand}
        data={[...CARD_BRANDS]}
        aria-label={t('pay.brand')}
        fullWidth
        className={styles.tenders ?? ''}
      />
      <div className={styles.pair}>
        <TextInput
          label={t('pay.last4')}
          value={last4}
          onChange={(event) => setLast4(event.currentTarget.value)}
          inputMode="numeric"
          autoComplete="off"
          size="lg"
          autoFocus
          error={slip.ok ? null : t(`pay.slip.${slip.error}`)}
          data-testid="card-last4"
        />
        <TextInput
          label={t('pay.approval')}
          value={approval}
          onChange={(event) => setApproval(event.currentTarget.value)}
          autoComplete="off"
          size="lg"
          data-testid="card-approval"
        />
      </div>
      <p className={styles.soft}>{t('pay.slipHelp')}</p>
      <Button
        type="submit"
        onClick={submit}
        size="xl"
        fullWidth
        disabled={!slip.ok}
        loading={payment.step === 'writing'}
        data-testid="card-paid"
      >
        {t('pay.cardPaid')}
      </Button>
      <Button variant="default" size="lg" onClick={() => void payment.begin(null)} data-testid="not-paid">
        {t('pay.cardNotPaid')}
      </Button>
    </form>
  );
}
