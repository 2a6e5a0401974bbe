import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { epochShape } from '../../schema/epoch.ts';
import { type BranchId, branchIdShape, deviceIdShape, type TillCode, tillCodeShape } from '../../schema/ids.ts';
import { writeDurably } from './secret-file.ts';

const recordShape = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('epoch'), epoch: epochShape, at: z.int() }),
  z.object({
    kind: z.literal('device'),
    branch: branchIdShape,
    till: tillCodeShape,
    generation: z.int().min(1),
    deviceId: deviceIdShape,
    at: z.int(),
  }),
]);
export type LedgerRecord = z.infer<typeof recordShape>;

/**
 * What must never repeat, even when the database is restored from a backup: epoch numbers and device generations. An append-only
 * file of JSON lines outside the database, each line on disk before its number is used.
 */
export interface Ledger {
  append(record: LedgerRecord): void;
  /** The highest epoch number ever begun; 0 before the first. */
  lastEpoch(): number;
  /** The highest generation ever given to a till code; 0 before the first. */
  lastGeneration(branch: BranchId, till: TillCode): number;
}

/** Reads the ledger at `path`. A last line that a crash cut short was never used, and is passed over. */
export function openLedger(path: string): Ledger {
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const records = text.split('\n').flatMap(readLine);
  let torn = text !== '' && !text.endsWith('\n');
  return {
    append: (record) => {
      writeDurably(path, `${torn ? '\n' : ''}${JSON.stringify(record)}\n`, 'a');
      torn = false;
      records.push(record);
    },
    lastEpoch: () => Math.max(0, ...records.map((record) => (record.kind === 'epoch' ? record.epoch.n : 0))),
    lastGeneration: (branch, till) =>
      Math.max(
        0,
        ...records.map((record) =>
          record.kind === 'device' && record.branch === branch && record.till === till ? record.generation : 0,
        ),
      ),
  };
}

function readLine(line: string): LedgerRecord[] {
  try {
    return [recordShape.parse(JSON.parse(line))];
  } catch {
    return [];
  }
}
