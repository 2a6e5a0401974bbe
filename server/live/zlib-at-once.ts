import { constants, createDeflateRaw, createInflateRaw, type DeflateRaw, type InflateRaw } from 'node:zlib';

/** What comes out is put together of parts of at most so many bytes: most messages are one. */
const PART_BYTES = 16 * 1024;
/** Used within a turn only. */
const part = Buffer.alloc(PART_BYTES);

type Stream = DeflateRaw | InflateRaw;

/** The part of Node's zlib that works on the spot and goes on where it stopped: public is only the one or the other. */
interface Inside {
  readonly _handle: { writeSync(...args: [number, Buffer, number, number, Buffer, number, number]): void } | null;
  /** How much room was left of the output, and how much of the input. */
  readonly _writeState: Uint32Array;
}

/** Has a stream, which nobody else may use, take in all of `input`. Gives what comes out, and how much it left where its packing has ended. */
export function runThrough(
  stream: Stream,
  input: Buffer,
  bytesMax: number,
): { readonly output: Buffer; readonly left: number } {
  const inside = stream as unknown as Inside;
  const parts: Buffer[] = [];
  let [length, left, room] = [0, input.length, 0];
  while (room === 0) {
    inside._handle?.writeSync(constants.Z_SYNC_FLUSH, input, input.length - left, left, part, 0, PART_BYTES);
    if (stream.destroyed || !inside._handle) throw new Error('This was not packed as it must be.');
    [room = 0, left = 0] = inside._writeState;
    length += PART_BYTES - room;
    if (length > bytesMax) throw new Error(`A message is longer than ${bytesMax} bytes.`);
    parts.push(Buffer.from(part.subarray(0, PART_BYTES - room)));
  }
  return { output: parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts), left };
}

/** False where this Node is another inside than those that this was written for. Asked once. */
export const worksAtOnce = tryAtOnce();

function tryAtOnce(): boolean {
  const texts = ['{"type":"ping","waiting":0}', '{"type":"ping","waiting":1}'];
  try {
    const [packing, unpacking] = [createDeflateRaw(), createInflateRaw()];
    const heard = texts.map((text) => {
      const { output } = runThrough(packing, Buffer.from(text), 100);
      return String(runThrough(unpacking, output, 100).output);
    });
    packing.close();
    unpacking.close();
    return heard.join() === texts.join();
  } catch {
    return false;
  }
}
