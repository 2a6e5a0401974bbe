import { Button, Modal, SegmentedControl } from '@mantine/core';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Payment, Tender } from '../../schema/entry/payment.ts';
import type { Sale } from '../../schema/entry/sale.ts';
import type { CustomerId, EntryId } from '../../schema/ids.ts';
import { useDevice } from '../app/contexts.ts';
import { useSay } from '../app/messages.tsx';
import { useAllow } from '../app/use-allow.ts';
import { useFormat } from '../app/use-format.ts';
import type { PaidBack } from '../device/payments.ts';
import { correctablePayments } from './correctable-payments.ts';
import styles from './pay-dialog.module.css';
import { useFaultText } from './use-fault-text.ts';
import { useTenderNow } from './use-tender-now.ts';
import { useTenderText } from './use-tender-text.ts';

const TENDERS = ['cash', 'card', 'qris', 'credit'] as const;

/** What was paid: by a sale, or of a customer's store credit. */
export interface Corrected {
  readonly id: EntryId;
  /** The receipt's number, or the customer's name. */
  readonly label: string;
  readonly payments: readonly Payment[];
  /** The places of the payments that may be corrected. */
  readonly places: readonly number[];
  /** Who owes what store credit pays. */
  readonly customer?: CustomerId | undefined;
  /** Store credit pays no store credit back. */
  readonly tenders: readonly Tender[];
}

export function correctedSale(sale: Sale): Corrected {
  const { receipt, payments, customer } = sale.body;
  const places = correctablePayments(sale);
  return { id: sale.id, label: receipt, payments, places, customer: customer?.id, tenders: TENDERS };
}

export function correctedPayBack({ id, name, payment }: PaidBack): Corrected {
  return { id, label: name, payments: [payment], places: [0], tenders: TENDERS.filter((one) => one !== 'credit') };
}

/** A wrong tender, put right by an entry of its own: the sale stays as it is. */
export function CorrectDialog({ of, onClose }: { of: Corrected | null; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={of !== null}
      onClose={onClose}
      title={t('pay.correct.title')}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      {of && <CorrectForm of={of} onClose={onClose} />}
    </Modal>
  );
}

function CorrectForm({ of, onClose }: { of: Corrected; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const textOf = useTenderText();
  const [index, setIndex] = useState(of.places[0] ?? 0);
  const from = useTenderNow(of, index);
  const [to, setTo] = useState<Tender>(from === 'cash' ? 'qris' : 'cash');
  const toId = useId();
  const labelOf = (place: number) => {
    const one = of.payments[place];
    return one ? `${textOf(one)} ${format.money(one.amount)}` : '';
  };
  const lacksCustomer = to === 'credit' && of.customer === undefined;
  const { fault, save, saving } = useSave(of, onClose);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save(index, from, to);
  };
  return (
    <form className={styles.form} onSubmit={submit} data-testid="correct-form">
      <p className={styles.soft}>{t('pay.correct.help')}</p>
      {of.places.length === 1 && (
        <p className={styles.total}>
          {t('pay.correct.which')} <strong className="num">{labelOf(index)}</strong>
        </p>
      )}
      {of.places.length > 1 && (
        <SegmentedControl
          orientation="vertical"
          value={String(index)}
          onChange={(value) => setIndex(Number(value))}
          data={of.places.map((place) => ({ value: String(place), label: labelOf(place) }))}
          aria-label={t('pay.correct.which')}
          fullWidth
        />
      )}
      <p className={styles.soft} id={toId}>
        {t('pay.correct.to')}
      </p>
      <SegmentedControl
        value={to}
        onChange={(value) => setTo(value as Tender)}
        data={of.tenders.map((one) => ({
          value: one,
          label: <span data-testid={`correct-${one}`}>{t(`pay.tender.${one}`)}</span>,
          disabled: one === from,
        }))}
        aria-labelledby={toId}
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

function useSave({ id, label, payments: paid, customer }: Corrected, onDone: () => void) {
  const { t } = useTranslation();
  const { payments } = useDevice();
  const allow = useAllow();
  const say = useSay();
  const textOf = useFaultText();
  const [fault, setFault] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);
  const save = async (payment: number, from: Tender, to: Tender) => {
    const amount = paid[payment]?.amount;
    if (amount === undefined || saving) return;
    const allowed = await allow({ action: 'tender-correction', subject: label, amount });
    if (!allowed.ok) return;
    setSaving(true);
    const more = {
      ...(allowed.value ? { approval: allowed.value } : {}),
      ...(customer && (from === 'credit' || to === 'credit') ? { customer } : {}),
    };
    const answer = await payments.correct({ sale: id, payment, from, to, amount, ...more });
    setSaving(false);
    setFault(answer.ok ? null : textOf(answer.error));
    if (!answer.ok) return;
    say({ tone: 'info', text: t('pay.correct.done', { receipt: label }) });
    onDone();
  };
  return { fault, saving, save };
}
