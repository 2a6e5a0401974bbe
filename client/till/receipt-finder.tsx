import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Refund, Sale } from '../../schema/entry/sale.ts';
import styles from './receipt-finder.module.css';
import { useFindReceipt } from './use-find-receipt.ts';
import { useScanner } from './use-scanner.ts';

type Receipt = Sale | Refund;

interface ReceiptFinderProps {
  readonly onFound: (entry: Receipt) => void;
  /** False while what is scanned is goods, and no receipt. */
  readonly scans: boolean;
}

/** Opens a receipt by its number or its code, typed or scanned: one of this device, or of any till as far as received. */
export function ReceiptFinder({ onFound, scans }: ReceiptFinderProps) {
  const { t } = useTranslation();
  const findReceipt = useFindReceipt();
  const [typed, setTyped] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const find = async (text: string) => {
    const wanted = text.trim().toUpperCase();
    if (wanted === '') return;
    const found = await findReceipt(wanted);
    setFault(typeof found === 'string' ? found : null);
    if (typeof found !== 'string') onFound(found);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void find(typed);
  };
  useScanner((code) => {
    if (!scans) return;
    setTyped(code);
    void find(code);
  });
  return (
    <form className={styles.root} onSubmit={submit} noValidate>
      <TextInput
        label={t('goods.receipts.find')}
        placeholder={t('goods.receipts.findHint')}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        error={fault}
        className={styles.field ?? ''}
        data-testid="receipt-find"
      />
      <Button type="submit">{t('goods.receipts.open')}</Button>
    </form>
  );
}
