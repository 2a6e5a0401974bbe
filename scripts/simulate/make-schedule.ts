import type { Random } from '../replay/random.ts';
import { ALLOWED_BY } from './cashier-acts.ts';
import { BAD_LINKS } from './link.ts';
import { type Deed, HOSTILE_KINDS, type Lines, POISON_KINDS, type Step } from './step.ts';

/** How long a schedule is, and how many of a hundred of its steps are faults. */
interface Length {
  readonly steps: number;
  readonly faultsPerHundred: number;
}
/** Most are short and rough; some are as long as what only builds up slowly needs. */
const SHORT: Length = { steps: 160, faultsPerHundred: 13 };
const LONG: Length = { steps: 510, faultsPerHundred: 6 };
const LONG_SHARE = 0.1;
/** Of the kinds of faults, those that one schedule knows: a few that happen often find more than all that happen rarely. */
const KINDS_SHARE = 0.6;
/** And never fewer than so many: a schedule must have several. */
const KINDS_MIN = 8;
const STEP_MS_MAX = 320;
const DAY_MS = 86_400_000;

type Maker = (random: Random) => Deed;

const device = (random: Random) => random.whole(60);
const pick = <Value>(random: Random, values: readonly Value[]): Value => values[random.whole(values.length)] as Value;
const between = (random: Random, least: number, most: number) => Math.round(random.between(least, most));

function lines(random: Random, most = 3): Lines {
  return Array.from({ length: 1 + random.whole(most) }, () => [random.whole(60), 1 + random.whole(4)] as const);
}

/** More is held and changed than paid or thrown away. */
const DRAFT_DEEDS = ['hold', 'hold', 'change-held', 'change-held', 'change-held', 'pay-held', 'throw-held'] as const;

/** What people do, by how often. */
const ORDINARY: readonly (readonly [weight: number, Maker])[] = [
  [6, (random) => ({ do: 'sell', device: device(random), lines: lines(random) })],
  [1, (random) => ({ do: 'sell-on-credit', device: device(random), lines: lines(random), customer: random.whole(60) })],
  [
    1,
    (random) => ({
      ...{ do: 'pay-back', device: device(random), customer: random.whole(60) },
      amount: 500 * (1 + random.whole(20)),
    }),
  ],
  [1, (random) => ({ do: 'refund', device: device(random), lines: lines(random, 1) })],
  [1, (random) => ({ do: 'shift', device: device(random), counted: 1_000 * random.whole(900) })],
  [
    1,
    (random) => ({
      ...{ do: 'bring-back', device: device(random) },
      ...{ receipt: random.whole(60), units: 1 + random.whole(4) },
    }),
  ],
  [1, (random) => ({ do: 'receive', device: device(random), lines: lines(random) })],
  [
    1,
    (random) => ({ do: 'adjust', device: device(random), lines: [[random.whole(60), pick(random, [-3, -1, 2, 5])]] }),
  ],
  [
    1,
    (random) => ({
      ...{ do: 'by-cashier', device: device(random), product: random.whole(60) },
      ...{ units: 1 + random.whole(4), by: pick(random, ALLOWED_BY) },
    }),
  ],
  [
    4,
    (random) => ({
      ...{ do: pick(random, DRAFT_DEEDS), device: device(random) },
      ...{ which: random.whole(60), lines: lines(random, 2) },
    }),
  ],
  [2, (random) => ({ do: 'edit', product: random.whole(60), price: 1_000 + 500 * random.whole(40) })],
  [1, (random) => ({ do: 'wake', device: device(random) })],
  [62, () => ({ do: 'wait' })],
];

/** What goes wrong: each kind as likely as the others. */
const FAULTS: readonly (readonly Maker[])[] = [
  ...BAD_LINKS.map((kind): Maker[] => [
    (random) => ({ do: 'bad-link', device: device(random), kind, forMs: between(random, 2_000, 25_000) }),
  ]),
  [(random) => ({ do: 'all-reconnect', strangers: 5 + random.whole(20), downMs: between(random, 1_000, 20_000) })],
  [(random) => ({ do: 'long-offline', device: device(random), sales: 8 + random.whole(8) })],
  [
    (random) => ({ do: 'kill-server', at: 'before-sync', downMs: between(random, 100, 10_000) }),
    (random) => ({ do: 'kill-server', at: 'after-sync', downMs: between(random, 100, 10_000) }),
    (random) => ({ do: 'kill-server', at: 'now', downMs: between(random, 100, 10_000) }),
  ],
  [(random) => ({ do: 'server-disk', is: pick(random, ['full', 'failing']), forMs: between(random, 1_000, 15_000) })],
  [
    (random) => ({ do: 'device-clock', device: device(random), offsetMs: pick(random, CLOCKS) }),
    (random) => ({ do: 'server-clock', offsetMs: pick(random, [-3_600_000, 0, -60_000]) }),
  ],
  [
    (random) => killDevice(random, 'before-write'),
    (random) => killDevice(random, 'after-write'),
    (random) => killDevice(random, 'now'),
  ],
  [(random) => ({ do: 'device-full', device: device(random), forMs: between(random, 1_000, 15_000) })],
  [(random) => ({ do: 'fail-pulled', device: device(random), writes: 1 + random.whole(3) })],
  [(random) => ({ do: 'second-tab', device: device(random), freeze: random.chance(0.5), lines: lines(random) })],
  [(random) => ({ do: 'lose-storage', device: device(random) })],
  [
    (random) => ({
      do: 'poison',
      kind: pick(random, POISON_KINDS),
      mendAfterMs: mendAfter(random),
      lines: lines(random),
    }),
  ],
  [(random) => ({ do: 'gap', mendAfterMs: mendAfter(random), lines: lines(random) })],
  [(random) => ({ do: 'hostile', kind: pick(random, HOSTILE_KINDS), device: device(random) })],
  [(random) => ({ do: 'oversized', device: device(random), kind: pick(random, ['lines', 'surrogate', 'bytes']) })],
  [(random) => ({ do: 'old-device', lines: lines(random) })],
  [(random) => ({ do: 'restore', downMs: between(random, 500, 8_000) })],
  [(random) => ({ do: 'roll-back', downMs: between(random, 500, 8_000) })],
  [() => ({ do: 'enrol-new' })],
  [(random) => ({ do: 'revoke', knows: random.chance(0.3), lines: lines(random) })],
  [(random) => ({ do: 'lose-entry', device: device(random), lines: lines(random) })],
  [
    (random) => ({ do: 'die', device: device(random) }),
    (random) => ({ do: 'end-device', device: device(random), end: pick(random, ['lost', 'retired']) }),
    (random) => ({ do: 'retire', device: device(random) }),
  ],
  [(random) => ({ do: 'clone', device: device(random), lines: lines(random) })],
];

/** One day ahead and back, an hour back, 1970, 2099, and right again; in milliseconds. */
const CLOCKS = [DAY_MS, -DAY_MS, -3_600_000, -Date.UTC(2026, 0, 5), Date.UTC(2099, 0, 1) - Date.UTC(2026, 0, 5), 0];

function mendAfter(random: Random): number | null {
  return random.chance(0.6) ? between(random, 500, 20_000) : null;
}

function killDevice(random: Random, at: 'now' | 'before-write' | 'after-write'): Deed {
  return { do: 'kill-device', device: device(random), at, downMs: between(random, 100, 15_000) };
}

/** Steps between two backups. */
const BACKUP_EVERY = 60;

/** Of the schedules, those in which a till grows old, and at which step. */
const OLD_SHARE = 0.03;
const OLD_AT = 20;
const OLD_STEP_MS_MAX = 500;
/** There a purge has peace to be begun. */
const OLD_KINDS_SHARE = 0.3;

/** The schedule of a seed: the same seed gives the same one. */
export function makeSchedule(random: Random): Step[] {
  const growsOld = random.chance(OLD_SHARE);
  const { steps, faultsPerHundred } = growsOld || random.chance(LONG_SHARE) ? LONG : SHORT;
  const kinds = drawKinds(random, growsOld ? OLD_KINDS_SHARE : KINDS_SHARE);
  return Array.from({ length: steps }, (_, index) => ({
    afterMs: random.whole(growsOld ? OLD_STEP_MS_MAX : STEP_MS_MAX),
    deed: setDeed(index, growsOld) ?? makeDeed(random, kinds, faultsPerHundred),
  }));
}

function drawKinds(random: Random, share: number): typeof FAULTS {
  const kinds = FAULTS.filter(() => random.chance(share));
  return kinds.length < KINDS_MIN ? drawKinds(random, share) : kinds;
}

/** What happens at this step whatever else does. */
function setDeed(index: number, growsOld: boolean): Deed | null {
  if (index === OLD_AT && growsOld) return { do: 'grow-old' };
  return index % BACKUP_EVERY === 0 ? { do: 'backup' } : null;
}

function makeDeed(random: Random, kinds: typeof FAULTS, faultsPerHundred: number): Deed {
  if (kinds.length > 0 && random.whole(100) < faultsPerHundred) return pick(random, pick(random, kinds))(random);
  const all = ORDINARY.reduce((sum, [weight]) => sum + weight, 0);
  let at = random.whole(all);
  const [, make] = ORDINARY.find(([weight]) => {
    at -= weight;
    return at < 0;
  }) as (typeof ORDINARY)[number];
  return make(random);
}
