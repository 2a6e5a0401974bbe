import { useLayoutEffect, useState } from 'react';

/** False until the frame that shows who asks first is over: what can wait for that is drawn then. True at once for who does not wait. */
export function useBehindFrame(isAwaited: boolean): boolean {
  const [isBehind, setBehind] = useState(!isAwaited);
  useLayoutEffect(() => {
    if (isBehind) return;
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => setBehind(true));
    });
    return () => cancelAnimationFrame(frame);
  }, [isBehind]);
  return isBehind;
}
