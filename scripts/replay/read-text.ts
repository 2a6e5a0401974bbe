import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/**
 * The text of a file. Gzip is told by its first two bytes, not by the name. Text is UTF-8 with or without a mark, UTF-16 by its
 * mark, or Windows-1252 where the bytes are not UTF-8, as older exports have it. Throws on spreadsheets and missing files.
 */
export function readText(path: string): string {
  const bytes = unpack(readFileSync(path));
  if (bytes[0] === 0x50 && bytes[1] === 0x4b)
    throw new Error(`${path} is a spreadsheet or archive: save it as CSV first.`);
  return decodeText(bytes);
}

function unpack(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
}

/** Bytes as text; the byte order mark is dropped. */
export function decodeText(bytes: Uint8Array): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
