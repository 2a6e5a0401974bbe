import { closeSync, existsSync, fsyncSync, linkSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A time as it can stand in a file's name: `2026-11-25T13-30-00`. */
export function fileTime(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replaceAll(':', '-');
}

/** Waits until a file is on disk. */
export function syncFile(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Waits until a folder's list of files is on disk. */
export function syncFolder(path: string): void {
  // Windows cannot open a folder; a rename is durable enough there.
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/** Gives a finished draft its name; throws where the name is taken, whoever took it meanwhile. */
export function nameDraft(draft: string, path: string): void {
  linkSync(draft, path);
  rmSync(draft);
  syncFolder(dirname(path));
}

/** Removes a file of SQLite with what lies beside it. */
export function removeDatabase(path: string): void {
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(`${path}${end}`, { force: true });
}

/** A free name beside `path`. */
export function freeName(path: string): string {
  if (!existsSync(path)) return path;
  for (let n = 2; ; n += 1) if (!existsSync(`${path}-${n}`)) return `${path}-${n}`;
}

/** Moves a write-ahead log that could not be folded in to the name of the database it belongs to. */
export function moveLog(from: string, to: string): void {
  for (const end of ['-wal', '-shm']) if (existsSync(`${from}${end}`)) renameSync(`${from}${end}`, `${to}${end}`);
}

/** The backups of a folder, newest first by name. */
export function listBackups(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith('.db'));
  return names
    .sort()
    .reverse()
    .map((name) => join(folder, name));
}
