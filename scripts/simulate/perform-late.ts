import type { OwnEntry } from '../../client/store/journal.ts';
import { splitEntryId } from '../../schema/ids.ts';
import type { DeviceMachine } from './device-machine.ts';
import { goodLink } from './link.ts';
import { wishesOf } from './perform.ts';
import { backUp, takeBack } from './perform-recovery.ts';
import type { Play } from './play.ts';
import type { Deed } from './step.ts';

/** Until the sales are on the disk; until the till was opened again without one of them, and its gap is closed. In milliseconds. */
const SOLD_MS = 1_500;
const CLOSED_MS = 5_000;
/** Until the server is set back to before what came late. */
const CAME_MS = 6_000;
const DOWN_MS = 1_000;

/**
 * The disk of a till that is away loses an entry that was not sent. The server closes the gap, and is backed up. Then the disk gives the
 * entry back, and it comes late; and then that backup is put back.
 */
export function performLate(play: Play, { device, lines }: Extract<Deed, { do: 'lose-entry' }>): void {
  const machine = play.pick(device);
  const open = machine?.active();
  if (!machine || !open || play.world.truth.isForked(machine.deviceId())) return;
  const { time } = play.world;
  machine.link.set({ ...goodLink(), up: false });
  for (let sale = 0; sale < 2; sale += 1) play.acts.sell(machine, open, wishesOf(play, machine, lines));
  time.after(SOLD_MS, () => {
    if (!play.living().includes(machine)) return;
    const lost = hideOne(play, machine);
    machine.link.set(goodLink());
    if (lost) time.after(CLOSED_MS, () => giveBack(play, machine, lost));
  });
}

/** Takes the first entry that was not sent off the disk, where another stands behind it. */
function hideOne({ world, reopenLater }: Play, machine: DeviceMachine): OwnEntry | null {
  const { docs, vault } = machine.storage();
  const sent = vault.acknowledged?.head.seq ?? 0;
  const own = [...docs.journal.values()] as OwnEntry[];
  const [lost, ...behind] = own
    .filter(({ id }) => splitEntryId(id).seq > sent)
    .sort((left, right) => (left.id < right.id ? -1 : 1));
  if (!lost || behind.length === 0) return null;
  machine.kill();
  world.truth.comesAfterAll(machine.deviceId());
  docs.journal.delete(lost.id);
  world.truth.lost(lost);
  world.count('F10');
  reopenLater(machine, DOWN_MS);
  return lost;
}

function giveBack(play: Play, machine: DeviceMachine, lost: OwnEntry): void {
  const { world } = play;
  if (play.isOver() || !play.living().includes(machine)) return;
  backUp(play);
  machine.kill();
  machine.storage().docs.journal.set(lost.id, lost);
  world.truth.gaveBack(lost.hash);
  play.reopenLater(machine, DOWN_MS);
  world.time.after(CAME_MS, () => {
    if (play.isOver()) return;
    world.count('F30');
    takeBack(play, DOWN_MS, 'F12', play.backups.at(-1));
  });
}
