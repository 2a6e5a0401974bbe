import type { OwnEntry } from '../../client/store/journal.ts';
import type { OwnDraftChange } from '../../client/store/own-draft-change.ts';
import type { DeviceEntry } from '../../schema/entry/entry.ts';
import { branchScope, COMPANY_SCOPE, type EntryId } from '../../schema/ids.ts';
import { TILL_WINDOW_DAYS } from '../../schema/limits.ts';
import type { BranchEntry } from '../../schema/protocol/pull.ts';
import { cartsDiffer, checkDraftsKept } from './check-drafts.ts';
import { checkOrders } from './check-orders.ts';
import type { Checks } from './checks.ts';
import type { DeviceMachine } from './device-machine.ts';
import { drive, passUntil } from './drive.ts';
import { isCounted, isFolded } from './is-counted.ts';
import { ruleOfStock } from './kasbon.ts';
import { writtenOff } from './limited.ts';
import { goodLink } from './link.ts';
import { soldIn } from './make-shop.ts';
import type { Play } from './play.ts';
import { WORLD_BEGINS } from './server-machine.ts';
import { noStorageFaults } from './storage-faults.ts';
import { HOME } from './world.ts';

/** With everything mended, all replicas agree within this long: less than the background pull's pause, in milliseconds. */
const HEAL_MS_MAX = 240_000;
/** Slow readers stay slow for so long after everybody else is well, in milliseconds. */
const SLOW_MS = 8_000;
const LOOK_MS = 2_000;
const DAY_MS = 86_400_000;

/** Mends everything, and waits until all replicas agree (I10). */
export async function heal(play: Play, checks: Checks): Promise<void> {
  const { world } = play;
  play.end();
  mend(play);
  await world.time.pass(SLOW_MS);
  for (const device of play.rawDevices) device.recheck();
  for (const machine of play.living()) {
    machine.link.set(goodLink());
    // People look at their screens again.
    machine.wake('visible');
  }
  let missing = 'nothing was looked at';
  const agree = () => {
    mend(play);
    checks.afterStep();
    missing = findMissing(play) ?? '';
    return missing === '' || world.violations().length > 0;
  };
  if (!(await passUntil(world.time, HEAL_MS_MAX, agree, LOOK_MS))) world.violate('I10', missing);
  else if (world.violations().length === 0) await checkFresh(play, checks);
  // Where tabs froze, one more does.
  if (world.violations().length === 0 && world.counts().F29 > 0) await checkWoken(play, checks);
  if (world.violations().length === 0) checkKept(play, checks);
  if (world.violations().length === 0) await drive(world.time, checkOrders(play));
}

/** What happens now is everywhere within this long, without anybody asking, in milliseconds. */
const FRESH_MS_MAX = 40_000;
/** So long a reader does not read. */
const SLOW_PROBE_MS = 6_000;

/**
 * With all well, two devices sell while the others do not read what comes, for a moment: what was dropped for them is there soon
 * after, though nothing happens any more.
 */
async function checkFresh(play: Play, checks: Checks): Promise<void> {
  const { world } = play;
  const [seller, ...others] = play.living().filter((one) => one.branch === HOME && !play.isRevoked(one));
  if (!seller) return;
  for (const machine of others) machine.link.set({ ...goodLink(), slowReader: true });
  for (const units of [1, 2, 3, 4]) {
    const open = seller.active();
    const productId = soldIn(world, HOME)[0];
    if (open && productId) play.acts.sell(seller, open, [{ productId, units }]);
    await world.time.pass(SLOW_PROBE_MS / 4);
  }
  for (const machine of others) machine.link.set(goodLink());
  await passUntilFresh(play, checks, 'I10');
}

async function passUntilFresh(play: Play, checks: Checks, rule: 'I10' | 'TAB4'): Promise<void> {
  const { world } = play;
  let missing = '';
  const agree = () => {
    checks.afterStep();
    missing = findMissing(play) ?? '';
    return missing === '' || world.violations().length > 0;
  };
  if (!(await passUntil(world.time, FRESH_MS_MAX, agree, LOOK_MS)))
    world.violate(rule, `what is new is missing: ${missing}`);
}

/** So long a tab sleeps before another one takes over, and after it; and lives when it woke, in milliseconds. */
const SLEEP_MS = 4_000;

/** With all well, a tab that slept while another took over writes a sale as it wakes: soon it is everywhere, though nobody asks (TAB4). */
async function checkWoken(play: Play, checks: Checks): Promise<void> {
  const { world } = play;
  const seller = play.living().find((one) => one.branch === HOME && !play.isRevoked(one));
  const first = seller?.active();
  const productId = soldIn(world, HOME)[0];
  if (!seller || !first || !productId) return;
  first.tab.freeze();
  void seller.open({ takeOver: true });
  await world.time.pass(SLEEP_MS);
  const wish = { productId, units: 1 };
  play.acts.sellAside(seller, first, [wish]);
  // And it holds a cart, where what one tab writes beside the journals is on the disk as it is where Laci ships.
  if (world.keepsLog) play.draftActs.do('hold', seller, first, 0, [wish]).catch(() => undefined);
  first.tab.thaw();
  await world.time.pass(SLEEP_MS);
  first.tab.kill();
  await passUntilFresh(play, checks, 'TAB4');
}

function mend(play: Play): void {
  const { world } = play;
  const { faults } = world.server;
  faults.disk = 'well';
  faults.killAt = null;
  if (!world.server.isUp()) play.startServerLater(100);
  for (const device of play.rawDevices) if (device.waiting() > 0) device.flush();
  for (const machine of play.living()) {
    Object.assign(machine.faults, noStorageFaults());
    if (!machine.link.conditions().slowReader) machine.link.set(goodLink());
    for (const { tab } of machine.tabs()) if (tab.isFrozen()) tab.thaw();
    const open = machine.active();
    if (!open) {
      // Tabs that are read-only are closed, and the till is opened again.
      machine.kill();
      play.reopenLater(machine, 100);
    }
  }
}

/** The first thing in which somebody does not agree yet; null when all do. */
function findMissing(play: Play): string | null {
  if (play.world.server.core() === null) return 'the server is not there';
  for (const device of play.rawDevices) if (device.waiting() > 0) return 'a raw device still has rows';
  for (const machine of play.living()) {
    const missing = findMissingAt(play, machine);
    if (missing) return `${machine.name}: ${missing}; its log ends: ${logEnd(machine)}`;
  }
  // What ended a month ago is served no more: a till that missed its end shows it until it has compared (DRF22).
  return play.world.growsOld ? cartsDiffer(play) : null;
}

/** The last that a device wrote into its sync log. */
function logEnd(machine: DeviceMachine): string {
  const lines = machine.active()?.device.sync.log.get() ?? [];
  return lines
    .slice(-8)
    .map(({ what }) => what)
    .join(' | ');
}

function findMissingAt({ world, isRevoked }: Play, machine: DeviceMachine): string | null {
  const open = machine.active();
  if (!open) return 'no tab is active';
  const { waitingEntries, waitingEdits, waitingDrafts, connection } = open.device.sync.status.get();
  if (waitingEntries + waitingEdits > 0) return `${waitingEntries} entries and ${waitingEdits} edits wait`;
  const { docs } = machine.storage();
  for (const entry of docs.journal.values()) {
    const { id, hash } = entry as OwnEntry;
    if (world.watch.idsOf(hash).length === 0) return `${id} was not sent`;
  }
  // It hands in what it holds, and is told nothing else.
  if (isRevoked(machine)) return null;
  if (waitingDrafts > 0) return `${waitingDrafts} changes of held carts wait`;
  for (const change of docs.draftChanges.values()) {
    const { id, verdict } = change as OwnDraftChange;
    if (verdict === null) return `the change ${id} of a held cart was not sent`;
  }
  if (connection !== 'online') return `it is ${connection}`;
  const deviceId = machine.deviceId();
  const rows = world.watch.rows();
  for (const row of rows.document.values()) {
    const { collection, id, scope, json } = row;
    if (scope !== COMPANY_SCOPE && scope !== branchScope(machine.branch)) continue;
    // A device forgets a cart a day after its end, by its own clock.
    if (collection === 'drafts' && 'ending' in JSON.parse(json)) continue;
    const held = docs[collection].get(id);
    if (held === undefined) return `${collection}/${id} is missing`;
    if (sortedOnce(held, held) !== sortedOnce(row, () => JSON.parse(json)))
      return `${collection}/${id} is ${revOf(held)}, not ${revOf(JSON.parse(json))}`;
  }
  const windowBegins = WORLD_BEGINS + world.time.now() + world.server.faults.passedMs - TILL_WINDOW_DAYS * DAY_MS;
  for (const { id, deviceId: author, scope, hash, receivedAt } of rows.entry.values()) {
    if (author === deviceId || scope !== branchScope(machine.branch) || receivedAt < windowBegins) continue;
    const held = docs.branchJournal.get(id) as BranchEntry | undefined;
    if (held?.hash !== hash) return `the entry ${id} is ${held ? 'another' : 'missing'}`;
  }
  return null;
}

function revOf(document: object): string {
  const { rev, ...rest } = document as { rev?: object };
  return JSON.stringify(rev ?? rest);
}

const texts = new WeakMap<object, string>();

/** The text of a document that never changes in place, made once. */
function sortedOnce(key: object, value: unknown): string {
  const known = texts.get(key);
  if (known !== undefined) return known;
  const text = sorted(typeof value === 'function' ? value() : value);
  texts.set(key, text);
  return text;
}

/** The same text for the same document, whatever the order of its keys. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_key, each) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([left], [right]) => (left < right ? -1 : 1)))
      : each,
  );
}

/** At the end: what was acknowledged is there once, what lives was sent, and the stock is the plain sum of what is there. */
function checkKept(play: Play, checks: Checks): void {
  const { world } = play;
  const living = new Set(play.living());
  for (const machine of living) {
    for (const entry of machine.storage().docs.journal.values()) checkThere(play, machine, entry as OwnEntry);
  }
  for (const [hash, { machine, entry }] of checks.acked()) {
    // What a device purged is on the server, whatever was taken back: it was in the newest backup. What its disk lost, after the server
    // had lost it too, nobody has.
    const isGone = living.has(machine) && !machine.storage().docs.journal.has(entry.id);
    const isPurged = isGone && !world.truth.isLost(entry.hash);
    if (isPurged && world.watch.idsOf(entry.hash).length === 0)
      world.violate('I1', `${machine.name} purged ${entry.id}, which is not on the server`);
    if (living.has(machine) || world.watch.idsOf(entry.hash).length > 0) continue;
    if (isHeld(play, checks, entry.id, hash) || !world.wasTakenBack)
      world.violate('I1', `${entry.id} was acknowledged, and is not on the server`);
  }
  for (const device of play.rawDevices) for (const entry of device.acked()) checkRaw(play, checks, entry);
  checkSums(play);
  checkDraftsKept(play);
  checks.checkTold();
}

/** A bare client does not send again what the server lost; who holds it hands it in. */
function checkRaw(play: Play, checks: Checks, entry: DeviceEntry): void {
  const { world } = play;
  if (world.watch.idsOf(entry.hash).length === 0 && isHeld(play, checks, entry.id, entry.hash))
    world.violate('I1', `${entry.id} was acknowledged, is held by another, and is not on the server`);
}

/** Somebody holds it who can prove it, and hears what the server lacks: a revoked till does not. */
function isHeld({ living, isRevoked }: Play, { canProve }: Checks, id: EntryId, hash: string): boolean {
  const holders = living().filter((machine) => !isRevoked(machine) && canProve(machine, id));
  return holders.some(({ storage }) => holds(storage().docs.branchJournal.values(), hash));
}

function holds(entries: Iterable<object>, hash: string): boolean {
  for (const entry of entries) if ((entry as BranchEntry).hash === hash && 'entry' in entry) return true;
  return false;
}

function checkThere({ world }: Play, machine: DeviceMachine, entry: OwnEntry): void {
  const ids = world.watch.idsOf(entry.hash);
  if (ids.length === 0) world.violate('I1', `${machine.name}: ${entry.id} was sent, and is not on the server`);
  const counted = world.watch.countedIdsOf(entry.hash);
  if (counted.some((id) => !isFolded(world, id)))
    world.violate('I4', `${machine.name}: ${entry.id} is there, and counts nowhere`);
  if (counted.length !== 1) world.violate('I1', `${machine.name}: ${entry.id} counts ${counted.length} times`);
}

function checkSums({ world }: Play): void {
  const sums = new Map<string, number>();
  for (const { entry, effects } of world.truth.facts()) {
    // Behind the gap of a device that is gone, nothing counts until a manager gives it up.
    if (!isCounted(world, entry)) continue;
    for (const effect of effects) {
      const key = `${entry.branch}:${effect.productId}`;
      sums.set(key, (sums.get(key) ?? 0) + effect.in - effect.out);
    }
  }
  for (const { id, units } of writtenOff(world)) sums.set(id, (sums.get(id) ?? 0) - units);
  for (const { collection, id, json } of world.watch.rows().document.values()) {
    if (collection !== 'stock') continue;
    const { base, counters } = JSON.parse(json) as { base: Counted; counters: Record<string, Counted> };
    const shown = Object.values(counters).reduce((all, counter) => all + counter.in - counter.out, base.in - base.out);
    if (shown !== (sums.get(id) ?? 0))
      world.violate(ruleOfStock(id), `the server has ${shown} of ${id}; ${sums.get(id) ?? 0} are left`);
  }
}

interface Counted {
  readonly in: number;
  readonly out: number;
}
