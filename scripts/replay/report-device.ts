import type { Device } from '../../client/device/device.ts';
import { findChainFault } from '../../schema/chain.ts';
import type { DeviceEntry } from '../../schema/entry/entry.ts';
import type { ProductId } from '../../schema/ids.ts';
import type { ReplicaReport } from './compare.ts';
import { type ObservedEntry, observeEntry } from './content.ts';
import { judgeReceipts } from './judge-receipts.ts';

/** Rows asked for where a device offers "the newest": more than any file has. */
const ALL = 10_000_000;

/** What a device holds, read through the same facade as its screens: every entry, stock of the named products, own chain. */
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
    entries: await observeAll(device, own),
    onHand: new Map(onHand),
    violations: [...faults, ...judgeOwn(device, own)],
  };
}

async function observeAll(device: Device, own: readonly DeviceEntry[]): Promise<ObservedEntry[]> {
  const barcodeOf = (id: string) => device.catalogue.product(id as ProductId)?.barcodes[0] ?? `unknown ${id}`;
  const observed = new Map<string, ObservedEntry>(own.map((entry) => [entry.id, observeEntry(entry, barcodeOf)]));
  const shown: ObservedEntry[] = [];
  for (const { id } of await device.office.sales(ALL)) {
    const known = observed.get(id);
    observed.delete(id);
    shown.push(known ?? (await observeForeign(device, id, barcodeOf)));
  }
  return [...shown, ...observed.values()];
}

type EntryIdOf = Parameters<Device['office']['entry']>[0];

async function observeForeign(
  device: Device,
  id: EntryIdOf,
  barcodeOf: (id: string) => string,
): Promise<ObservedEntry> {
  const held = await device.office.entry(id);
  const entry = held && 'receivedAt' in held ? held.entry : held;
  return entry ? observeEntry(entry as DeviceEntry, barcodeOf) : { id, key: null, content: 'unreadable' };
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
