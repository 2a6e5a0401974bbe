import { useTranslation } from 'react-i18next';
import { ERROR_TEXTS } from '../../schema/protocol/error.ts';
import type { OnlineFault, PersonAtDoor, PinFault } from '../device/people.ts';
import { useLanguage } from './use-format.ts';

/** Why a PIN did not do, and what to do now. */
export function usePinText(): (fault: PinFault | OnlineFault, person: PersonAtDoor | undefined) => string {
  const { t } = useTranslation();
  const language = useLanguage();
  return (fault, person) => {
    switch (fault.code) {
      case 'wrong':
        return t('people.fault.wrong', { count: fault.left });
      case 'locked':
        return t('people.lockedOut', { name: person?.name ?? '' });
      case 'refused':
        return fault.error ? ERROR_TEXTS[fault.error][language] : t('people.fault.other');
      case 'wait':
      case 'no-verifier':
      case 'no-pin':
      case 'not-allowed':
      case 'not-active':
      case 'not-written':
      case 'offline':
        return t(`people.fault.${fault.code}`);
      default:
        return t('people.fault.other');
    }
  };
}
