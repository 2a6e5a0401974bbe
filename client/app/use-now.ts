import { useEffect, useState } from 'react';
import { useDeps } from './contexts.ts';

/** The time now, drawn again every `everyMs`: for ages such as "12 s ago". */
export function useNow(everyMs: number): number {
  const { clock } = useDeps();
  const [now, setNow] = useState(() => clock.now());
  useEffect(() => clock.every(everyMs, () => setNow(clock.now())), [clock, everyMs]);
  return now;
}
