import { useCallback, useEffect, useState } from 'react';
import type { BrowserReport } from './abilities.ts';
import { useDeps } from './contexts.ts';

/** What this browser can do, tried when the screen opens; null until that is known. `again` tries anew. */
export function useAbilities(): { readonly report: BrowserReport | null; again(): void } {
  const { probeAbilities } = useDeps();
  const [report, setReport] = useState<BrowserReport | null>(null);
  const again = useCallback(() => void probeAbilities().then(setReport), [probeAbilities]);
  useEffect(again, [again]);
  return { report, again };
}
