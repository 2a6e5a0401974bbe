import { useEffect, useState } from 'react';
import { useDeps, useDevice } from '../app/contexts.ts';
import type { Device } from '../device/device.ts';

/** Devices whose first products stand, and what comes behind them too. */
const whole = new WeakSet<Device>();
/** Before each thing that comes behind them, in milliseconds: they are seen first, and a touch goes between. */
const BEHIND_MS = 30;

/**
 * False while the first products after a start are drawn, which do without their stock and without a list of all: both take longer than those
 * few. True a moment later, and from then on at once.
 */
export function useWhole(): boolean {
  const device = useDevice();
  const { clock } = useDeps();
  const [isWhole, setWhole] = useState(() => whole.has(device));
  useEffect(() => {
    if (isWhole) return undefined;
    const left = [
      ...inHand(device),
      () => {
        whole.add(device);
        setWhole(true);
      },
    ];
    let isBusy = false;
    const stop = clock.every(BEHIND_MS, async () => {
      if (isBusy) return;
      isBusy = true;
      try {
        await left.shift()?.();
      } finally {
        isBusy = false;
      }
      if (left.length === 0) stop();
    });
    return stop;
  }, [device, clock, isWhole]);
  return isWhole;
}

/** Makes a piece at a time what the first question about it would make at once, and sorts behind that. */
function inHand({ catalogue, stock }: Device): readonly (() => void | Promise<void>)[] {
  const all = { category: '', limit: catalogue.count() };
  return [stock.readOut, catalogue.readOut, () => void catalogue.search('', all)];
}
