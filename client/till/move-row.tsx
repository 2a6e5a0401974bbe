import { ActionIcon, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/use-format.ts';
import { decimalMark, exactDecimal } from '../ui/format-money.ts';
import { scaleDigits } from '../ui/format-quantity.ts';
import { parseDecimal } from '../ui/parse-number.ts';
import { isAmount, type MoveLine } from './move-list.ts';
import styles from './move-screen.module.css';

interface MoveRowProps {
  readonly line: MoveLine;
  readonly label: string;
  readonly text: ReactNode;
  readonly onAmount: (amount: number | null) => void;
  readonly onRemove: () => void;
}

/** One product of the list and its number. */
export function MoveRow({ line, label, text, onAmount, onRemove }: MoveRowProps) {
  const { t } = useTranslation();
  const { language } = useFormat();
  const { product, amount } = line;
  const digits = scaleDigits(product.unitScale);
  const [typed, setTyped] = useState('');
  useEffect(() => {
    // A scan counts the number up: the field follows. What is being typed and is no number yet stays as typed.
    if (amount !== null) setTyped(exactDecimal(amount, digits).replace('.', decimalMark(language)));
  }, [amount, digits, language]);
  const change = (next: string) => {
    setTyped(next);
    onAmount(parseDecimal(next, digits, language));
  };
  return (
    <li className={styles.line} data-testid="move-line">
      <span className={styles.what}>
        {product.name}
        <span className={`${styles.detail} num`}>{text}</span>
      </span>
      <TextInput
        aria-label={`${label}: ${product.name}`}
        value={typed}
        onChange={(event) => change(event.currentTarget.value)}
        onFocus={(event) => event.currentTarget.select()}
        inputMode={digits === 0 ? 'numeric' : 'decimal'}
        autoComplete="off"
        error={!isAmount(amount, 0)}
        classNames={{ input: styles.amount ?? '' }}
        data-testid="move-amount"
      />
      <ActionIcon aria-label={t('goods.move.remove', { name: product.name })} onClick={onRemove}>
        <IconX size={20} />
      </ActionIcon>
    </li>
  );
}
