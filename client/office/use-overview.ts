import { useCallback, useEffect, useState } from 'react';
import type { DeviceOverview } from '../../schema/protocol/device-care.ts';
import type { Result } from '../../schema/result.ts';
import { useDevice } from '../app/contexts.ts';
import { useNow } from '../app/use-now.ts';
import type { CareFault } from '../device/device-care.ts';

/** How often an open screen asks again, in milliseconds. */
const ASK_MS = 10_000;

/** What the server knows of the other devices, asked again while the screen is open; undefined before the first answer. */
export function useOverview(): {
  readonly overview: DeviceOverview | undefined;
  readonly fault: CareFault | null;
  readonly ask: () => void;
} {
  const { care } = useDevice();
  const turn = Math.floor(useNow(ASK_MS) / ASK_MS);
  const [asked, setAsked] = useState(0);
  const [answer, setAnswer] = useState<Result<DeviceOverview, CareFault>>();
  const [held, setHeld] = useState<DeviceOverview>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: each turn, and each call of ask, reads again.
  useEffect(() => {
    let current = true;
    void care.overviewNow().then((next) => {
      if (!current) return;
      setAnswer(next);
      if (next.ok) setHeld(next.value);
    });
    return () => {
      current = false;
    };
  }, [care, turn, asked]);
  const ask = useCallback(() => setAsked((count) => count + 1), []);
  return { overview: held, fault: answer && !answer.ok ? answer.error : null, ask };
}
