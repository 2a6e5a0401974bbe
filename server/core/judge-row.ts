import { hash } from 'node:crypto';
import { hashHolds } from '../../schema/chain.ts';
import {
  type Entry,
  type EntryPlace,
  entryPlaceShape,
  readDeviceEntry,
  serverEntryShape,
} from '../../schema/entry/entry.ts';
import { GENESIS_HASH } from '../../schema/entry/header.ts';
import { type DeviceId, entryId, splitEntryId } from '../../schema/ids.ts';
import { REASON_MAX } from '../../schema/limits.ts';
import { passGate } from '../../schema/payload-gate.ts';
import { entryStubShape } from '../../schema/protocol/push.ts';
import { fail, ok, type Result } from '../../schema/result.ts';
import { sureCheck } from '../../schema/sure-check.ts';
import type { StoredDevice } from '../store/store.ts';
import { isServerJournal } from './server-device.ts';

/** A row that has a place in its device's chain, readable or not. */
export interface PlacedRow {
  readonly row: unknown;
  readonly place: EntryPlace;
  readonly deviceId: DeviceId;
  readonly seq: number;
  /** Why it does not pass the gate, or null. */
  readonly gateFault: string | null;
  /** Its JSON, where it passes the gate. */
  readonly text: string | null;
  /** True when the hash is the hash of what the row says: then whoever vouches for it vouches for its `prev` too. */
  readonly holds: boolean;
  /** True where its schema was asked already, and said yes to it as a device's entry. */
  readonly isRead?: boolean;
}

const hasPlace = sureCheck(entryPlaceShape);

/** The place a row claims. None without a readable id, prev and hash. */
export function placeRow(row: unknown): Result<PlacedRow, string> {
  if (!hasPlace(row)) return fail('no-place: id, prev or hash cannot be read');
  const { id, prev, hash: claimed } = row as EntryPlace;
  const passed = passGate(row);
  const gateFault = passed.ok ? null : shorten(`${passed.error.code}: ${passed.error.place}`);
  const text = passed.ok ? passed.value : null;
  const holds = passed.ok && hashHolds(row as EntryPlace, sha256);
  return ok({ row, place: { id, prev, hash: claimed }, ...splitEntryId(id), gateFault, text, holds });
}

function sha256(text: string): string {
  return hash('sha256', text, 'hex');
}

/**
 * Reads a placed row. The reason says why it must be quarantined: it did not pass the gate, cannot be read, belongs to
 * another branch, or is not what its hash says. Whether it follows the entry before it is found when it is folded.
 */
export function readPlacedRow(placed: PlacedRow, author: StoredDevice): Result<Entry, string> {
  const { row, gateFault, holds } = placed;
  if (gateFault !== null) return fail(gateFault);
  const stub = isStub(row) ? entryStubShape.safeParse(row) : null;
  if (stub?.success) return fail(`stub: ${stub.data.bytes} bytes, too large to travel`);
  const read = isServerJournal(author) ? readServerEntry(row) : readOfDevice(placed);
  if (!read.ok) return fail(shorten(read.error.reason));
  if (read.value.branch !== author.branch) return fail('branch: not the branch of this device');
  const { seq, prev } = read.value;
  if (seq === 1 && prev !== GENESIS_HASH) return fail('prev: the first entry follows nothing');
  return holds ? read : fail('hash: not the hash of the content');
}

function readOfDevice({ row, isRead = false }: PlacedRow) {
  return isRead ? ok(row as Entry) : readDeviceEntry(row);
}

function isStub(row: unknown): boolean {
  return (row as { readonly stub?: unknown }).stub === true;
}

function readServerEntry(row: unknown): Result<Entry, { readonly reason: string }> {
  const read = serverEntryShape.safeParse(row);
  if (!read.success) return fail({ reason: `${read.error.issues[0]?.path.join('.') || 'entry'}: not readable` });
  const { id, deviceId, seq } = read.data;
  return id === entryId(deviceId, seq) ? ok(row as Entry) : fail({ reason: 'id: not the id of its device and seq' });
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
