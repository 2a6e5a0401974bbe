import { Button, TextInput } from '@mantine/core';
import { type SyntheticEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Money, subtractMoney } from '../../schema/money.ts';
import { payCash } from '../../schema/receipt.ts';
import { useFormat } from '../app/use-format.ts';
import { PAYMENTS_MAX } from '../device/sell-check.ts';
import { useQuietField } from '../ui/use-quiet-field.ts';
import styles from './pay-dialog.module.css';
import { quickCash } from './quick-cash.ts';
import type { Bill } from './use-bill.ts';
import type { PaymentFlow } from './use-payment.ts';

/** Cash: what was given, what goes back. Less than what is left is taken as a part of it. Enter confirms. */
export function PayCash({ payment, bill }: { payment: PaymentFlow; bill: Bill }) {
  const { t } = useTranslation();
  const format = useFormat();
  const due = bill.cash;
  // The exact sum stands there already and is selected: Enter takes it, typing replaces it.
  const [typed, setTyped] = useState(() => format.typed(due));
  const quiet = useQuietField(format.currency.digits === 0 ? 'numeric' : 'decimal');
  const given = format.parseMoney(typed);
  const isPart = given !== null && given > 0 && given < due;
  const isLast = payment.taken.length + 1 >= PAYMENTS_MAX;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (given !== null) void payment.take(payCash(isPart ? given : due, given));
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      {bill.rounding !== 0 && (
        <p className={styles.total} data-testid="cash-rounded">
          {t('pay.rounded', { amount: format.money(bill.rounding) })}{' '}
          <strong className="num">{format.money(due)}</strong>
        </p>
      )}
      <QuickAmounts due={due} given={given} onChoose={(amount) => setTyped(format.typed(amount))} />
      <TextInput
        label={t('till.pay.given')}
        value={typed}
        onChange={(event) => setTyped(format.grouped(event.currentTarget, typed))}
        onFocus={(event) => event.currentTarget.select()}
        {...quiet}
        autoComplete="off"
        size="xl"
        classNames={{ input: styles.input ?? '' }}
        error={given === null ? t('till.pay.badAmount') : null}
        autoFocus
        data-autofocus
        data-testid="cash-given"
      />
      <Change due={due} given={given} />
      <Button
        type="submit"
        // With the click, which Enter makes too: before it lets a form be sent, the browser looks through all its fields.
        onClick={submit}
        size="xl"
        fullWidth
        disabled={given === null || (given < due && (!isPart || isLast))}
        loading={payment.step === 'writing'}
        data-testid="confirm-pay"
      >
        {isPart ? t('pay.takePart', { amount: format.money(given) }) : t('till.pay.confirm')}
      </Button>
    </form>
  );
}

function QuickAmounts(props: { due: Money; given: Money | null; onChoose: (amount: Money) => void }) {
  const { due, given, onChoose } = props;
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className={styles.quick}>
      {quickCash(due, format.currency).map((amount) => (
        <Button
          key={amount}
          variant={amount === given ? 'light' : 'default'}
          size="lg"
          px="xs"
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
