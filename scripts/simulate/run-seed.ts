import { createRandom } from '../replay/random.ts';
import { createChecks } from './checks.ts';
import { FAULT_KINDS, type FaultCounts } from './fault-counts.ts';
import { heal } from './heal.ts';
import { makeSchedule } from './make-schedule.ts';
import { makeShop } from './make-shop.ts';
import { withOrders } from './order-steps.ts';
import { perform } from './perform.ts';
import { createPlay, openDevices } from './play.ts';
import type { Step } from './step.ts';
import { withTickets } from './ticket-steps.ts';
import { createTillActs } from './till-acts.ts';
import { withTransfers } from './transfer-steps.ts';
import { createWorld, type Violation } from './world.ts';

/** What came of one seed. */
export interface SeedOutcome {
  readonly seed: number;
  readonly faults: FaultCounts;
  readonly violation: Violation | null;
  /** The same for the same seed and steps, wherever it runs. */
  readonly hash: string;
  readonly entries: number;
  readonly events: number;
  /** Steps until the end, or the first broken rule. */
  readonly stepsDone: number;
  /** How often its schedule was drawn longer, because too few faults happened. */
  readonly longer: number;
}

/** Kinds of faults that one schedule must have had. */
export const FAULT_KINDS_MIN = 5;

/** The streams of chance that make schedules, and put tickets, transfers and orders into some. */
const SCHEDULE_STREAM = 2;
const TICKET_STREAM = 5;
const TRANSFER_STREAM = 6;
const ORDER_STREAM = 7;
const LOG_STREAM = 8;
const LONGER_STREAM = 100;
/** Of the worlds, those whose devices keep a log. */
const LOG_SHARE = 0.25;
/** A seed whose faults hardly ever happen is played longer at most so often. */
const LONGER_MAX = 4;

/** The steps of a seed, drawn longer so many times. */
export function scheduleOf(seed: number, longer = 0): Step[] {
  const steps = withTickets(makeSchedule(createRandom(seed, SCHEDULE_STREAM)), createRandom(seed, TICKET_STREAM));
  const more = Array.from({ length: longer }, (_, time) => makeSchedule(createRandom(seed, LONGER_STREAM + time)));
  const sent = withTransfers(steps, createRandom(seed, TRANSFER_STREAM));
  return [...withOrders(sent, createRandom(seed, ORDER_STREAM)), ...more.flat()];
}

/** Plays a seed's schedule, and where it had too few kinds of faults a longer one that begins with it. */
export async function playSeed(
  seed: number,
  hear?: (text: string) => void,
  kindsMin = FAULT_KINDS_MIN,
): Promise<SeedOutcome> {
  for (let longer = 0; ; longer += 1) {
    const outcome = { ...(await runSeed(seed, scheduleOf(seed, longer), hear)), longer };
    if (outcome.violation || kindsOf(outcome.faults) >= kindsMin || longer === LONGER_MAX) return outcome;
  }
}

/** Plays a seed's schedule, or other steps in its world, to the end or the first broken rule. `hear` gets every event. */
export async function runSeed(
  seed: number,
  steps: readonly Step[] = scheduleOf(seed),
  hear?: (text: string) => void,
): Promise<SeedOutcome> {
  // What a frozen tab writes over is mended by comparing alone; everything else must do without.
  const freezes = steps.some(({ deed }) => deed.do === 'second-tab' && deed.freeze);
  const growsOld = steps.some(({ deed }) => deed.do === 'grow-old');
  const sellsTickets = steps.some(({ deed }) => deed.do === 'ticket');
  const orders = steps.some(({ deed }) => deed.do === 'order');
  // What a disk loses and gives back is taken from documents, not from a log.
  const keepsLog =
    createRandom(seed, LOG_STREAM).chance(LOG_SHARE) && !steps.some(({ deed }) => deed.do === 'lose-entry');
  const world = createWorld(
    seed,
    { comparesOften: freezes || growsOld, growsOld, sellsTickets, orders, keepsLog },
    hear,
  );
  await makeShop(world);
  await openDevices(world);
  const acts = createTillActs(world);
  const play = createPlay(world, acts);
  const checks = createChecks(world, acts);
  let done = 0;
  for (const step of steps) {
    await world.time.pass(step.afterMs);
    world.trace.note(`${done} ${JSON.stringify(step.deed)}`);
    done += 1;
    perform(play, step);
    await play.workOff();
    await world.time.pass(0);
    checks.afterStep();
    if (world.violations().length > 0) break;
  }
  if (world.violations().length === 0) await heal(play, checks);
  return {
    seed,
    faults: world.counts(),
    violation: world.violations()[0] ?? null,
    hash: world.trace.hash(),
    entries: world.watch.rows().entry.size,
    events: world.time.events(),
    stepsDone: done,
    longer: 0,
  };
}

/** How many kinds of faults happened. */
export function kindsOf(faults: FaultCounts): number {
  return FAULT_KINDS.filter((kind) => faults[kind] > 0).length;
}
