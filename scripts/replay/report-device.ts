import type { Device } from '../../client/device/device.ts';
import { findChainFault } from '../../schema/chain.ts';
import type { DeviceEntry } from '../../schema/entry/entry.ts';
import { type DeviceId, entryId, type ProductId } from '../../schema/ids.ts';
import type { ReplicaReport } from './compare.ts';
import { type ObservedEntry, observeEntry } from './content.ts';
import { judgeReceipts } from './judge-receipts.ts';

/** Own entries asked for: more than any file has. */
const ALL = 10_000_000;
/** Rows of the list of sales that must each stand there once. */
const LISTED = 1_000;

/**
 * What a device holds, read through the same facade as its screens: every entry of every device of the branch, the stock
 * of the named products, its own chain, receipts and safety.
 */
export async function reportDevice(
  device: Device,
  barcodes: readonly string[],
  faults: readonly string[],
): Promise<ReplicaReport> {
  const own = [...(await device.till.recent(ALL))].sort((left, right) => left.seq - right.seq);
  const onHand = barcodes.flatMap((barcode): [string, number][] => {
    const product = device.catalogue.byBarcode(barcode);
    return product ? [[barcode, device.stock.onHand(product.id)]] : [];
  });
  return {
    replica: device.identity.till,
    entries: await observeAll(device),
    onHand: new Map(onHand),
    violations: [...faults, ...judgeOwn(device, own), ...(await judgeList(device))],
  };
}

/** An entry's id is its device and its seq, so nothing that is held can hide: each device is read from seq 1 to its end. */
async function observeAll(device: Device): Promise<ObservedEntry[]> {
  const barcodeOf = (id: string) => device.catalogue.product(id as ProductId)?.barcodes[0] ?? `unknown ${id}`;
  const observed: ObservedEntry[] = [];
  for (const { device: deviceId } of device.company.devices.get()) {
    for (let seq = 1; ; seq += 1) {
      const entry = await readEntry(device, deviceId, seq);
      if (entry === undefined) break;
      observed.push(
        entry === 'unreadable'
          ? { id: entryId(deviceId, seq), key: null, content: '' }
          : observeEntry(entry, barcodeOf),
      );
    }
  }
  return observed;
}

async function readEntry(
  device: Device,
  deviceId: DeviceId,
  seq: number,
): Promise<DeviceEntry | 'unreadable' | undefined> {
  const held = await device.office.entry(entryId(deviceId, seq));
  if (held === undefined || !('receivedAt' in held)) return held;
  return (held.entry as DeviceEntry | undefined) ?? 'unreadable';
}

/** The list on the screen must name no sale twice. */
async function judgeList({ office }: Device): Promise<string[]> {
  const rows = await office.sales(LISTED);
  const ids = new Set(rows.map(({ id }) => id));
  return ids.size === rows.length ? [] : [`the list of sales names ${rows.length - ids.size} entries twice`];
}

function judgeOwn(device: Device, own: readonly DeviceEntry[]): string[] {
  const fault = findChainFault(own);
  const unsafe = own.filter((entry) => device.till.safety(entry.id) !== 'server').length;
  return [
    ...(fault ? [`own chain: ${fault.fault} at ${fault.seq}`] : []),
    ...judgeReceipts('this device', own),
    ...(unsafe > 0 ? [`${unsafe} own entries are not safe on the server`] : []),
  ];
}
