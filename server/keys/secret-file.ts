import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Readable and writable by the shop's own account only. */
export const PRIVATE_FILE_MODE = 0o600;
export const PRIVATE_DIR_MODE = 0o700;

/**
 * The text of a secret file; written once with `make()` where there is none. On disk before it is used, and whole or not at
 * all: a half-written key would lock out every device.
 */
export function readOrMakeSecret(path: string, make: () => string): string {
  if (existsSync(path)) return readFileSync(path, 'utf8');
  const text = make();
  replaceFile(path, text);
  return text;
}

/** Writes a file whole or not at all: whoever reads it meanwhile sees the former one. */
export function replaceFile(path: string, text: string): void {
  const draft = `${path}.draft`;
  writeDurably(draft, text, 'w');
  renameSync(draft, path);
  syncDirectory(dirname(path));
}

/** Writes and waits until it is on disk. `flag` is `w` to replace, `a` to append. */
export function writeDurably(path: string, text: string, flag: 'w' | 'a'): void {
  const file = openSync(path, flag, PRIVATE_FILE_MODE);
  try {
    // Goes on until all is written: a disk with room for half of it fails here, and not in silence.
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function syncDirectory(path: string): void {
  // Windows cannot open a directory; a rename is durable enough there.
  if (process.platform === 'win32') return;
  const directory = openSync(path, 'r');
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}
