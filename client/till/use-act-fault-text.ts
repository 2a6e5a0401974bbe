import { useTranslation } from 'react-i18next';
import type { ActFault } from './use-cart-acts.ts';

/** Why an act changed nothing, and what to do; null for one that somebody gave up themselves. */
export function useActFaultText(): (fault: ActFault | null) => string | null {
  const { t } = useTranslation();
  return (fault) => (fault === null || fault === 'cancelled' ? null : t(`sell.fault.${fault}`));
}
