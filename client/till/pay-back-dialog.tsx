import { Button, Modal, SegmentedControl, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ZERO } from '../../schema/money.ts';
import { payExactly } from '../../schema/receipt.ts';
import { useDeps, useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { AccountText } from './account-text.tsx';
import { PayBegun } from './pay-begun.tsx';
import styles from './pay-dialog.module.css';
import { paymentReference } from './payment-reference.ts';
import { type Debtor, type PayBackFlow, usePayBack } from './use-pay-back.ts';

const TENDERS = ['cash', 'card', 'qris'] as const;
type Choice = (typeof TENDERS)[number];

interface PayBackProps {
  readonly customer: Debtor;
  readonly onClose: () => void;
}

/** Money that a customer brings for what was bought on store credit. */
export function PayBackDialog({ customer, onClose }: { customer: Debtor | null; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={customer !== null}
      onClose={onClose}
      title={t('pay.credit.backTitle', { name: customer?.name ?? '' })}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      {customer && <PayBack customer={customer} onClose={onClose} />}
    </Modal>
  );
}

function PayBack({ customer, onClose }: PayBackProps) {
  const flow = usePayBack(customer, onClose);
  return (
    <div className={styles.form}>
      <AccountText customer={{ id: customer.customer, name: customer.name }} />
      {flow.begun ? <PayBegun payment={flow} begun={flow.begun} /> : <PayBackForm customer={customer} flow={flow} />}
      {flow.fault && (
        <p className={styles.fault} role="alert">
          {flow.fault}
        </p>
      )}
    </div>
  );
}

function PayBackForm({ customer, flow }: { customer: Debtor; flow: PayBackFlow }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { payments, identity } = useDevice();
  const { newId } = useDeps();
  const [tender, setTender] = useState<Choice>('cash');
  const [typed, setTyped] = useState(() => format.typed(startOf(payments.owes(customer.customer))));
  const parsed = format.parseMoney(typed);
  const amount = parsed !== null && parsed > 0 ? parsed : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (amount === null) return;
    if (tender === 'cash') void flow.take(payExactly('cash', amount));
    else void flow.begin({ tender, amount, reference: paymentReference(identity.till, newId(), 1) });
  };
  const label = (sum: string) =>
    tender === 'cash' ? t('pay.credit.save', { amount: sum }) : t(`pay.${tender}Ask`, { amount: sum });
  return (
    <form className={styles.form} onSubmit={submit} noValidate data-testid="pay-back-form">
      <SegmentedControl
        value={tender}
        onChange={(value) => setTender(value as Choice)}
        data={TENDERS.map((one) => ({
          value: one,
          label: <span data-testid={`pay-back-${one}`}>{t(`pay.tender.${one}`)}</span>,
        }))}
        aria-label={t('pay.tenders')}
        fullWidth
      />
      <TextInput
        label={t('pay.amount')}
        value={typed}
        onChange={(event) => setTyped(format.grouped(event.currentTarget, typed))}
        onFocus={(event) => event.currentTarget.select()}
        inputMode={format.currency.digits === 0 ? 'numeric' : 'decimal'}
        autoComplete="off"
        size="xl"
        classNames={{ input: styles.input ?? '' }}
        error={amount === null ? t('till.pay.badAmount') : null}
        data-autofocus
        data-testid="pay-back-amount"
      />
      <Button
        type="submit"
        size="xl"
        fullWidth
        disabled={amount === null}
        loading={flow.step === 'writing'}
        data-testid="pay-back-save"
      >
        {label(amount === null ? '' : format.money(amount))}
      </Button>
    </form>
  );
}

function startOf(owed: number) {
  return owed > 0 ? (owed as typeof ZERO) : ZERO;
}
