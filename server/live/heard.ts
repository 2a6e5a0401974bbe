import type { DeviceId } from '../../schema/ids.ts';
import type { Core } from '../core/core.ts';
import { recordHeard } from '../core/device-record.ts';
import type { StoredDevice } from '../store/store.ts';
import { HEARD_EVERY_MS, HEARD_PAUSE_MS } from './limits.ts';

/** Notes in a device's company document when it was last heard from. */
export interface HeardNotes {
  /** The device did something: noted at most every few minutes. */
  active(device: StoredDevice): void;
  /** The device came or went: noted at once, unless it just was. */
  cameOrWent(device: StoredDevice): void;
}

export function createHeardNotes(core: Core): HeardNotes {
  const notedAt = new Map<DeviceId, number>();
  const note = (device: StoredDevice, everyMs: number): void => {
    const now = core.deps.now();
    const last = notedAt.get(device.deviceId);
    // A clock set back must not silence the notes.
    if (last !== undefined && Math.abs(now - last) < everyMs) return;
    notedAt.set(device.deviceId, now);
    recordHeard(core, device, now).catch((error: unknown) =>
      core.deps.log.warn({ err: error }, 'when a device was heard from could not be noted'),
    );
  };
  return {
    active: (device) => note(device, HEARD_EVERY_MS),
    cameOrWent: (device) => note(device, HEARD_PAUSE_MS),
  };
}
