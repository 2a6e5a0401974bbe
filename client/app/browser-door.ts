import { createBrowserDeps } from '../device/browser-device.ts';
import { enrolDevice, enrolledAs } from '../device/enrol-device.ts';
import { openDevice } from '../device/open-device.ts';
import type { DeviceDoor } from './deps.ts';

/** The way to the device that this browser keeps under `slot`. */
export function createBrowserDoor(slot: string): DeviceDoor {
  return {
    open: async () => {
      const deps = await createBrowserDeps(slot);
      return (await enrolledAs(deps)) === null ? null : openDevice(deps);
    },
    enrol: async (wish) => enrolDevice(await createBrowserDeps(slot), wish),
  };
}
