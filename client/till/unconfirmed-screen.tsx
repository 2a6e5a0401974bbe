import { Button, TextInput } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { holdsCardNumber } from '../../schema/card-number.ts';
import { addMoney } from '../../schema/money.ts';
import { useDevice } from '../app/contexts.ts';
import { useSay } from '../app/messages.tsx';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import { useNow } from '../app/use-now.ts';
import type { UnconfirmedPayment } from '../device/payments.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Panel } from '../ui/panel.tsx';
import styles from './account-row.module.css';
import screen from './receipts-screen.module.css';
import { useFaultText } from './use-fault-text.ts';

/** Rows shown at once: more than a person compares with a bank's list in one go. */
const SHOWN_MAX = 200;
const NOW_REFRESH_MS = 60_000;

/** Payments that nobody has found in the bank's list yet, of all tills as far as they are known here. */
export default function UnconfirmedScreen() {
  const { t } = useTranslation();
  const format = useFormat();
  const { payments } = useDevice();
  useLive(payments.version);
  const waiting = payments.unconfirmed();
  return (
    <div className={screen.root}>
      <h1 className="visually-hidden">{t('pay.unconfirmed.title')}</h1>
      <Panel
        title={t('pay.unconfirmed.title')}
        aside={t('pay.unconfirmed.sum', { amount: format.money(addMoney(...waiting.map(({ amount }) => amount))) })}
        flush
      >
        {waiting.length === 0 ? (
          <EmptyState
            icon={<IconCircleCheck size={40} />}
            title={t('pay.unconfirmed.none')}
            help={t('pay.unconfirmed.noneHelp')}
          />
        ) : (
          <ul className={screen.list}>
            {waiting.slice(0, SHOWN_MAX).map((one) => (
              <UnconfirmedRow key={`${one.sale}:${one.payment}`} waiting={one} />
            ))}
          </ul>
        )}
      </Panel>
    </div>
  );
}

function UnconfirmedRow({ waiting }: { waiting: UnconfirmedPayment }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(NOW_REFRESH_MS);
  const { receipt, amount, at } = waiting;
  const { typed, setTyped, bad, fault, confirm } = useConfirm(waiting);
  return (
    <li>
      <form className={styles.row} onSubmit={(event) => void confirm(event)} data-testid="unconfirmed-row">
        <span className={`${styles.name} num`}>
          {receipt}
          <small>
            {format.moment(at, now)} · {waiting.reference ?? ''}
          </small>
        </span>
        <strong className="num">{format.money(amount)}</strong>
        <TextInput
          aria-label={`${t('pay.unconfirmed.reference')}, ${receipt}`}
          placeholder={t('pay.unconfirmed.reference')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          maxLength={120}
          autoComplete="off"
          error={bad ? t('pay.unconfirmed.badReference') : fault}
          data-testid="confirm-reference"
        />
        <Button type="submit" disabled={bad} data-testid="confirm-payment">
          {t('pay.unconfirmed.confirm')}
        </Button>
      </form>
    </li>
  );
}

function useConfirm({ sale, payment, receipt, amount }: UnconfirmedPayment) {
  const { t } = useTranslation();
  const format = useFormat();
  const { payments } = useDevice();
  const say = useSay();
  const textOf = useFaultText();
  const [typed, setTyped] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const confirm = async (event: FormEvent) => {
    event.preventDefault();
    const answer = await payments.confirm({ sale, payment, reference: typed.trim() });
    setFault(answer.ok ? null : textOf(answer.error));
    if (answer.ok) say({ tone: 'info', text: t('pay.unconfirmed.done', { receipt, amount: format.money(amount) }) });
  };
  return { typed, setTyped, bad: holdsCardNumber(typed), fault, confirm };
}
