import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { canonicalJson } from './canonical-json.ts';
import type { Hash } from './ids.ts';

const ENCODER = new TextEncoder();

/** SHA-256 of a text's UTF-8, in lowercase hexadecimal. Synchronous, the same in every runtime. */
export function sha256Hex(text: string): Hash {
  return bytesToHex(sha256(ENCODER.encode(text))) as Hash;
}

/** SHA-256 of bytes, in lowercase hexadecimal. */
export function hashBytes(bytes: Uint8Array): Hash {
  return bytesToHex(sha256(bytes)) as Hash;
}

/** SHA-256 of a value's canonical JSON. */
export function hashJson(value: unknown): Hash {
  return sha256Hex(canonicalJson(value));
}
