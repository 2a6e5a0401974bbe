import { useTranslation } from 'react-i18next';
import { refusedReason } from './refused-reason.ts';

/** Why the server did not take a change, in a sentence. */
export function useRefusedText(): (reason: string) => string {
  const { t } = useTranslation();
  return (reason) => t(`manage.refused.${refusedReason(reason)}`, { reason });
}
