import type { CompanyDoc } from '../../schema/company.ts';
import { type EntryId, splitEntryId } from '../../schema/ids.ts';
import type { DeviceMachine } from './device-machine.ts';
import type { World } from './world.ts';

/**
 * Which devices each device was ever able to prove: it had their certificate on its disk. A certificate lies in another collection than
 * the entries, so that one may hold the first entry of a new device for a moment, and no proof of it.
 */
export interface SeenCertificates {
  look(): void;
  canProve(machine: DeviceMachine, id: EntryId): boolean;
}

export function createSeenCertificates(world: World): SeenCertificates {
  const seen = new Map<DeviceMachine, Set<string>>();
  return {
    look: () => {
      for (const machine of world.machines) {
        const devices = seen.get(machine) ?? new Set();
        for (const doc of machine.storage().docs.company.values() as Iterable<CompanyDoc>)
          if (doc.kind === 'device' && doc.certificate) devices.add(doc.device);
        seen.set(machine, devices);
      }
    },
    canProve: (machine, id) => seen.get(machine)?.has(splitEntryId(id).deviceId) ?? false,
  };
}
