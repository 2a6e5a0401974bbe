import { useTranslation } from 'react-i18next';
import { ERROR_TEXTS } from '../../schema/protocol/error.ts';
import type { Result } from '../../schema/result.ts';
import { useSay } from '../app/messages.tsx';
import { useLanguage } from '../app/use-format.ts';
import type { CareFault } from '../device/device-care.ts';

/** Does something about another device, and says how it went. True when it was done. */
export function useCareAct(): (act: Promise<Result<null, CareFault>>, done: string) => Promise<boolean> {
  const { t } = useTranslation();
  const language = useLanguage();
  const say = useSay();
  return async (act, done) => {
    const answer = await act;
    if (answer.ok) say({ tone: 'info', text: done });
    else {
      const why = answer.error === 'offline' ? t('office.devices.offline') : ERROR_TEXTS[answer.error][language];
      say({ tone: 'warning', text: t('care.failed', { why }) });
    }
    return answer.ok;
  };
}
