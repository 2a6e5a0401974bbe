import type { Device } from './device.ts';
import type { DeviceDeps } from './device-deps.ts';

/**
 * Opens the enrolled device of `deps.name` from its own disk; never waits for the network. When another tab holds it,
 * it opens read-only. Throws when the slot was never enrolled: ask {@link enrolledAs} first.
 */
export async function openDevice(deps: DeviceDeps): Promise<Device> {
  throw new Error(`Slot ${deps.name} is not enrolled.`);
}
