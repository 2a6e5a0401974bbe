import { Button } from '@mantine/core';
import type { SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { CustomerId } from '../../schema/ids.ts';
import { addMoney } from '../../schema/money.ts';
import { payExactly } from '../../schema/receipt.ts';
import { useDevice } from '../app/contexts.ts';
import { useAllow } from '../app/use-allow.ts';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import { AccountText } from './account-text.tsx';
import { AmountField, usePartAmount } from './pay-amount.tsx';
import styles from './pay-dialog.module.css';
import type { Bill } from './use-bill.ts';
import type { PaymentFlow } from './use-payment.ts';

/** Store credit: on the account of the cart's customer. Without one there is nobody to owe it. */
export function PayCredit({ payment, bill }: { payment: PaymentFlow; bill: Bill }) {
  const { t } = useTranslation();
  const customer = payment.cart?.customer;
  if (customer?.id === undefined)
    return (
      <>
        <p className={styles.missing} data-testid="credit-no-customer">
          {t('pay.creditWho')}
        </p>
        <Button size="xl" fullWidth onClick={payment.chooseCustomer} data-testid="credit-choose">
          {t('pay.creditChoose')}
        </Button>
      </>
    );
  return <CreditForm payment={payment} bill={bill} customer={{ id: customer.id, name: customer.name }} />;
}

interface CreditFormProps {
  readonly payment: PaymentFlow;
  readonly bill: Bill;
  readonly customer: { readonly id: CustomerId; readonly name: string };
}

function CreditForm({ payment, bill, customer }: CreditFormProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const allow = useAllow();
  const device = useDevice();
  useLive(device.stock.version);
  const known = useLive(device.company.customers).find((doc) => doc.customer === customer.id);
  const shop = useLive(device.company.settings);
  const limit = known?.creditLimit ?? shop?.creditLimit;
  const part = usePartAmount(payment, bill);
  const owed = device.payments.owes(customer.id);
  const then = part.amount === null ? owed : addMoney(owed, part.amount);
  const isAbove = limit !== undefined && then > limit;
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    const { amount } = part;
    if (amount === null || payment.cart === null) return;
    const subject = `${customer.name}: ${format.money(then)}`;
    const action = isAbove ? 'credit-limit' : 'credit-sale';
    const allowed = await allow({ action, cart: payment.cart.cartId, subject, amount });
    if (allowed.ok) await payment.take(payExactly('credit', amount), allowed.value);
  };
  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate data-testid="pay-credit">
      <AmountField part={part} bill={bill} />
      <AccountText customer={customer} />
      <p className={isAbove ? styles.missing : styles.change} data-testid="credit-then">
        {t(isAbove ? 'pay.creditAbove' : 'pay.creditThen', { limit: format.money(limit ?? then) })}{' '}
        <strong className="num">{format.money(then)}</strong>
      </p>
      <Button
        type="submit"
        onClick={(event) => void submit(event)}
        size="xl"
        fullWidth
        disabled={part.amount === null}
        loading={payment.step === 'writing'}
        data-testid="credit-pay"
      >
        {t('pay.creditTake', { name: customer.name })}
      </Button>
    </form>
  );
}
