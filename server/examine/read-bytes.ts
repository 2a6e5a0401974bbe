import { type ReadPush, readPush } from '../core/read-push.ts';

/** Reads the bytes of a push, as `readPush`; null too where they are no JSON in UTF-8. */
export function readBytes(bytes: Uint8Array): ReadPush | null {
  try {
    return readPush(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    return null;
  }
}
