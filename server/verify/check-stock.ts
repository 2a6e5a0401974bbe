import { readDeviceEntry } from '../../schema/entry/entry.ts';
import { allotmentWrittenOffShape, releaseShape } from '../../schema/entry/server-entry.ts';
import type { DeviceId, EntryId } from '../../schema/ids.ts';
import { type Base, type Stock, stockShape } from '../../schema/stock/counter.ts';
import { type StockEffect, stockEffects } from '../../schema/stock/effect.ts';
import { coveredKey } from '../core/cover-retired.ts';
import { EMPTY_COUNTERS_MAX } from '../core/retired-devices.ts';
import { targets } from '../core/targets.ts';
import { allDevices, type DeviceRow } from './device-rows.ts';
import { type EntryRow, entriesOf } from './entry-rows.ts';
import { type Look, parseText } from './look.ts';

/** What moved per stock document, by device; what retired devices did, together; and the last entry of each that did. */
interface Sum {
  readonly base: { in: number; out: number };
  readonly byDevice: Map<DeviceId, Base>;
  readonly lastSeq: Map<DeviceId, number>;
}
type Sums = Map<string, Sum>;

/**
 * Folds all entries anew and compares with every stock document: counter by counter, and the base. A plain sum: each accepted
 * entry up to its device's head counts once, at its device or, when a release counted it, at the server's journal.
 */
export function checkStock(look: Look): void {
  const sums: Sums = new Map();
  const released = releasedTargets(look);
  const devices = allDevices(look);
  for (const device of devices) sumDevice(look, { sums, released, device });
  const known = new Set<string>();
  const docs = look.database.prepare<[], { id: string; json: string }>(
    `SELECT id, json FROM document WHERE collection = 'stock'`,
  );
  const against: Against = {
    heads: new Map(devices.map(({ deviceId, headSeq }) => [deviceId, headSeq ?? 0])),
    covered: coveredDevices(look, devices),
  };
  for (const { id, json } of docs.iterate()) {
    known.add(id);
    // What cannot be read is told where documents are checked.
    const stock = stockShape.safeParse(parseText(json)).data;
    for (const fault of stock ? stockFaults(stock, sums.get(id) ?? newSum(), against) : []) {
      look.findings.add('document', `stock ${id}`, fault);
    }
    look.tick(1);
  }
  for (const id of sums.keys()) if (!known.has(id)) look.findings.add('document', `stock ${id}`, 'is missing');
}

/** Which server entry counted which release, and which wrote off which share. */
function releasedTargets({ database }: Look): ReadonlyMap<string, EntryId> {
  const rows = database.prepare<[], { target: string; entryId: EntryId }>(
    `SELECT target, entry_id AS entryId FROM settled_target WHERE target LIKE 'release %' OR target LIKE 'written-off %'`,
  );
  return new Map(rows.all().map(({ target, entryId }) => [target, entryId]));
}

interface Summing {
  readonly sums: Sums;
  readonly released: ReadonlyMap<string, EntryId>;
  readonly device: DeviceRow;
}

function sumDevice(look: Look, summing: Summing): void {
  const { sums, device } = summing;
  for (const row of entriesOf(look, device.deviceId)) {
    if (row.verdict !== 'accepted' || row.seq > (device.headSeq ?? 0)) continue;
    for (const effect of countedEffects(summing, row)) addEffect(sums, device, effect, row.seq);
  }
}

/** What an entry counts for; nothing where it is damaged, which the check of its chain tells. */
function countedEffects({ released }: Summing, { id, hash, json }: EntryRow): readonly StockEffect[] {
  const text = parseText(json);
  const entry = readDeviceEntry(text);
  if (entry.ok) return released.has(targets.release(entry.value.id, hash)) ? [] : stockEffects(entry.value);
  const writtenOff = allotmentWrittenOffShape.safeParse(text);
  if (writtenOff.success) {
    const { target, productId } = writtenOff.data.body;
    return productId && released.get(targets.writtenOff(target, productId)) === id ? stockEffects(writtenOff.data) : [];
  }
  const release = releaseShape.safeParse(text);
  const read = release.success ? readDeviceEntry(release.data.body.readable) : null;
  if (!release.success || !read?.ok) return [];
  const target = targets.release(read.value.id, read.value.hash);
  return released.get(target) === id ? stockEffects(read.value) : [];
}

function addEffect(sums: Sums, { deviceId, branch, isRetired }: DeviceRow, effect: StockEffect, seq: number): void {
  const id = `${branch}:${effect.productId}`;
  const sum = sums.get(id) ?? newSum();
  sums.set(id, sum);
  const part = isRetired ? sum.base : (sum.byDevice.get(deviceId) ?? { in: 0, out: 0 });
  part.in += effect.in;
  part.out += effect.out;
  if (!isRetired) sum.byDevice.set(deviceId, part);
  sum.lastSeq.set(deviceId, seq);
}

const newSum = (): Sum => ({ base: { in: 0, out: 0 }, byDevice: new Map(), lastSeq: new Map() });

interface Against {
  readonly heads: ReadonlyMap<DeviceId, number>;
  /** Retired devices whose empty counters are in every document that they moved. */
  readonly covered: ReadonlySet<DeviceId>;
}

/** While there are few enough of them, and the version that drops none has been at it. Without the ledger nobody knows who is revoked. */
function coveredDevices({ database, ledger }: Look, devices: readonly DeviceRow[]): ReadonlySet<DeviceId> {
  const meta = database.prepare<[string], string>('SELECT value FROM meta WHERE key = ?').pluck();
  const own = devices.filter(({ isRetired, forkOf }) => isRetired && forkOf === null);
  const covered = own.filter(
    ({ deviceId, branch }) =>
      own.filter((other) => other.branch === branch).length <= EMPTY_COUNTERS_MAX &&
      meta.get(coveredKey(branch)) !== undefined &&
      ledger?.isRevoked(deviceId) === false,
  );
  return new Set(covered.map(({ deviceId }) => deviceId));
}

const NOTHING: Base = { in: 0, out: 0 };

function* stockFaults(stock: Stock, sum: Sum, against: Against): Generator<string> {
  if (!sameBase(stock.base, sum.base)) yield 'base: not what retired devices did';
  const devices = new Set([...(Object.keys(stock.counters) as DeviceId[]), ...sum.lastSeq.keys()]);
  for (const deviceId of devices) {
    const fault = counterFault(stock, deviceId, sum, against);
    if (fault) yield `counter of ${deviceId}: ${fault}`;
  }
}

function counterFault(stock: Stock, deviceId: DeviceId, sum: Sum, { heads, covered }: Against): string | null {
  const counter = stock.counters[deviceId];
  if (!sameBase(counter ?? NOTHING, sum.byDevice.get(deviceId) ?? NOTHING)) return 'not what its entries add up to';
  if (!counter) return covered.has(deviceId) ? 'is missing' : null;
  if (counter.seq > (heads.get(deviceId) ?? 0)) return 'stands behind its head';
  return counter.seq < (sum.lastSeq.get(deviceId) ?? 0) ? 'stands before the last entry that it counts' : null;
}

function sameBase(left: Base, right: Base): boolean {
  return left.in === right.in && left.out === right.out;
}
