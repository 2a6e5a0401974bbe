import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { StoreFault } from '../store/store.ts';
import { writeDurably } from './secret-file.ts';

/** The text under a ledger: lines that only ever grow, written by this process and others. */
export interface LedgerText {
  /** Whole lines that were not given before. */
  newLines(): string[];
  /** Writes one line, on disk when it returns. Throws a {@link StoreFault} where the disk fails. */
  append(line: string): void;
}

/** The ledger's file. A crash may have cut its last line short: the next line begins anew behind it. */
export function openLedgerFile(path: string): LedgerText {
  let read = 0;
  const newLines = (): string[] => {
    const bytes = readFrom(path, read);
    const whole = bytes.subarray(0, bytes.lastIndexOf('\n') + 1);
    read += whole.length;
    return whole.toString().split('\n');
  };
  const append = (line: string): void => {
    try {
      writeDurably(path, `${endsInLine(path) ? '' : '\n'}${line}\n`, 'a');
    } catch (error) {
      const full = (error as { code?: unknown }).code === 'ENOSPC';
      throw new StoreFault(`The ledger could not be written: ${String(error)}`, full, error);
    }
  };
  return { newLines, append };
}

function readFrom(path: string, start: number): Buffer {
  if (!existsSync(path)) return Buffer.alloc(0);
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(Math.max(0, fstatSync(file).size - start));
    return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, start));
  } finally {
    closeSync(file);
  }
}

function endsInLine(path: string): boolean {
  if (!existsSync(path)) return true;
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const last = Buffer.alloc(1);
    return size === 0 || (readSync(file, last, 0, 1, size - 1) === 1 && last.toString() === '\n');
  } finally {
    closeSync(file);
  }
}
