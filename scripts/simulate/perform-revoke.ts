import { revokeDevice } from '../../server/core/revoke.ts';
import type { DeviceMachine } from './device-machine.ts';
import { drive } from './drive.ts';
import { enrolMachine } from './make-shop.ts';
import { wishesOf } from './perform.ts';
import { takeBack } from './perform-recovery.ts';
import { DEVICES_MAX, type Play } from './play.ts';
import type { Deed } from './step.ts';
import { HOME } from './world.ts';

/** Until its first sale has come; until it sells again, revoked; until the server is set back. In milliseconds. */
const SENT_MS = 3_000;
const REVOKED_MS = 2_000;
const BACK_MS = 3_000;
const DOWN_MS = 1_000;

/** A new till sells, is revoked, sells on; then a backup is put back that does not know it, or knows it without its sales. */
export function performRevoke(play: Play, { lines, knows }: Extract<Deed, { do: 'revoke' }>): void {
  const { world, acts } = play;
  // What is purged there is in the newest backup, and an older one is put back here.
  if (play.living().length >= DEVICES_MAX || world.growsOld) return;
  const older = play.backups.at(-1);
  play.queue(async () => {
    const machine = world.addMachine(`K${world.machines.length}`, HOME);
    if (!(await enrolMachine(world, machine, 'till'))) return play.bury(machine);
    const backup = knows ? world.server.disk.snapshot() : older;
    const sell = () => {
      const open = machine.active();
      if (open) acts.sell(machine, open, wishesOf(play, machine, lines));
    };
    sell();
    world.time.after(SENT_MS, () => {
      // From here on nobody retires it: of a till that is revoked too, no counter says what the base holds.
      play.named.add(machine.deviceId());
      play.queue(() => revoke(play, machine));
    });
    world.time.after(SENT_MS + REVOKED_MS, sell);
    world.time.after(SENT_MS + REVOKED_MS + BACK_MS, () => {
      if (backup && !play.isOver()) takeBack(play, DOWN_MS, 'F12', backup);
    });
  });
}

/** A manager says that a till was stolen. */
async function revoke(play: Play, machine: DeviceMachine): Promise<void> {
  const { world } = play;
  const [core, manager, deviceId] = [world.server.core(), play.manager(), machine.deviceId()];
  if (!core || !manager || world.watch.wasRetired(deviceId)) return;
  const reading = core.store.read((tx) => tx.device(manager.deviceId()));
  const by = await drive(world.time, reading).catch(() => undefined);
  if (by) await drive(world.time, revokeDevice(core, by, deviceId)).catch(() => undefined);
  // In the ledger first: whatever failed after that, it is revoked.
  if (core.ledger.isRevoked(deviceId)) world.count('F18');
}
