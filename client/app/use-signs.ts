import { type WarningSign, warningSigns } from '../device/warning-signs.ts';
import { useDevice } from './contexts.ts';
import { useLive, useLiveSoon } from './use-live.ts';
import { useNow } from './use-now.ts';

const NOW_REFRESH_MS = 5_000;

/** What a cashier should know now of how this device stands. */
export function useSigns(): WarningSign[] {
  const { sync } = useDevice();
  return warningSigns(useLiveSoon(sync.status), useLive(sync.settings), useNow(NOW_REFRESH_MS));
}
