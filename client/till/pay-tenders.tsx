import { SegmentedControl } from '@mantine/core';
import { type ReactNode, useEffectEvent, useLayoutEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { KEYS, keyIndex } from '../app/keys.ts';
import { PayAsk } from './pay-ask.tsx';
import { PayCash } from './pay-cash.tsx';
import { PayCredit } from './pay-credit.tsx';
import styles from './pay-dialog.module.css';
import type { Bill } from './use-bill.ts';
import type { PaymentFlow } from './use-payment.ts';

/** In the order of their keys, F6 to F9. */
const TENDERS = ['cash', 'card', 'qris', 'credit'] as const;
type Choice = (typeof TENDERS)[number];

/** Chooses how the next part is paid, and asks for it. */
export function PayTenders({ payment, bill }: { payment: PaymentFlow; bill: Bill }) {
  const { t } = useTranslation();
  const [tender, setTender] = useState<Choice>('cash');
  useTenderKeys(setTender);
  const label = (one: Choice): ReactNode => (
    <span data-testid={`tender-${one}`}>
      {t(`pay.tender.${one}`)} <kbd className={styles.key}>{KEYS.tender.keys[TENDERS.indexOf(one)]}</kbd>
    </span>
  );
  // What is left names the forms: after a part was taken each begins anew.
  const key = `${tender} ${bill.left}`;
  return (
    <>
      <SegmentedControl
        value={tender}
        onChange={(value) => setTender(value as Choice)}
        data={TENDERS.map((one) => ({ value: one, label: label(one) }))}
        aria-label={t('pay.tenders')}
        size="md"
        fullWidth
        className={styles.tenders ?? ''}
      />
      {tender === 'cash' && <PayCash key={key} payment={payment} bill={bill} />}
      {(tender === 'card' || tender === 'qris') && <PayAsk key={key} payment={payment} bill={bill} tender={tender} />}
      {tender === 'credit' && <PayCredit key={key} payment={payment} bill={bill} />}
    </>
  );
}

function useTenderKeys(choose: (tender: Choice) => void): void {
  const act = useEffectEvent((event: KeyboardEvent) => {
    const tender = TENDERS[keyIndex('tender', event)];
    if (tender === undefined) return;
    event.preventDefault();
    choose(tender);
  });
  useLayoutEffect(() => {
    window.addEventListener('keydown', act);
    return () => window.removeEventListener('keydown', act);
  }, []);
}
