import { useTranslation } from 'react-i18next';
import type { WaitingEntry } from '../device/waiting.ts';
import { useDevice } from './contexts.ts';
import { useLive } from './use-live.ts';

/** Says why something waits: what the server said of it, or how the connection is. */
export function useWhy(): (waiting: Pick<WaitingEntry, 'why' | 'reason'>) => string {
  const { t } = useTranslation();
  const { connection, revoked } = useLive(useDevice().sync.status);
  return ({ why, reason }) => {
    if (why === 'refused') return t('state.why.refused', { reason });
    if (why === 'too-large') return t('state.why.too-large');
    return t(`state.why.next.${revoked ? 'revoked' : connection}`);
  };
}
