import { hashHolds } from '../../schema/chain.ts';
import { type DeviceEntry, type EntryPlace, entryPlaceShape, readDeviceEntry } from '../../schema/entry/entry.ts';
import { splitEntryId } from '../../schema/ids.ts';
import { REASON_MAX } from '../../schema/limits.ts';
import { findGateFault } from '../../schema/payload-gate.ts';
import { fail, ok, type Result } from '../../schema/result.ts';
import type { StoredDevice } from '../store/store.ts';

/** A row that has a place in its device's chain, readable or not. */
export interface PlacedRow {
  readonly row: unknown;
  readonly place: EntryPlace;
  readonly seq: number;
}

/**
 * The place a row claims. None without a readable id, prev and hash, or when the id is not the credential's device:
 * until signatures are checked, only its own device can vouch for an entry.
 */
export function placeRow(row: unknown, device: StoredDevice): Result<PlacedRow, string> {
  const place = entryPlaceShape.safeParse(row);
  if (!place.success) return fail('no-place: id, prev or hash cannot be read');
  const { deviceId, seq } = splitEntryId(place.data.id);
  if (deviceId !== device.deviceId) return fail('not-own: the id belongs to another device');
  return ok({ row, place: place.data, seq });
}

/**
 * Reads a placed row. The reason says why it must be quarantined: it did not pass the gate, cannot be read, belongs to
 * another branch, or is not what its hash says. Whether it follows the entry before it is found when it is folded.
 */
export function readPlacedRow({ row }: PlacedRow, device: StoredDevice): Result<DeviceEntry, string> {
  const gateFault = findGateFault(row);
  if (gateFault) return fail(shorten(`${gateFault.code}: ${gateFault.place}`));
  const read = readDeviceEntry(row);
  if (!read.ok) return fail(shorten(read.error.reason));
  if (read.value.branch !== device.branch) return fail('branch: not the branch of this device');
  if (!hashHolds(read.value)) return fail('hash: not the hash of the content');
  return read;
}

/** What a row calls itself, for a verdict that can be matched to it. */
export function claimOf(row: unknown): { id: string; hash: string } {
  const { id, hash } = (row ?? {}) as { id?: unknown; hash?: unknown };
  return { id: textOf(id, 40), hash: textOf(hash, 64) };
}

function textOf(value: unknown, lengthMax: number): string {
  return typeof value === 'string' ? value.slice(0, lengthMax).toWellFormed() : '';
}

function shorten(reason: string): string {
  return reason.slice(0, REASON_MAX).toWellFormed();
}
