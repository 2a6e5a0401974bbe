import { Button, Modal, SegmentedControl, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CustomerDoc } from '../../schema/company.ts';
import { ZERO } from '../../schema/money.ts';
import { payExactly } from '../../schema/receipt.ts';
import { useDevice } from '../app/contexts.ts';
import { useSay } from '../app/messages.tsx';
import { useFormat } from '../app/use-format.ts';
import { AccountText } from './account-text.tsx';
import styles from './pay-dialog.module.css';
import { useFaultText } from './use-fault-text.ts';

/** How a debt is paid back; a terminal and QRIS are asked outside this dialog. */
const TENDERS = ['cash', 'card', 'qris'] as const;
type Choice = (typeof TENDERS)[number];

/** Money that a customer brings for what was bought on store credit. */
export function PayBackDialog({ customer, onClose }: { customer: CustomerDoc | null; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={customer !== null}
      onClose={onClose}
      title={t('pay.credit.backTitle', { name: customer?.name ?? '' })}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      {customer && <PayBackForm customer={customer} onClose={onClose} />}
    </Modal>
  );
}

function PayBackForm({ customer, onClose }: { customer: CustomerDoc; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { payments } = useDevice();
  const [tender, setTender] = useState<Choice>('cash');
  const [typed, setTyped] = useState(() => format.editable(startOf(payments.owes(customer.customer))));
  const parsed = format.parseMoney(typed);
  const amount = parsed !== null && parsed > 0 ? parsed : null;
  const { fault, save, saving } = useSave(customer, onClose);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (amount !== null) void save({ ...payExactly(tender, amount), confirmed: tender !== 'qris' });
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate data-testid="pay-back-form">
      <AccountText customer={{ id: customer.customer, name: customer.name }} />
      <SegmentedControl
        value={tender}
        onChange={(value) => setTender(value as Choice)}
        data={TENDERS.map((one) => ({ value: one, label: t(`pay.tender.${one}`) }))}
        aria-label={t('pay.tenders')}
        fullWidth
      />
      <TextInput
        label={t('pay.amount')}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onFocus={(event) => event.currentTarget.select()}
        inputMode={format.currency.digits === 0 ? 'numeric' : 'decimal'}
        autoComplete="off"
        size="xl"
        classNames={{ input: styles.input ?? '' }}
        error={amount === null ? t('till.pay.badAmount') : fault}
        data-autofocus
        data-testid="pay-back-amount"
      />
      <Button type="submit" size="xl" fullWidth disabled={amount === null} loading={saving} data-testid="pay-back-save">
        {t('pay.credit.save', { amount: amount === null ? '' : format.money(amount) })}
      </Button>
    </form>
  );
}

function startOf(owed: number) {
  return owed > 0 ? (owed as typeof ZERO) : ZERO;
}

function useSave(customer: CustomerDoc, onDone: () => void) {
  const { t } = useTranslation();
  const format = useFormat();
  const { payments } = useDevice();
  const say = useSay();
  const textOf = useFaultText();
  const [fault, setFault] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);
  const save = async (payment: ReturnType<typeof payExactly>) => {
    if (saving) return;
    setSaving(true);
    const { customer: id, name } = customer;
    const answer = await payments.payBack({ customer: id, name, payment });
    setSaving(false);
    setFault(answer.ok ? null : textOf(answer.error));
    if (!answer.ok) return;
    say({ tone: 'info', text: t('pay.credit.done', { name, amount: format.money(payment.amount) }) });
    onDone();
  };
  return { fault, saving, save };
}
