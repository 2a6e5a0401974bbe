import { PROTOCOL_VERSION } from '../../schema/protocol/version.ts';
import { soldIn } from './make-shop.ts';
import { spoil } from './perform-hostile.ts';
import type { Play } from './play.ts';
import { enrolRawDevice, type RawDevice } from './raw-device.ts';
import type { Deed, Lines } from './step.ts';
import type { Wish } from './till-acts.ts';
import { HOME } from './world.ts';

type PoisonDeed = Extract<Deed, { do: 'poison' | 'gap' }>;

const poisoners = new WeakMap<Play, Map<PoisonDeed['do'], RawDevice>>();

/** A client pushes a row that nobody can read (F17), or leaves one out, between rows that are well; later it may come whole (F30). */
export function performPoison(play: Play, deed: PoisonDeed): void {
  play.queue(async () => {
    const device = await clientFor(play, deed.do);
    if (!device) return;
    const [before, wishes, after] = [wishesAt(play, [[0, 1]]), wishesAt(play, deed.lines), wishesAt(play, [[1, 2]])];
    device.sell(before);
    if (deed.do === 'poison') device.spoil((entry) => spoil(deed.kind, entry), wishes);
    else device.hide(wishes);
    device.sell(after);
    if (deed.do === 'poison') play.world.count('F17');
    play.world.count('F30');
    device.flush();
    if (deed.mendAfterMs === null) return;
    play.world.time.after(deed.mendAfterMs, () => {
      device.mend();
      device.flush();
    });
  });
}

async function clientFor(play: Play, kind: PoisonDeed['do']): Promise<RawDevice | null> {
  const known = poisoners.get(play) ?? new Map<PoisonDeed['do'], RawDevice>();
  poisoners.set(play, known);
  const held = known.get(kind);
  if (held && !held.isDead()) return held;
  const device = await enrolRawDevice(play.world, HOME, kind === 'gap' ? 'R3' : 'R1', PROTOCOL_VERSION);
  if (!device) return null;
  known.set(kind, device);
  play.rawDevices.add(device);
  return device;
}

/** The same product twice in one sale is one line here. */
function wishesAt({ world }: Play, lines: Lines): Wish[] {
  const products = soldIn(world, HOME);
  const units = new Map(lines.map(([product, count]) => [products[product % products.length], count]));
  return [...units].flatMap(([productId, count]) => (productId ? [{ productId, units: count }] : []));
}
