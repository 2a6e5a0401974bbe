import { Button, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Refund, Sale } from '../../schema/entry/sale.ts';
import { useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import type { ReceiptQuery } from '../device/find-receipts.ts';
import styles from './receipt-search.module.css';

type Found = readonly (Sale | Refund)[] | null;

/** Finds a sale again by what a customer remembers: the amount, the time, the card's last four digits. */
export function ReceiptSearch({ shown, onFound }: { shown: boolean; onFound: (found: Found) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { payments } = useDevice();
  const [typed, setTyped] = useState({ amount: '', last4: '', from: '', to: '' });
  const [fault, setFault] = useState<string | null>(null);
  const query = readQuery(typed, format.parseMoney);
  const find = async (event: FormEvent) => {
    event.preventDefault();
    setFault(query === null ? t('pay.find.bad') : null);
    if (query === null) return;
    const found = await payments.find(query);
    setFault(found.length === 0 ? t('pay.find.none') : null);
    onFound(found);
  };
  const clear = () => {
    setTyped({ amount: '', last4: '', from: '', to: '' });
    setFault(null);
    onFound(null);
  };
  const field = (name: keyof typeof typed, more: object = {}) => (
    <TextInput
      label={t(`pay.find.${name}`)}
      value={typed[name]}
      onChange={(event) => setTyped({ ...typed, [name]: event.currentTarget.value })}
      autoComplete="off"
      data-testid={`find-${name}`}
      {...more}
    />
  );
  return (
    <form className={styles.root} onSubmit={(event) => void find(event)} noValidate aria-label={t('pay.find.title')}>
      {field('amount', { inputMode: 'numeric' })}
      {field('last4', { inputMode: 'numeric', maxLength: 4 })}
      {field('from', { type: 'datetime-local' })}
      {field('to', { type: 'datetime-local' })}
      <Button type="submit" leftSection={<IconSearch size={18} aria-hidden="true" />} data-testid="find-receipts">
        {t('pay.find.search')}
      </Button>
      {shown && (
        <Button variant="default" onClick={clear}>
          {t('pay.find.clear')}
        </Button>
      )}
      {fault && (
        <p className={styles.fault} role="alert" data-testid="find-fault">
          {fault}
        </p>
      )}
    </form>
  );
}

/** Null where nothing was typed, or something that is no amount, no four digits or no time. */
function readQuery(
  typed: Readonly<Record<'amount' | 'last4' | 'from' | 'to', string>>,
  parseMoney: (text: string) => ReceiptQuery['amount'] | null,
): ReceiptQuery | null {
  if (Object.values(typed).every((text) => text.trim() === '')) return null;
  const amount = typed.amount.trim() === '' ? undefined : parseMoney(typed.amount);
  const last4 = typed.last4.trim() || undefined;
  const [from, to] = [timeOf(typed.from), timeOf(typed.to)];
  if (amount === null || (last4 !== undefined && !/^\d{4}$/.test(last4))) return null;
  return Number.isNaN(from) || Number.isNaN(to) ? null : { amount, last4, from, to };
}

/** The device's own time of a field for day and time; undefined when it is empty. */
function timeOf(text: string): number | undefined {
  return text === '' ? undefined : Date.parse(text);
}
