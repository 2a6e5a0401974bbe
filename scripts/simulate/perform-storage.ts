import type { DeviceMachine } from './device-machine.ts';
import { copyStorage, emptyStorage } from './device-storage.ts';
import { enrolMachine } from './make-shop.ts';
import { wishesOf } from './perform.ts';
import { DEVICES_MAX, type Play } from './play.ts';
import type { Deed } from './step.ts';

type StorageDeed = Extract<
  Deed,
  { do: 'device-clock' | 'kill-device' | 'device-full' | 'fail-pulled' | 'second-tab' | 'lose-storage' | 'clone' }
>;

/** A tab that is taken over with so many lines at hand has just been told that the cart is paid. */
const LINES_OF_A_PAID_CART = 2;
/** How long a tab stays frozen beside the one that took over, in milliseconds. */
const FROZEN_MS = 4_000;

/** Makes something go wrong with one device. */
export function performStorage(play: Play, deed: StorageDeed) {
  const machine = play.pick(deed.device);
  if (!machine) return;
  const { world } = play;
  switch (deed.do) {
    case 'device-clock':
      world.count('F7');
      machine.clock.offsetMs = deed.offsetMs;
      return;
    case 'kill-device':
      return killDevice(play, machine, deed);
    case 'device-full':
      machine.faults.full = true;
      world.time.after(deed.forMs, () => {
        machine.faults.full = false;
      });
      return;
    case 'fail-pulled':
      machine.faults.failPulled = deed.writes;
      return;
    case 'second-tab':
      return openSecondTab(play, machine, deed);
    case 'lose-storage':
      return loseStorage(play, machine);
    case 'clone':
      return clone(play, machine, deed.lines);
  }
}

function killDevice(play: Play, machine: DeviceMachine, { at, downMs }: Extract<Deed, { do: 'kill-device' }>) {
  const open = machine.active();
  if (!open) return;
  if (at === 'now') {
    machine.kill();
    play.world.count('F2');
    return play.reopenLater(machine, downMs);
  }
  // In the middle of a sale: the next entry's write is the last thing this tab does.
  machine.faults.killAt = at;
  open.tab.onKilled(() => {
    play.world.count('F2');
    play.reopenLater(machine, downMs);
  });
  play.acts.sell(machine, open, wishesOf(play, machine, [[downMs, 1]]));
}

/** Another tab takes over, perhaps while a cart is being paid. Frozen, the first one wakes up later and goes on selling for a moment. */
function openSecondTab(
  play: Play,
  machine: DeviceMachine,
  { freeze, lines }: Extract<Deed, { do: 'second-tab' }>,
): void {
  const first = machine.active();
  if (!first) return;
  const { world } = play;
  if (lines.length === LINES_OF_A_PAID_CART) play.acts.sell(machine, first, wishesOf(play, machine, lines));
  if (freeze) first.tab.freeze();
  void machine.open({ takeOver: true }).then((second) => {
    world.count('F21');
    if (second.device.active.get()) play.acts.sell(machine, second, wishesOf(play, machine, lines));
  });
  world.time.after(FROZEN_MS, () => {
    if (!first.tab.isAlive()) return;
    // Before it hears that it lost its lock, the sale that was being paid is written.
    if (freeze) {
      world.count('F29');
      play.acts.sellAside(machine, first, wishesOf(play, machine, lines));
      first.tab.thaw();
    }
    world.time.after(FROZEN_MS, () => first.tab.kill());
  });
}

/** The browser's data are deleted: what was not sent is lost, and the till is enrolled anew as another device. */
function loseStorage(play: Play, machine: DeviceMachine): void {
  const { world } = play;
  play.bury(machine);
  world.count('F10');
  const role = machine.name.startsWith('M') ? 'manager' : 'till';
  play.queue(async () => {
    const next = world.addMachine(machine.name, machine.branch);
    next.replaceStorage(emptyStorage());
    if (!(await enrolMachine(world, next, role))) play.bury(next);
  });
}

/** A copied profile, or a machine put back from its image: two browsers with one device id. */
function clone(play: Play, machine: DeviceMachine, lines: Extract<Deed, { do: 'clone' }>['lines']): void {
  const { world } = play;
  if (play.living().length > DEVICES_MAX) return;
  const copy = world.addMachine(machine.name, machine.branch);
  copy.replaceStorage(copyStorage(machine.storage()));
  world.truth.copied(machine.deviceId());
  world.count('F14');
  void copy.open().then((open) => {
    if (open.device.active.get()) play.acts.sell(copy, open, wishesOf(play, copy, lines));
  });
}
