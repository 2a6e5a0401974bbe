import { type DeviceEnd, endDevice } from '../../server/core/end-device.ts';
import type { Rows } from '../../server/store/memory/tables.ts';
import type { DeviceMachine } from './device-machine.ts';
import { drive } from './drive.ts';
import { enrolMachine } from './make-shop.ts';
import { DEVICES_MAX, type Play } from './play.ts';
import type { Deed } from './step.ts';
import { HOME } from './world.ts';

type RecoveryDeed = Extract<
  Deed,
  { do: 'backup' | 'restore' | 'roll-back' | 'enrol-new' | 'die' | 'end-device' | 'retire' }
>;

/** Something is taken back at the server, or is new since. */
export function performRecovery(play: Play, deed: RecoveryDeed) {
  switch (deed.do) {
    case 'backup':
      return backUp(play);
    case 'restore':
      return takeBack(play, deed.downMs, 'F12', play.backups.at(-1));
    case 'roll-back':
      return takeBack(play, deed.downMs, 'F25', play.backups.at(-1));
    case 'enrol-new':
      return enrolNew(play);
    case 'die':
      return die(play, deed.device);
    case 'end-device':
      return endGone(play, deed);
    case 'retire':
      return retire(play, deed.device);
  }
}

/** A copy of the server's disk. It is written into the ledger how far each device's entries are in it. */
export function backUp({ world, backups }: Play): void {
  const snapshot = world.server.disk.snapshot();
  backups.push(snapshot);
  const core = world.server.core();
  if (!core) return;
  const [at, epoch, heads] = [core.deps.now(), core.epoch, Object.fromEntries(snapshot.head)];
  core.ledger.append({ kind: 'backup', at, epoch, file: 'backup', heads });
}

/** A backup is put back, by the restore command (F12) or by a machine's snapshot that nobody speaks of (F25). */
export function takeBack(play: Play, downMs: number, fault: 'F12' | 'F25', backup: Rows | undefined) {
  const { server, time, count } = play.world;
  if (!backup) return;
  server.kill();
  count(fault);
  const known = backup.device;
  if (play.living().some((machine) => !known.has(machine.deviceId()))) count('F27');
  play.world.wasTakenBack = true;
  if (fault === 'F25') {
    play.world.wasRolledBack = true;
    server.putBack(backup);
    return play.startServerLater(downMs);
  }
  const putBack = () => {
    // One after the other, and under no server that is only starting: nobody lays a disk under a process that writes to it.
    if (server.isRestoring()) return void time.after(1_000, putBack);
    server.kill();
    void server.restore(backup).catch(() => play.startServerLater(1_000));
  };
  time.after(downMs, putBack);
}

function enrolNew(play: Play): void {
  if (play.living().length >= DEVICES_MAX) return;
  play.queue(async () => {
    const machine = play.world.addMachine(`K${play.world.machines.length}`, HOME);
    if (!(await enrolMachine(play.world, machine, 'till'))) play.bury(machine);
  });
}

/** A device burns. Three of its branch stay. */
function die(play: Play, device: number): void {
  const machine = play.pick(device);
  if (!machine || machine.branch !== HOME || machine.name.startsWith('M')) return;
  if (play.living().filter(({ branch }) => branch === HOME).length <= 3) return;
  play.world.count('F27');
  play.bury(machine);
}

/** Of a device that is gone, and of which no copy goes on. */
function endGone(play: Play, { device, end }: { readonly device: number; readonly end: DeviceEnd }): void {
  const { world } = play;
  const living = play.living();
  const ids = new Set(living.map((machine) => machine.deviceId()));
  const gone = world.machines.filter((machine) => {
    const id = machine.storage().vault.enrolment?.device.deviceId;
    return machine.branch === HOME && !living.includes(machine) && id !== undefined && !ids.has(id);
  });
  const one = gone[device % Math.max(1, gone.length)];
  if (one) endOne(play, one, end);
}

/** Somebody takes a till that sells for one that is gone. */
function retire(play: Play, device: number): void {
  const one = play.pick(device);
  if (one?.branch === HOME && !one.name.startsWith('M')) endOne(play, one, 'retired');
}

function endOne(play: Play, one: DeviceMachine, end: DeviceEnd): void {
  const { world } = play;
  const [core, manager] = [world.server.core(), play.manager()];
  if (!core || !manager) return;
  play.queue(async () => {
    const by = await drive(
      world.time,
      core.store.read((tx) => tx.device(manager.deviceId())),
    ).catch(() => undefined);
    if (by) await drive(world.time, endDevice(core, by, one.deviceId(), end)).catch(() => undefined);
  });
}
