import type { Ledger, LedgerRecord } from '../../server/keys/ledger.ts';

/** The ledger's file, as a machine keeps it beside its database: neither a crash nor a restore takes a line of it. */
export function openMemoryLedger(records: LedgerRecord[]): Ledger {
  const ofKind = <Kind extends LedgerRecord['kind']>(kind: Kind) =>
    records.filter((record): record is Extract<LedgerRecord, { kind: Kind }> => record.kind === kind);
  return {
    append: (record) => void records.push(record),
    lastEpoch: () => Math.max(0, ...ofKind('epoch').map(({ epoch }) => epoch.n)),
    lastGeneration: (branch, till) =>
      Math.max(
        0,
        ...ofKind('device')
          .filter((record) => record.branch === branch && record.till === till)
          .map(({ generation }) => generation),
      ),
  };
}
