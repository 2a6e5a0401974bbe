import type { OwnEntry } from '../../client/store/journal.ts';
import type { Acknowledged } from '../../client/store/vault.ts';
import { type DeviceId, entryId } from '../../schema/ids.ts';
import type { DeviceMachine } from './device-machine.ts';
import type { DeviceStorage } from './device-storage.ts';
import type { World } from './world.ts';

/** An entry of which a device was told that the server holds it. */
export interface AckedEntry {
  readonly machine: DeviceMachine;
  readonly entry: OwnEntry;
}

/** Watches what devices take as acknowledged. */
export interface AckCheck {
  /** I3: a device counts nothing as sent that the server did not name, or cover by its head, in that epoch. */
  check(): void;
  /** Every entry that was ever acknowledged to its device, by hash. */
  acked(): ReadonlyMap<string, AckedEntry>;
}

export function createAckCheck(world: World): AckCheck {
  const seen = new WeakMap<DeviceStorage, Acknowledged>();
  const acked = new Map<string, AckedEntry>();
  const checkMachine = (machine: DeviceMachine) => {
    const storage = machine.storage();
    const { acknowledged: now, enrolment } = storage.vault;
    const before = seen.get(storage);
    if (now === undefined || now === before || enrolment === undefined) return;
    seen.set(storage, now);
    const from = before?.epoch.n === now.epoch.n && before.head.seq <= now.head.seq ? before.head.seq : 0;
    const { deviceId } = enrolment.device;
    // From the last back: a head that the server named covers everything before it, also where sending began again below it.
    const { named = 0 } = now;
    const told = named > now.head.seq ? ownEntry(storage, deviceId, named) : undefined;
    let isCovered = told !== undefined && world.heard.wasHead(deviceId, now.epoch.n, told.seq, told.hash);
    for (let seq = now.head.seq; seq > from; seq -= 1) {
      const entry = ownEntry(storage, deviceId, seq);
      if (entry === undefined) continue;
      const isNamed = world.heard.wasNamed(deviceId, now.epoch.n, entry.id, entry.hash);
      isCovered ||= world.heard.wasHead(deviceId, now.epoch.n, seq, entry.hash);
      // Until the server says that it lacks it. As a head that the server named, it covers those before it all the same.
      if (!isNamed && world.truth.wasGivenBack(entry.hash)) continue;
      acked.set(entry.hash, { machine, entry });
      if (!isNamed && !isCovered)
        return world.violate('I3', `${machine.name} counts ${entry.id} as sent, which no answer of the server named`);
      if (!world.wasTakenBack && !world.watch.isHeld(entry.hash))
        return world.violate('I1', `${machine.name}: ${entry.id} was acknowledged, and the server does not have it`);
    }
  };
  return {
    check: () => {
      for (const machine of world.machines) checkMachine(machine);
    },
    acked: () => acked,
  };
}

function ownEntry({ docs }: DeviceStorage, deviceId: DeviceId, seq: number): OwnEntry | undefined {
  return docs.journal.get(entryId(deviceId, seq)) as OwnEntry | undefined;
}
