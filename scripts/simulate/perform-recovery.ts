import { enrolMachine } from './make-shop.ts';
import type { Play } from './play.ts';
import type { Deed } from './step.ts';
import { HOME } from './world.ts';

type RecoveryDeed = Extract<Deed, { do: 'backup' | 'restore' | 'roll-back' | 'enrol-new' | 'die' }>;

/** Something is taken back at the server, or is new since. */
export function performRecovery(play: Play, deed: RecoveryDeed) {
  const { world } = play;
  switch (deed.do) {
    case 'backup':
      play.backups.push(world.server.disk.snapshot());
      return;
    case 'restore':
      return takeBack(play, deed.downMs, 'F12');
    case 'roll-back':
      return takeBack(play, deed.downMs, 'F25');
    case 'enrol-new':
      return enrolNew(play);
    case 'die':
      return die(play, deed.device);
  }
}

/** The newest backup is put back, by the restore command (F12) or by a machine's snapshot that nobody speaks of (F25). */
function takeBack(play: Play, downMs: number, fault: 'F12' | 'F25') {
  const { server, time, count } = play.world;
  const backup = play.backups.at(-1);
  if (!backup) return;
  server.kill();
  count(fault);
  const known = backup.device;
  if (play.living().some((machine) => !known.has(machine.deviceId()))) count('F27');
  play.world.wasTakenBack = true;
  if (fault === 'F25') {
    server.putBack(backup);
    return play.startServerLater(downMs);
  }
  time.after(downMs, () => {
    if (server.isUp()) server.kill();
    void server.restore(backup).catch(() => play.startServerLater(1_000));
  });
}

function enrolNew(play: Play): void {
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
