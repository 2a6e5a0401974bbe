import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Hash } from '../../schema/ids.ts';

/** Pictures of one shop: one for each of 20,000 products, and as many that were replaced. */
const IMAGES_MAX = 40_000;

/** Pictures in a folder beside the database, each named by the hash of its bytes. */
export interface ImageFolder {
  read(hash: Hash): Promise<Uint8Array | null>;
  /** False when there are too many. The same picture again changes nothing. */
  keep(hash: Hash, bytes: Uint8Array): Promise<boolean>;
}

export function openImageFolder(path: string): ImageFolder {
  const fileOf = (hash: Hash) => join(path, hash);
  return {
    read: (hash) => readFile(fileOf(hash)).catch(() => null),
    keep: async (hash, bytes) => {
      await mkdir(path, { recursive: true });
      if (await isFile(fileOf(hash))) return true;
      if ((await readdir(path)).length >= IMAGES_MAX) return false;
      // A crash leaves a part of one under another name, which is nobody's hash.
      await writeFile(`${fileOf(hash)}.part`, bytes);
      await rename(`${fileOf(hash)}.part`, fileOf(hash));
      return true;
    },
  };
}

function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
