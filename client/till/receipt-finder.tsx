import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Refund, Sale } from '../../schema/entry/sale.ts';
import { useDevice } from '../app/contexts.ts';
import styles from './receipt-finder.module.css';

/** Opens a receipt by its number: one of this device, or of any till as far as received. */
export function ReceiptFinder({ onFound }: { onFound: (entry: Sale | Refund) => void }) {
  const { t } = useTranslation();
  const { till } = useDevice();
  const [typed, setTyped] = useState('');
  const [missing, setMissing] = useState<string | null>(null);
  const find = async (event: FormEvent) => {
    event.preventDefault();
    const receipt = typed.trim().toUpperCase();
    if (receipt === '') return;
    const entry = await till.findReceipt(receipt);
    setMissing(entry ? null : receipt);
    if (entry) onFound(entry);
  };
  return (
    <form className={styles.root} onSubmit={(event) => void find(event)} noValidate>
      <TextInput
        label={t('goods.receipts.find')}
        placeholder={t('goods.receipts.findHint')}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        error={missing === null ? null : t('goods.receipts.notFound', { receipt: missing })}
        className={styles.field ?? ''}
        data-testid="receipt-find"
      />
      <Button type="submit">{t('goods.receipts.open')}</Button>
    </form>
  );
}
