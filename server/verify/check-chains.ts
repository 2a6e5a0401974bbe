import type { Entry } from '../../schema/entry/entry.ts';
import { GENESIS_HASH } from '../../schema/entry/header.ts';
import { entryId } from '../../schema/ids.ts';
import { publicKeyShape } from '../../schema/protocol/enrol.ts';
import { entrySigningText } from '../../schema/signature.ts';
import { placeRow, readPlacedRow } from '../core/judge-row.ts';
import { archiveFaultOf } from '../store/sqlite/archived-text.ts';
import { allDevices, type DeviceRow, unknownDevices } from './device-rows.ts';
import { type EntryRow, entriesOf } from './entry-rows.ts';
import { type Look, parseText } from './look.ts';
import { createReceiptCheck, type ReceiptCheck } from './receipt-check.ts';

/** Checks every device's chain: places, links, hashes, signatures, receipt numbers, heads, and that verdicts say what entries are. */
export function checkChains(look: Look): void {
  for (const id of unknownDevices(look)) look.findings.add('device', id, 'entries name it, and it is not there');
  const receipts = createReceiptCheck(look.findings);
  for (const device of allDevices(look)) checkChain(look, device, receipts);
}

function checkChain(look: Look, device: DeviceRow, receipts: ReceiptCheck): void {
  const proof = createProof(look, device);
  let last: EntryRow | null = null;
  let before: EntryRow | null = null;
  for (const row of entriesOf(look, device.deviceId)) {
    const entry = checkEntry(look, device, row);
    checkLink(look, device, row, before);
    proof.add(row);
    receipts.add(device, row, entry);
    if (row.seq <= (device.headSeq ?? 0)) last = row;
    before = row;
  }
  proof.end();
  checkHead(look, device, last);
}

/** Checks one entry by itself. Gives it where it can be read. */
export function checkEntry({ findings }: Look, device: DeviceRow, row: EntryRow): Entry | null {
  const tell = (what: string): void => findings.add('entry', row.id, what);
  if (row.id !== entryId(row.deviceId, row.seq)) tell('id: not the id of its device and place');
  if (row.scope !== device.branch) tell('scope: not the branch of its device');
  if (row.verdict === null) tell('verdict: none is written down');
  const text = parseText(row.json);
  const placed = placeRow(text);
  if (!placed.ok) {
    tell(archiveFaultOf(text) ?? placed.error);
    return null;
  }
  const { place, seq } = placed.value;
  if (place.prev !== row.prev || place.hash !== row.hash || seq !== row.seq) tell('place: its text says another one');
  const read = readPlacedRow(placed.value, device);
  if (read.ok && ((read.value.kind !== row.kind && !wasUnreadable(row)) || read.value.at !== row.at))
    tell('kind or time: its text says another');
  if (!read.ok && row.verdict === 'accepted') tell(read.error);
  return read.ok && row.verdict === 'accepted' ? read.value : null;
}

/** An earlier version could not read it; this one may, and then released it. What was written down of it stays. */
function wasUnreadable({ kind, verdict }: EntryRow): boolean {
  return kind === 'unreadable' && verdict === 'quarantined';
}

function isLate({ flags }: EntryRow): boolean {
  return (flags ?? '').split(',').includes('late');
}

/** An accepted entry follows the one before it; behind a gap, and behind the head, nobody knows yet. */
function checkLink({ findings }: Look, device: DeviceRow, row: EntryRow, before: EntryRow | null): void {
  if (row.verdict !== 'accepted' || row.seq > (device.headSeq ?? 0) || isLate(row)) return;
  if (row.seq === 1 && row.prev !== GENESIS_HASH) findings.add('entry', row.id, 'prev: the first follows something');
  if (before?.seq !== row.seq - 1 || isLate(before)) return;
  if (row.prev !== before.hash) findings.add('entry', row.id, 'prev: does not follow the entry before it');
}

export function checkHead({ findings, database }: Look, device: DeviceRow, last: EntryRow | null): void {
  const { deviceId, headSeq, headHash } = device;
  if (headSeq !== null && (last?.seq !== headSeq || last.hash !== headHash)) {
    findings.add('head', deviceId, 'is not the last entry that it counts');
  }
  const next = database
    .prepare<unknown[], string>('SELECT id FROM entry WHERE device_id = ? AND entry_seq = ?')
    .pluck();
  const behind = next.get(deviceId, (headSeq ?? 0) + 1);
  if (behind !== undefined) findings.add('head', deviceId, `does not count ${behind}, which follows it`);
}

/** The last entry of a device that was stored before entries were signed; 0 for none. */
function readUnsignedThrough({ database }: Look, { deviceId }: DeviceRow): number {
  const value = database.prepare<unknown[], string>('SELECT value FROM meta WHERE key = ?').pluck();
  return Number(value.get(`unsigned through ${deviceId}`) ?? 0);
}

/**
 * A signature proves its entry and, by the chain, all before it. Entries behind the last good one are told, unless they came from
 * a device that did not sign yet, or were there before any did.
 */
function createProof(look: Look, device: DeviceRow) {
  const publicKey = publicKeyShape.safeParse(parseText(device.publicKey)).data;
  let unproven: EntryRow[] = [];
  const unsignedThrough = readUnsignedThrough(look, device);
  const isSigned = ({ json, signature }: EntryRow): boolean => {
    const placed = signature === '' ? null : placeRow(parseText(json));
    if (!placed?.ok || !publicKey) return false;
    const { id, hash } = placed.value.place;
    return look.verify(publicKey, entrySigningText(id, hash), signature);
  };
  const isExcused = ({ seq, flags, verdict }: EntryRow): boolean =>
    seq <= unsignedThrough || verdict === 'quarantined' || (flags ?? '').split(',').includes('unsigned');
  return {
    add: (row: EntryRow): void => {
      if (isSigned(row)) unproven = [];
      else unproven.push(row);
    },
    end: (): void => {
      for (const row of unproven) {
        if (!isExcused(row))
          look.findings.add('entry', row.id, 'signature: none by its device proves it', { odd: true });
      }
    },
  };
}
