import { hashHolds } from '../../schema/chain.ts';
import type { DeviceEntry } from '../../schema/entry/entry.ts';
import type { DeviceId } from '../../schema/ids.ts';
import type { PublicKey } from '../../schema/protocol/enrol.ts';
import { entrySigningText } from '../../schema/signature.ts';
import type { SignatureMark } from './reports.ts';
import { certifiedKey, isSignedBy } from './shop-certificate.ts';

/** An entry as somebody hands it over, with what is to prove it. */
export interface SignedEntry {
  readonly entry: DeviceEntry;
  readonly signature: string | undefined;
  /** Of the device that the entry names; undefined where none is known here. */
  readonly certificate: string | undefined;
}

/** Checks that exactly this was signed by the device which the entry names, and that this device is the shop's. Never rejects. */
export async function checkSignature(
  subtle: SubtleCrypto,
  shopKey: PublicKey,
  { entry, signature, certificate }: SignedEntry,
): Promise<SignatureMark> {
  const { signature: _own, ...said } = entry as DeviceEntry & { readonly signature?: string };
  if (!hashHolds(said)) return 'broken';
  if (signature === undefined) return 'unsigned';
  if (certificate === undefined) return 'unknown';
  const key = await certifiedKey(subtle, shopKey, certificate, { deviceId: entry.deviceId as DeviceId });
  if (key === null) return 'unknown';
  return (await isSignedBy(subtle, key, entrySigningText(entry.id, entry.hash), signature)) ? 'holds' : 'broken';
}
