import { useTranslation } from 'react-i18next';
import { useDeps } from './contexts.ts';
import { useSay } from './messages.tsx';

/** Opens this device's customer display, or shows the window that is open. Says so where the browser opens none. */
export function useOpenDisplay(): () => void {
  const { t } = useTranslation();
  const { page, slot } = useDeps();
  const say = useSay();
  return () => {
    if (!page.openWindow(`/display.html#${slot}`, `laci-display-${slot}`))
      say({ tone: 'warning', text: t('display.blocked') });
  };
}
