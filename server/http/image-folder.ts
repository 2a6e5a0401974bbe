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
  let parts = 0;
  return {
    read: (hash) => readFile(fileOf(hash)).catch(() => null),
    keep: async (hash, bytes) => {
      await mkdir(path, { recursive: true });
      // Of another length is one that a power cut tore.
      if ((await lengthOf(fileOf(hash))) === bytes.length) return true;
      if ((await readdir(path)).length >= IMAGES_MAX) return false;
      parts += 1;
      // A crash leaves a part of one under another name, which is nobody's hash, nor that of who puts the same at this moment.
      const part = `${fileOf(hash)}.part${parts}`;
      await writeFile(part, bytes, { flush: true });
      await rename(part, fileOf(hash));
      return true;
    },
  };
}

/** Bytes of a file; null where there is none. */
function lengthOf(path: string): Promise<number | null> {
  return stat(path).then(
    ({ size }) => size,
    () => null,
  );
}
