import { useTranslation } from 'react-i18next';
import type { Payment } from '../../schema/entry/payment.ts';

/** How a payment is called: its tender, and of a card the brand and last digits. */
export function useTenderText(): (payment: Pick<Payment, 'tender' | 'card'>) => string {
  const { t } = useTranslation();
  return ({ tender, card }) => (card ? `${card.brand} •••• ${card.last4}` : t(`pay.tender.${tender}`));
}
