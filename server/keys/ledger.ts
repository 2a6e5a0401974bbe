import { z } from 'zod';
import { type Epoch, epochShape, sameEpoch } from '../../schema/epoch.ts';
import {
  type BranchId,
  branchIdShape,
  type DeviceId,
  deviceIdShape,
  type TillCode,
  tillCodeShape,
} from '../../schema/ids.ts';
import { headShape } from '../../schema/protocol/push.ts';
import { type LedgerText, openLedgerFile } from './ledger-file.ts';

const at = z.int();
const recordShape = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('epoch'),
    epoch: epochShape,
    at,
    cause: z.string().optional(),
    /** Histories that it follows: the database's own, and those that made it necessary. */
    after: z.array(epochShape).optional(),
  }),
  z.object({
    kind: z.literal('device'),
    branch: branchIdShape,
    till: tillCodeShape,
    generation: z.int().min(1),
    deviceId: deviceIdShape,
    at,
    /** Of its public key (RFC 7638). */
    thumbprint: z.string().optional(),
  }),
  z.object({ kind: z.literal('revoked'), deviceId: deviceIdShape, at }),
  z.object({
    kind: z.literal('backup'),
    at,
    epoch: epochShape,
    file: z.string(),
    /** How far each device's entries are in it. */
    heads: z.record(deviceIdShape, headShape),
  }),
]);
export type LedgerRecord = z.infer<typeof recordShape>;
export type BackupRecord = Extract<LedgerRecord, { kind: 'backup' }>;

/**
 * What must never repeat or be forgotten, even when the database is restored from a backup: epochs with their ancestors, device
 * generations, revocations, backups. An append-only list of JSON lines outside the database, each on disk before it is used.
 */
export interface Ledger {
  append(record: LedgerRecord): void;
  /** Reads what another process wrote meanwhile. */
  catchUp(): void;
  /** The highest epoch number ever begun; 0 before the first. */
  lastEpoch(): number;
  /** True for a history that began here, or that one that began here follows. */
  knowsEpoch(epoch: Epoch): boolean;
  /** The highest generation ever given to a till code; 0 before the first. */
  lastGeneration(branch: BranchId, till: TillCode): number;
  /** Every device that was ever enrolled in a branch. */
  devicesOf(
    branch: BranchId,
  ): readonly Pick<Extract<LedgerRecord, { kind: 'device' }>, 'deviceId' | 'till' | 'generation'>[];
  isRevoked(deviceId: DeviceId): boolean;
  /** Every device that was revoked, with the time. */
  revocations(): ReadonlyMap<DeviceId, number>;
  /** The newest backup, also one that another process made meanwhile. */
  lastBackup(): BackupRecord | undefined;
}

/** Reads the ledger at `path`. */
export function openLedger(path: string): Ledger {
  return createLedger(openLedgerFile(path));
}

/** A ledger over its text. A last line that a crash cut short was never used, and is passed over. */
export function createLedger(text: LedgerText): Ledger {
  const records: LedgerRecord[] = [];
  const revoked = new Map<DeviceId, number>();
  const readNew = (): void => {
    for (const record of text.newLines().flatMap(readLine)) {
      records.push(record);
      if (record.kind === 'revoked') revoked.set(record.deviceId, record.at);
    }
  };
  readNew();
  const highest = (numberOf: (record: LedgerRecord) => number): number =>
    records.reduce((most, record) => Math.max(most, numberOf(record)), 0);
  return {
    append: (record) => {
      text.append(JSON.stringify(record));
      readNew();
    },
    catchUp: readNew,
    lastEpoch: () => highest((record) => (record.kind === 'epoch' ? record.epoch.n : 0)),
    knowsEpoch: (epoch) => records.some((record) => namesEpoch(record, epoch)),
    lastGeneration: (branch, till) =>
      highest((record) =>
        record.kind === 'device' && record.branch === branch && record.till === till ? record.generation : 0,
      ),
    devicesOf: (branch) => records.filter((record) => record.kind === 'device').filter((one) => one.branch === branch),
    isRevoked: (deviceId) => revoked.has(deviceId),
    revocations: () => revoked,
    lastBackup: () => {
      readNew();
      return records.findLast((record) => record.kind === 'backup');
    },
  };
}

function namesEpoch(record: LedgerRecord, epoch: Epoch): boolean {
  if (record.kind !== 'epoch') return false;
  return [record.epoch, ...(record.after ?? [])].some((known) => sameEpoch(known, epoch));
}

function readLine(line: string): LedgerRecord[] {
  try {
    return [recordShape.parse(JSON.parse(line))];
  } catch {
    return [];
  }
}
