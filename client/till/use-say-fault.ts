import { useTranslation } from 'react-i18next';
import { useSay } from '../app/messages.tsx';
import type { HoldFault } from '../device/drafts.ts';

/** Says why a sheet was not changed. */
export function useSayFault(): (fault: HoldFault) => void {
  const { t } = useTranslation();
  const say = useSay();
  return (fault) => say({ tone: 'warning', text: t(`stocktake.fault.${fault}`) });
}
