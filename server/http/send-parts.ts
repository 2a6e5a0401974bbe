import type { Response } from 'express';

/** Sends JSON that was packed before, in parts that follow each other as one gzip member. */
export function sendParts(res: Response, parts: readonly Uint8Array[]): void {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  res.set({ 'content-encoding': 'gzip', 'content-length': String(length), vary: 'Accept-Encoding' }).type('json');
  for (const part of parts) res.write(part);
  res.end();
}
