import { useTranslation } from 'react-i18next';
import type { SellFault } from '../device/device.ts';

/** Why nothing was written, and what to do, in the person's language. */
export function useFaultText(): (fault: SellFault) => string {
  const { t } = useTranslation();
  return (fault) => t(`till.fault.${fault.code}`, { place: placeOf(fault) });
}

function placeOf(fault: SellFault): string {
  if (fault.code === 'unreadable') return fault.fault.place || fault.fault.code;
  return fault.code === 'card-number' ? fault.place : '';
}
