import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Refund, Sale } from '../../schema/entry/sale.ts';
import type { Cart } from '../../schema/receipt.ts';
import { useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import styles from './refund-form.module.css';
import { planRefund, type RefundPlan, type RefundTender, refundTenders, tendersFor } from './refund-plan.ts';
import { useGiveBack } from './use-give-back.ts';
import { useOwedOf } from './use-owed-of.ts';

interface RefundFootProps {
  readonly cart: Cart;
  readonly sale?: Sale;
  /** What goes out in exchange. */
  readonly goods?: Cart | null;
  readonly onDone: (refund: Refund) => void;
}

/** Why it comes back, how the money does, and the writing of it. */
export function RefundFoot({ cart, sale = undefined, goods = null, onDone }: RefundFootProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { company } = useDevice();
  const giveBack = useGiveBack();
  const [reason, setReason] = useState('');
  const [tender, setTender] = useState<RefundTender>('cash');
  const [asked, setAsked] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const [isWriting, setWriting] = useState(false);
  const rules = useLive(company.rules);
  const owed = useOwedOf(sale ?? null);
  const planned = (by: RefundTender) => planRefund({ cart, sale: sale ?? null, goods }, by, rules, owed);
  // In cash small sums may round to nothing; who owes whom is the same by any other.
  const tenders = tendersFor(refundTenders(sale ?? null, goods !== null), planned('card')?.rest.who ?? 'even');
  const chosen = tenders.includes(tender) ? tender : 'cash';
  const plan = planned(chosen);
  const write = async (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (reason.trim() === '' || plan === null || isWriting) return;
    setWriting(true);
    const written = await giveBack({ cart, sale: sale ?? null, goods, plan, reason: reason.trim() });
    setWriting(false);
    if (written.ok) onDone(written.value);
    else setFault(written.error);
  };
  return (
    <form className={styles.root} onSubmit={(event) => void write(event)} noValidate>
      <TextInput
        label={t('goods.refund.reason')}
        placeholder={t('goods.refund.reasonHint')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        maxLength={200}
        error={asked && reason.trim() === '' ? t('goods.refund.needReason') : null}
        data-testid="refund-reason"
      />
      {plan !== null && plan.onAccount > 0 && (
        <p className={styles.detail} role="status" data-testid="refund-on-account">
          {t('goods.refund.onAccount', { amount: format.money(plan.onAccount), name: sale?.body.customer?.name ?? '' })}
        </p>
      )}
      {tenders.length > 1 && plan?.rest.who !== 'even' && (plan === null || plan.rest.amount > 0) && (
        <SegmentedControl
          aria-label={t('goods.refund.tender')}
          value={chosen}
          onChange={(value) => setTender(value as RefundTender)}
          data={tenders.map((one) => ({ value: one, label: t(`pay.tender.${one}`) }))}
          data-testid="refund-tender"
        />
      )}
      {fault && (
        <p className={styles.fault} role="alert">
          {fault}
        </p>
      )}
      <Button type="submit" size="xl" disabled={plan === null} loading={isWriting} data-testid="refund-confirm">
        <ConfirmText plan={plan} isExchange={goods !== null} />
      </Button>
    </form>
  );
}

function ConfirmText({ plan, isExchange }: { plan: RefundPlan | null; isExchange: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (plan === null) return t(isExchange ? 'goods.exchange.nothing' : 'goods.refund.nothing');
  const amount = format.money(plan.rest.amount);
  if (plan.onAccount > 0 && plan.rest.amount === 0)
    return t('goods.refund.takeOff', { amount: format.money(plan.onAccount) });
  return isExchange ? t(`goods.exchange.${plan.rest.who}`, { amount }) : t('goods.refund.give', { amount });
}
