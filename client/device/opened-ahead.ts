import { openBrowserVault } from '../store/browser-vault.ts';
import { databaseNameOf } from '../store/database-name.ts';
import { type LogFile, openMadeLogFile } from '../store/log/log-file.ts';
import { readAhead } from '../store/log/read-ahead.ts';
import type { Vault } from '../store/vault.ts';

/** What a page opened of a slot's disk before its program was there. */
export interface OpenedAhead {
  readonly vault: Promise<Vault>;
  /** Null where the slot has none: nothing is made here. */
  readonly log: Promise<LogFile | null>;
}

const opened = new Map<string, OpenedAhead>();

/** Opens the vault of a slot and the log, and reads both. Whoever opens the device takes them. */
export function beginOpening(slot: string, indexedDb: IDBFactory): void {
  const vault = openBrowserVault(slot, indexedDb);
  const log = openMadeLogFile(`${databaseNameOf(slot)}--log`, indexedDb).then(readAhead, () => null);
  // Whoever takes it is told.
  vault.then(({ ahead }) => ahead?.read()).catch(() => undefined);
  opened.set(slot, { vault, log });
}

/** Gives what was opened ahead, once: whoever opens the slot again opens its disk anew. */
export function takeOpened(slot: string): OpenedAhead | undefined {
  const ahead = opened.get(slot);
  opened.delete(slot);
  return ahead;
}
