import type { Cancel } from './device-deps.ts';
import { type DoubleCorrectionsDeps, watchDoubleCorrections } from './double-corrections.ts';
import { type DoubleRefundsDeps, watchDoubleRefunds } from './double-refunds.ts';

/** Tells of what two devices did without knowing of each other. Gives the way to stop. */
export function watchDoubles(deps: DoubleRefundsDeps & DoubleCorrectionsDeps): Cancel {
  const stops = [watchDoubleRefunds(deps), watchDoubleCorrections(deps)];
  return () => {
    for (const stop of stops) stop();
  };
}
