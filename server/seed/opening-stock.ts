import { join } from 'node:path';
import { EMPTY_HEAD, sealEntry } from '../../schema/chain.ts';
import type { DeviceEntry } from '../../schema/entry/entry.ts';
import { tillCodeShape } from '../../schema/ids.ts';
import { quantity } from '../../schema/quantity.ts';
import { entrySigningText } from '../../schema/signature.ts';
import type { Stock } from '../../schema/stock/counter.ts';
import { stockId } from '../../schema/stock/counter.ts';
import type { Core } from '../core/core.ts';
import { setDeviceInUse } from '../core/device-record.ts';
import { enrolDevice } from '../core/enrol.ts';
import { createCode } from '../core/enrol-code.ts';
import { pushJournal } from '../core/push-journal.ts';
import { type KeySigner, openKeySigner } from '../keys/key-signer.ts';
import type { StoredDevice } from '../store/store.ts';
import type { ImportedProduct } from './import-catalogue.ts';
import { BRANCH, MANAGER } from './shop.ts';

/** The till code of the server's own back office, which enters opening stock. */
const BACK_OFFICE = tillCodeShape.parse('B1');
const LINES_PER_ENTRY = 200;
const ENTRIES_PER_PUSH = 20;

export interface OpeningStock {
  readonly dataDir: string;
  readonly reference: string;
  readonly progress: (entered: number, total: number) => void;
}

/**
 * Enters opening quantities as `receive` entries of a real device, through the same door as every till's. What that device
 * entered before is left out, so a run that was cut short is taken up where it stopped. Gives the number of products.
 */
export async function enterOpeningStock(
  core: Core,
  products: readonly ImportedProduct[],
  { dataDir, reference, progress }: OpeningStock,
): Promise<number> {
  const wished = products.filter(({ stock }) => stock !== undefined && stock > 0);
  if (wished.length === 0) return 0;
  const key = openKeySigner(join(dataDir, 'back-office-key.json'));
  const device = await openBackOffice(core, key);
  const missing = await withoutCounter(core, device, wished);
  const step = LINES_PER_ENTRY * ENTRIES_PER_PUSH;
  for (let at = 0; at < missing.length; at += step) {
    const entries = await makeEntries(core, device, missing.slice(at, at + step), reference);
    await enterSigned(core, device, key, entries);
    progress(Math.min(at + step, missing.length), missing.length);
  }
  // It is nobody's till: its silence must not be reported.
  await setDeviceInUse(core, device, false);
  return missing.length;
}

/** The back-office device; enrolled with a code like any other. */
async function openBackOffice(core: Core, key: KeySigner): Promise<StoredDevice> {
  const known = await core.store.read((tx) => tx.devicesOfTill(BRANCH, BACK_OFFICE));
  const newest = known.at(-1);
  if (newest) return newest;
  const code = await createCode(core, { branch: BRANCH, role: 'manager', till: BACK_OFFICE });
  if (!code.ok) throw new Error(`Invariant broken: no code for the back office: ${code.error}.`);
  const enrolled = await enrolDevice(core, { code: code.value.code, publicKey: key.publicKey });
  if (!enrolled.ok) throw new Error(`Invariant broken: the back office was not enrolled: ${enrolled.error}.`);
  return openBackOffice(core, key);
}

async function withoutCounter(core: Core, device: StoredDevice, products: readonly ImportedProduct[]) {
  return core.store.read(async (tx) => {
    const missing: ImportedProduct[] = [];
    for (const product of products) {
      const stored = await tx.document('stock', stockId(BRANCH, product.productId));
      const stock = stored ? (JSON.parse(stored.json) as Stock) : undefined;
      if (!stock?.counters[device.deviceId]) missing.push(product);
    }
    return missing;
  });
}

async function makeEntries(
  core: Core,
  device: StoredDevice,
  products: readonly ImportedProduct[],
  reference: string,
): Promise<DeviceEntry[]> {
  let head = (await core.store.read((tx) => tx.head(device.deviceId))) ?? EMPTY_HEAD;
  const entries: DeviceEntry[] = [];
  for (let at = 0; at < products.length; at += LINES_PER_ENTRY) {
    const lines = products
      .slice(at, at + LINES_PER_ENTRY)
      .map(({ productId, stock }) => ({ productId, quantity: quantity(stock ?? 0) }));
    const { deviceId, branch } = device;
    const body = { reference, lines };
    const entry = sealEntry({ deviceId, branch, person: MANAGER, at: core.deps.now(), kind: 'receive', body }, head);
    entries.push(entry);
    head = entry;
  }
  return entries;
}

async function enterSigned(core: Core, device: StoredDevice, key: KeySigner, entries: DeviceEntry[]): Promise<void> {
  const signatures = entries.map(({ id, hash }) => ({ id, hash, signature: key.sign(entrySigningText(id, hash)) }));
  const { verdicts } = await pushJournal(core, device, { entries, signatures });
  const odd = verdicts.find(({ verdict }) => verdict !== 'accepted');
  if (odd) throw new Error(`Invariant broken: opening stock was ${odd.verdict}: ${odd.reason ?? ''}.`);
}
