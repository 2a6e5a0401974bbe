import { setTimeout as sleep } from 'node:timers/promises';
import type { DeviceThread } from './device-thread.ts';

/** After the faults stop, all must agree within this time, in milliseconds (I10); large files get so much more per entry. */
const SETTLE_MS_MAX = 120_000;
const SETTLE_MS_PER_ENTRY = 40;
const LOOK_EVERY_MS = 400;

/**
 * Waits until no device has anything left to send or to fetch. Gives what is still open when the time is up, device
 * by device; nothing when all settled.
 */
export async function settle(
  devices: readonly DeviceThread[],
  entries: number,
  tell: (text: string) => void,
): Promise<string[]> {
  const boundMs = Math.max(SETTLE_MS_MAX, entries * SETTLE_MS_PER_ENTRY);
  const until = Date.now() + boundMs;
  for (;;) {
    const open = await findUnsettled(devices);
    if (open.length === 0) return [];
    if (Date.now() > until) return open.map((text) => `did not settle in ${boundMs / 1000} s: ${text}`);
    tell(`settling: ${open.length} of ${devices.length} devices, ${open[0]}`);
    await sleep(LOOK_EVERY_MS);
  }
}

async function findUnsettled(devices: readonly DeviceThread[]): Promise<string[]> {
  const all = await Promise.all(
    devices.map(async (device) => ({ device, ...(await device.ask({ ask: 'progress' })) })),
  );
  return all.flatMap(({ device, waiting, lag, connection }) =>
    waiting === 0 && lag === 0
      ? []
      : [`${device.name} (${connection}) waits with ${waiting}, is ${lag ?? 'an unknown number of'} documents behind`],
  );
}
