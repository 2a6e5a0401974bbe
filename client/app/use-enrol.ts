import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ERROR_TEXTS } from '../../schema/protocol/error.ts';
import type { EnrolFault } from '../device/enrol-device.ts';
import { useDeps } from './contexts.ts';
import type { EnrolWish } from './deps.ts';
import { type EnrolTypo, findEnrolTypo } from './enrol-check.ts';
import { useLanguage } from './use-format.ts';

interface Enrolling {
  readonly busy: boolean;
  /** What went wrong and what to do, in the person's language; null when nothing did. */
  readonly fault: string | null;
  enrol(wish: EnrolWish): Promise<void>;
}

/** Enrols this slot; the fault is kept as a code, so that it follows a change of language. */
export function useEnrol(onEnrolled: () => void): Enrolling {
  const { door } = useDeps();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<EnrolTypo | EnrolFault | null>(null);
  const textOf = useFaultText();
  const enrol = async (wish: EnrolWish) => {
    const typo = findEnrolTypo(wish.code, wish.serverAddress);
    setFault(typo);
    if (typo) return;
    setBusy(true);
    const answer = await door.enrol(wish);
    setBusy(false);
    if (answer.ok || answer.error === 'already-enrolled') onEnrolled();
    else setFault(answer.error);
  };
  return { busy, fault: fault === null ? null : textOf(fault), enrol };
}

function useFaultText(): (fault: EnrolTypo | EnrolFault) => string {
  const { t } = useTranslation();
  const language = useLanguage();
  return (fault) => {
    if (typeof fault === 'object')
      return t(`enrol.fault.${fault.code}`, { count: fault.code === 'short' ? fault.count : 0 });
    switch (fault) {
      case 'offline':
      case 'not-the-server':
        return t('enrol.fault.offline');
      case 'bad-address':
        return t('enrol.fault.address');
      case 'already-enrolled':
        return '';
      default:
        return ERROR_TEXTS[fault][language];
    }
  };
}
