import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Money, ZERO } from '../../schema/money.ts';
import { piecesTotal } from '../../schema/shift-report.ts';
import { useFormat } from '../app/use-format.ts';
import type { ShiftCount } from '../device/shifts.ts';
import { focusFirstFault } from '../ui/focus-first-fault.ts';
import { cashPieces, parseCount } from './cash-pieces.ts';
import { MoneyField } from './money-field.tsx';
import styles from './shift-screen.module.css';

/** Counts the drawer by notes and coins, or takes its sum where a person counted elsewhere. */
export function CountForm({ onCounted }: { onCounted: (count: ShiftCount) => void }) {
  const { t } = useTranslation();
  const { currency } = useFormat();
  const pieces = cashPieces(currency);
  const [bySum, setBySum] = useState(pieces.length === 0);
  return (
    <div className={styles.form}>
      <p className={styles.help}>{t('shift.blind')}</p>
      {bySum ? <SumForm onCounted={onCounted} /> : <PiecesForm pieces={pieces} onCounted={onCounted} />}
      {pieces.length > 0 && (
        <Button variant="subtle" onClick={() => setBySum(!bySum)} data-testid="count-way">
          {t(bySum ? 'shift.byPieces' : 'shift.bySum')}
        </Button>
      )}
    </div>
  );
}

function PiecesForm({ pieces, onCounted }: { pieces: readonly Money[]; onCounted: (count: ShiftCount) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [typed, setTyped] = useState<readonly string[]>(() => pieces.map(() => ''));
  const counts = typed.map(parseCount);
  const counted = pieces.map((value, index) => ({ value, count: counts[index] ?? 0 }));
  const isWhole = counts.every((count) => count !== null);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!isWhole) focusFirstFault(event.currentTarget);
    else onCounted({ countedCash: piecesTotal(counted), pieces: counted });
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <div className={styles.pieces}>
        {pieces.map((value, index) => (
          <TextInput
            key={value}
            label={format.money(value)}
            value={typed[index] ?? ''}
            onChange={(event) => setTyped(typed.with(index, event.currentTarget.value))}
            placeholder="0"
            inputMode="numeric"
            autoComplete="off"
            size="lg"
            error={counts[index] === null ? t('shift.badCount') : null}
            {...(index === 0 ? { 'data-autofocus': true } : {})}
            data-testid={`pieces-${value}`}
          />
        ))}
      </div>
      <Counted amount={isWhole ? piecesTotal(counted) : ZERO} />
    </form>
  );
}

function SumForm({ onCounted }: { onCounted: (count: ShiftCount) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState(false);
  const amount = format.parseMoney(typed);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (amount !== null && amount >= 0) onCounted({ countedCash: amount });
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <MoneyField label={t('shift.sum')} typed={typed} onType={setTyped} asked={asked} testId="count-sum" />
      <Counted amount={amount ?? ZERO} />
    </form>
  );
}

function Counted({ amount }: { amount: Money }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      <p className={styles.sum} aria-live="polite">
        {t('shift.counted')} <strong className="num">{format.money(amount)}</strong>
      </p>
      <Button type="submit" size="lg" data-testid="count-done">
        {t('shift.countDone')}
      </Button>
    </>
  );
}
