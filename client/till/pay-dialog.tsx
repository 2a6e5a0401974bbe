import { Button, Modal, TextInput } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Money, subtractMoney } from '../../schema/money.ts';
import { useFormat } from '../app/use-format.ts';
import styles from './pay-dialog.module.css';
import { quickCash } from './quick-cash.ts';
import type { Payment } from './use-payment.ts';

/** Cash: what is due, what was given, what goes back. Enter confirms. */
export function PayDialog({ payment }: { payment: Payment }) {
  const { t } = useTranslation();
  const phone = useMediaQuery('(max-width: 47.99em)');
  const opened = payment.step === 'asking' || payment.step === 'writing';
  return (
    <Modal
      opened={opened}
      // The receipt opens as this closes; it must not lose the focus again.
      returnFocus={false}
      onClose={payment.close}
      title={t('till.pay.title')}
      size="lg"
      fullScreen={phone === true}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      {payment.due !== null && <CashForm payment={payment} due={payment.due} />}
    </Modal>
  );
}

function CashForm({ payment, due }: { payment: Payment; due: Money }) {
  const { t } = useTranslation();
  const format = useFormat();
  // The exact sum stands there already and is selected: Enter takes it, typing replaces it.
  const [typed, setTyped] = useState(() => format.editable(due));
  const given = format.parseMoney(typed);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (given !== null) void payment.confirm(given);
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate data-testid="pay-dialog">
      <p className={styles.due}>
        {t('till.pay.due')} <strong className="num">{format.money(due)}</strong>
      </p>
      <QuickAmounts due={due} given={given} onChoose={(amount) => setTyped(format.editable(amount))} />
      <TextInput
        label={t('till.pay.given')}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onFocus={(event) => event.currentTarget.select()}
        inputMode={format.currency.digits === 0 ? 'numeric' : 'decimal'}
        autoComplete="off"
        size="xl"
        classNames={{ input: styles.input ?? '' }}
        error={given === null ? t('till.pay.badAmount') : null}
        data-autofocus
        data-testid="cash-given"
      />
      <Change due={due} given={given} />
      {payment.fault && (
        <p className={styles.fault} role="alert">
          {payment.fault}
        </p>
      )}
      <Button
        type="submit"
        size="xl"
        fullWidth
        disabled={given === null || given < due}
        loading={payment.step === 'writing'}
        data-testid="confirm-pay"
      >
        {t('till.pay.confirm')}
      </Button>
    </form>
  );
}

function QuickAmounts({
  due,
  given,
  onChoose,
}: {
  due: Money;
  given: Money | null;
  onChoose: (amount: Money) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className={styles.quick}>
      {quickCash(due, format.currency).map((amount) => (
        <Button
          key={amount}
          variant={amount === given ? 'light' : 'default'}
          size="lg"
          onClick={() => onChoose(amount)}
          aria-pressed={amount === given}
          className="num"
        >
          {amount === due ? t('till.pay.exact') : format.money(amount)}
        </Button>
      ))}
    </div>
  );
}

function Change({ due, given }: { due: Money; given: Money | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const missing = given === null || given < due;
  const amount = given === null ? due : missing ? subtractMoney(due, given) : subtractMoney(given, due);
  return (
    <p className={missing ? styles.missing : styles.change} aria-live="polite">
      {t(missing ? 'till.pay.missing' : 'till.pay.change')}{' '}
      <strong className="num" data-testid="change">
        {format.money(amount)}
      </strong>
    </p>
  );
}
