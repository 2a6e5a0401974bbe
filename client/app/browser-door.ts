import { createBrowserDeps } from '../device/browser-device.ts';
import { enrolDevice, enrolledAs } from '../device/enrol-device.ts';
import { openDevice } from '../device/open-device.ts';
import type { DeviceDoor, LeftHere } from './deps.ts';

/** The way to the device that this browser keeps under `slot`. */
export function createBrowserDoor(slot: string): DeviceDoor {
  let looking: Promise<LeftHere> | null = null;
  return {
    open: async () => {
      const deps = await createBrowserDeps(slot);
      return (await enrolledAs(deps)) === null ? null : openDevice(deps);
    },
    enrol: async (wish) => {
      // One disk is open once at a time.
      await looking?.catch(() => undefined);
      return enrolDevice(await createBrowserDeps(slot), wish);
    },
    leftHere: () => {
      looking ??= findLeftHere(slot);
      return looking;
    },
  };
}

/** Asked where a device is enrolled: no till waits for this program. */
async function findLeftHere(slot: string): Promise<LeftHere> {
  const { browserLeftHere } = await import('../device/browser-left-here.ts');
  return browserLeftHere(await createBrowserDeps(slot), indexedDB);
}
