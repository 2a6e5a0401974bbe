import { wishesOf } from './perform.ts';
import type { Play } from './play.ts';
import { enrolRawDevice, type RawDevice } from './raw-device.ts';
import type { Lines } from './step.ts';
import { HOME } from './world.ts';

const olds = new WeakMap<Play, RawDevice>();

/** A device that was never updated since the first protocol: it signs nothing, and its sales count all the same (F13). */
export function performOldDevice(play: Play, lines: Lines): void {
  play.queue(async () => {
    const known = olds.get(play);
    const device = known && !known.isDead() ? known : await enrolRawDevice(play.world, HOME, 'R2', 1);
    if (!device) return;
    olds.set(play, device);
    play.rawDevices.add(device);
    const home = play.living().find(({ branch }) => branch === HOME);
    if (home) device.sell(wishesOf(play, home, lines));
    play.world.count('F13');
    device.flush();
  });
}
