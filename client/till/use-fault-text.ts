import { useTranslation } from 'react-i18next';
import type { SellFault } from '../device/device.ts';

/** Why nothing was written, and what to do, in the person's language. */
export function useFaultText(): (fault: SellFault) => string {
  const { t } = useTranslation();
  return (fault) =>
    t(`till.fault.${fault.code}`, { place: fault.code === 'unreadable' ? fault.fault.place || fault.fault.code : '' });
}
