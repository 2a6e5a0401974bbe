import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useDevice } from './contexts.ts';
import styles from './shell.module.css';
import { useFormat } from './use-format.ts';
import { useLive } from './use-live.ts';

/** Where debts are paid back. */
const CREDIT = '/credit';

/** On every other screen: a terminal or phone was asked for store credit, and nobody has said whether it paid. */
export function PayingBackNotice() {
  const { t } = useTranslation();
  const format = useFormat();
  const [path, navigate] = useLocation();
  const asked = useLive(useDevice().payments.payingBack);
  if (asked === null || path === CREDIT) return null;
  return (
    <div className={styles.notice} role="alert" data-testid="notice-paying-back">
      <span>{t('pay.credit.begun', { name: asked.name, amount: format.money(asked.begun.amount) })}</span>
      <Button onClick={() => navigate(CREDIT)}>{t('pay.goOn')}</Button>
    </div>
  );
}
