import type { DeviceMachine } from './device-machine.ts';
import { enrolMachine, soldIn } from './make-shop.ts';
import { backUp } from './perform-recovery.ts';
import { OLD_TILL, type Play } from './play.ts';
import { HOME } from './world.ts';

/** As many entries as make a purge worth its snapshot, and how fast they are written, in milliseconds. */
const ENTRIES = 210;
const WRITE_EVERY_MS = 10;
/** Of so many entries one is a sale. */
const SALE_EVERY = 10;
/** Until they are everywhere and backed up; until the device has noted that; until it has purged. In milliseconds. */
const BACKED_UP_MS = 8_000;
const NOTED_MS = 22_000;
const PURGED_MS = 26_000;
/** More than an entry is kept after its acknowledgement. */
const LONG_MS = 36 * 86_400_000;

/** A new till writes much; then a month passes at the server, the till purges what is old, and is opened anew. */
export function performAge(play: Play): void {
  play.queue(async () => {
    const machine = play.world.addMachine(OLD_TILL, HOME);
    if (await enrolMachine(play.world, machine, 'till')) growOld(play, machine);
    else play.bury(machine);
  });
}

function growOld(play: Play, machine: DeviceMachine): void {
  const { time, server } = play.world;
  for (let n = 0; n < ENTRIES; n += 1) time.after(n * WRITE_EVERY_MS, () => writeOne(play, machine, n));
  const written = ENTRIES * WRITE_EVERY_MS + BACKED_UP_MS;
  time.after(written, () => backUp(play));
  time.after(written + NOTED_MS, () => {
    server.faults.passedMs = LONG_MS;
  });
  time.after(written + NOTED_MS + PURGED_MS, () => {
    machine.kill();
    play.reopenLater(machine, WRITE_EVERY_MS);
    time.after(BACKED_UP_MS, () => writeOne(play, machine, 0));
  });
}

function writeOne({ world, acts }: Play, machine: DeviceMachine, n: number): void {
  const open = machine.active();
  const productId = soldIn(world, HOME)[n % 3];
  if (!open || !productId) return;
  if (n % SALE_EVERY === 0) acts.sell(machine, open, [{ productId, units: 1 }]);
  else acts.receive(open, [{ productId, units: 1 }]);
}
