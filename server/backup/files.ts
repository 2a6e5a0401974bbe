import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { PRIVATE_FILE_MODE } from '../keys/secret-file.ts';

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

/** Gives a second name to a file. */
export type Link = (from: string, to: string) => void;

/** Gives a finished draft its name; throws where the name is taken, whoever took it meanwhile. */
export function nameDraft(draft: string, path: string, link: Link = linkSync): void {
  if (tryLink(draft, path, link)) rmSync(draft);
  else renameSync(draft, path);
  syncFolder(dirname(path));
}

/** Keeps a file under another name too: the same one, or a copy where the disk knows no second names. */
export function keepAs(path: string, kept: string, link: Link = linkSync): void {
  if (tryLink(path, kept, link)) return;
  copyFileSync(path, kept);
  syncFile(kept);
}

/** False where the disk knows no second names, as FAT and exFAT of memory sticks, each system in its own words. */
function tryLink(from: string, to: string, link: Link): boolean {
  try {
    link(from, to);
    return true;
  } catch (error) {
    if (existsSync(to)) throw error;
    return false;
  }
}

/** Lets only its owner read a file, where the disk knows owners. */
export function makePrivate(path: string, chmod: typeof chmodSync = chmodSync): void {
  try {
    chmod(path, PRIVATE_FILE_MODE);
  } catch (error) {
    if (!['EPERM', 'ENOTSUP'].includes(String((error as { code?: unknown }).code))) throw error;
  }
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
