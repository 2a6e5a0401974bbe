import type { LedgerText } from '../../server/keys/ledger-file.ts';

/** The ledger's lines, as a machine keeps them beside its database: neither a crash nor a restore takes one of them. */
export function createMemoryLedgerText(lines: string[]): LedgerText {
  let read = 0;
  return {
    newLines: () => {
      const fresh = lines.slice(read);
      read = lines.length;
      return fresh;
    },
    append: (line) => void lines.push(line),
  };
}
