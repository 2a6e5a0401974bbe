import { useContext, useEffect, useEffectEvent } from 'react';
import { must } from '../../schema/result.ts';
import { BusyContext } from './busy.ts';
import { useDeps, useDevice } from './contexts.ts';
import { createIdleLock, LOCK_AFTER_MS } from './idle-lock.ts';

/** What a person does at a device. */
const TOUCHES = ['pointerdown', 'keydown', 'wheel'] as const;

/** Locks this device when nobody touches it: a till, as long as the shop's settings say. */
export function useIdleLock(): void {
  const { clock } = useDeps();
  const { identity, company, people } = useDevice();
  const { paying } = must(useContext(BusyContext), 'Busy');
  const afterMs = useEffectEvent(() =>
    identity.role === 'till' ? (company.settings.get()?.lockAfterMs ?? LOCK_AFTER_MS) : 0,
  );
  useEffect(() => {
    const idle = createIdleLock({
      clock,
      afterMs: () => afterMs(),
      isBusy: () => paying.get() > 0,
      lock: () => void people.lock(),
    });
    for (const touch of TOUCHES) window.addEventListener(touch, idle.touched, { capture: true, passive: true });
    return () => {
      for (const touch of TOUCHES) window.removeEventListener(touch, idle.touched, { capture: true });
      idle.stop();
    };
  }, [clock, paying, people]);
}
