import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../replay/random.ts';
import type { KillableServer } from './killable-server.ts';
import type { DatabaseLook } from './look-at-database.ts';
import { MOMENTS, type Moment, type PushWatch, type StruckPush } from './push-watch.ts';

/** What the kills found. */
export interface Kills {
  /** Kills that fell while a device waited for the answer to its push. */
  inPush: number;
  readonly moments: Record<Moment, number>;
  /** Of the pushes that were struck: stored whole, and not at all. Rows that were stored before count as whole. */
  stored: number;
  notStored: number;
  freezes: number;
  readonly violations: string[];
}

/** A blow in the work falls within this time after the body, in milliseconds: most pushes take less. */
const WORK_MS_MAX = 25;
/** Quiet between two blows, so that devices find the server again, in milliseconds. */
const PAUSE_MS = { least: 150, most: 900 } as const;
/** How long a frozen server stands, in milliseconds. */
const FREEZE_MS = { least: 200, most: 3_000 } as const;
/** How long a blow may wait for a push: devices that never come back are what is looked for, in milliseconds. */
const WAIT_MS_MAX = 120_000;
/** Of so many blows one only freezes. */
const FREEZE_CHANCE = 0.2;

export interface KillerDeps {
  readonly server: KillableServer;
  readonly watch: PushWatch;
  readonly random: Random;
  /** Settles when there is nothing left to push, so that no blow can fall. */
  readonly soldOut: Promise<unknown>;
}

/** Kills the server so many times in the middle of pushes, and freezes it in between. Tells after each kill. */
export async function killInPushes(deps: KillerDeps, kills: number, tell: () => void): Promise<Kills> {
  const found: Kills = {
    inPush: 0,
    moments: { body: 0, work: 0, answer: 0 },
    stored: 0,
    notStored: 0,
    freezes: 0,
    violations: [],
  };
  const soldOut = deps.soldOut.then(() => 'all was sold');
  soldOut.catch(() => undefined); // A till that fails is heard of at the next blow.
  for (let done = 0; done < kills; ) {
    await sleep(deps.random.between(PAUSE_MS.least, PAUSE_MS.most));
    const frozen = deps.random.chance(FREEZE_CHANCE);
    const dealt = frozen ? freezeOnce(deps) : killOnce(deps, found);
    const end = await Promise.race([dealt, soldOut, sleep(WAIT_MS_MAX, 'no push came', { ref: false })]);
    if (end !== 'dealt') {
      found.violations.push(`${end} after ${done} of ${kills} kills`);
      return found;
    }
    if (frozen) found.freezes += 1;
    else done += 1;
    tell();
  }
  return found;
}

function freezeOnce({ server, watch, random }: KillerDeps): Promise<'dealt'> {
  const ms = random.between(FREEZE_MS.least, FREEZE_MS.most);
  const moment = { moment: 'work', afterMs: random.between(0, WORK_MS_MAX), withhold: false } as const;
  return watch.deal({ ...moment, strike: () => server.freeze(ms) });
}

function killOnce({ server, watch, random }: KillerDeps, found: Kills): Promise<'dealt'> {
  const moment = MOMENTS[random.whole(MOMENTS.length)] as Moment;
  const strike = (struck: StruckPush) => server.killAndRestart((look) => judgeKill(struck, look, watch, found));
  return watch.deal({ moment, afterMs: random.between(0, WORK_MS_MAX), withhold: true, strike });
}

/** Atomic (F1, PUSH4): each device's entries end where one of its pushes ended. Durable (I2): what was acknowledged is there. */
function judgeKill(struck: StruckPush, look: DatabaseLook, watch: PushWatch, found: Kills): void {
  found.moments[struck.moment] += 1;
  if (struck.open) found.inPush += 1;
  const there = look.count(struck.rows);
  if (there === struck.rows.length) found.stored += 1;
  else if (there === 0) found.notStored += 1;
  const name = `after a kill at ${struck.moment}`;
  if (look.integrity !== 'ok') found.violations.push(`${name}: the file is damaged: ${look.integrity}`);
  for (const [deviceId, { last, count }] of look.heads) {
    if (count !== last) found.violations.push(`${name}: of ${deviceId} ${count} entries are stored up to ${last}`);
    if (watch.ends.get(deviceId)?.has(last) !== true)
      found.violations.push(`${name}: ${deviceId} ends at ${last}, in the middle of a push`);
  }
  const missing = watch.acknowledged.size - look.count(watch.acknowledged);
  if (missing > 0) found.violations.push(`${name}: ${missing} acknowledged entries are not on disk`);
}
