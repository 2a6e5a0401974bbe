import { useCallback, useEffect, useState } from 'react';
import { useDeps, useDevice } from '../app/contexts.ts';
import { useLive } from '../app/use-live.ts';
import type { Inspection } from '../device/device.ts';

/** How often the inspector reads again by itself while it is on the screen. */
const INSPECT_EVERY_MS = 3_000;

/** The newest inspection, read again after every change and every few seconds; null before the first. */
export function useInspection(): { inspection: Inspection | null; refresh: () => void } {
  const { clock } = useDeps();
  const { sync, till } = useDevice();
  const entries = useLive(till.version);
  const [inspection, setInspection] = useState<Inspection | null>(null);
  const refresh = useCallback(() => {
    void sync.inspect().then(setInspection);
  }, [sync]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: an own entry changes outbox and head.
  useEffect(refresh, [refresh, entries]);
  useEffect(() => clock.every(INSPECT_EVERY_MS, refresh), [clock, refresh]);
  return { inspection, refresh };
}
