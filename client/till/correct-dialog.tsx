import { Button, Modal, SegmentedControl } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Tender } from '../../schema/entry/payment.ts';
import type { Sale } from '../../schema/entry/sale.ts';
import { useDevice } from '../app/contexts.ts';
import { useSay } from '../app/messages.tsx';
import { useAllow } from '../app/use-allow.ts';
import { useFormat } from '../app/use-format.ts';
import { correctablePayments } from './correctable-payments.ts';
import styles from './pay-dialog.module.css';
import { useFaultText } from './use-fault-text.ts';
import { useTenderNow } from './use-tender-now.ts';
import { useTenderText } from './use-tender-text.ts';

const TENDERS = ['cash', 'card', 'qris', 'credit'] as const;

/** A wrong tender, put right by an entry of its own: the sale stays as it is. */
export function CorrectDialog({ sale, onClose }: { sale: Sale | null; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={sale !== null}
      onClose={onClose}
      title={t('pay.correct.title')}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      {sale && <CorrectForm sale={sale} onClose={onClose} />}
    </Modal>
  );
}

function CorrectForm({ sale, onClose }: { sale: Sale; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const textOf = useTenderText();
  const correctable = correctablePayments(sale);
  const [index, setIndex] = useState(correctable[0] ?? 0);
  const from = useTenderNow(sale, index);
  const [to, setTo] = useState<Tender>(from === 'cash' ? 'qris' : 'cash');
  const labelOf = (place: number) => {
    const one = sale.body.payments[place];
    return one ? `${textOf(one)} ${format.money(one.amount)}` : '';
  };
  const lacksCustomer = to === 'credit' && sale.body.customer?.id === undefined;
  const { fault, save, saving } = useSave(sale, onClose);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save(index, from, to);
  };
  return (
    <form className={styles.form} onSubmit={submit} data-testid="correct-form">
      <p className={styles.soft}>{t('pay.correct.help')}</p>
      {correctable.length > 1 && (
        <SegmentedControl
          orientation="vertical"
          value={String(index)}
          onChange={(value) => setIndex(Number(value))}
          data={correctable.map((place) => ({ value: String(place), label: labelOf(place) }))}
          aria-label={t('pay.correct.which')}
          fullWidth
        />
      )}
      <SegmentedControl
        value={to}
        onChange={(value) => setTo(value as Tender)}
        data={TENDERS.map((one) => ({
          value: one,
          label: <span data-testid={`correct-${one}`}>{t(`pay.tender.${one}`)}</span>,
          disabled: one === from,
        }))}
        aria-label={t('pay.correct.to')}
        fullWidth
      />
      {(lacksCustomer || fault) && (
        <p className={styles.fault} role="alert">
          {lacksCustomer ? t('pay.correct.needsCustomer') : fault}
        </p>
      )}
      <Button
        type="submit"
        size="lg"
        disabled={lacksCustomer || to === from}
        loading={saving}
        data-testid="correct-save"
      >
        {t('pay.correct.save')}
      </Button>
    </form>
  );
}

function useSave(sale: Sale, onDone: () => void) {
  const { t } = useTranslation();
  const { payments } = useDevice();
  const allow = useAllow();
  const say = useSay();
  const textOf = useFaultText();
  const [fault, setFault] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);
  const save = async (payment: number, from: Tender, to: Tender) => {
    const amount = sale.body.payments[payment]?.amount;
    if (amount === undefined || saving) return;
    const { receipt, customer } = sale.body;
    const allowed = await allow({ action: 'tender-correction', subject: receipt, amount });
    if (!allowed.ok) return;
    setSaving(true);
    const more = {
      ...(allowed.value ? { approval: allowed.value } : {}),
      ...(customer?.id && (from === 'credit' || to === 'credit') ? { customer: customer.id } : {}),
    };
    const answer = await payments.correct({ sale: sale.id, payment, from, to, amount, ...more });
    setSaving(false);
    setFault(answer.ok ? null : textOf(answer.error));
    if (!answer.ok) return;
    say({ tone: 'info', text: t('pay.correct.done', { receipt }) });
    onDone();
  };
  return { fault, saving, save };
}
