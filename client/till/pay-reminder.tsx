import { Button } from '@mantine/core';
import { IconCash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { paidBy } from '../../schema/settle-payments.ts';
import { useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import styles from './pay-reminder.module.css';
import type { PaymentFlow } from './use-payment.ts';

/** Money was taken, and its sale is not written: said on the selling screen until it is, or until the money went back. */
export function PayReminder({ payment }: { payment: PaymentFlow }) {
  const { t } = useTranslation();
  const format = useFormat();
  const kept = useLive(useDevice().payments.taken);
  if (kept === null || payment.step !== 'closed') return null;
  return (
    <div className={styles.root} role="status" data-testid="pay-reminder">
      <IconCash size={24} aria-hidden="true" />
      <span className={styles.text}>
        {kept.payments.length > 0
          ? t('pay.keptMoney', { amount: format.money(paidBy(kept.payments)) })
          : t('pay.keptBegun', { amount: format.money(kept.begun?.amount ?? paidBy([])) })}
      </span>
      <Button onClick={payment.resume} data-testid="pay-resume">
        {t('pay.goOn')}
      </Button>
    </div>
  );
}
