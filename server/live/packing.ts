import { constants, createDeflateRaw, deflateRaw, deflateRawSync } from 'node:zlib';
import { runThrough, worksAtOnce } from './zlib-at-once.ts';

/** Messages that the packing of the next one refers to: what changed, and what was said to the socket alone. */
const REMEMBERED = 2;
/**
 * A longer message is packed beside the thread that serves everybody, and behind nothing, once for all: up to here packing takes a third of a millisecond, and
 * what was said before would make less of so much hardly any smaller.
 */
const AT_ONCE_BYTES_MAX = 16 * 1024;
/** What is packed is put together of parts of so many bytes: most messages are one. */
const PART_BYTES = 1024;
/** Bytes that every packed message would end with, and that do not travel (RFC 7692, 7.2.1). */
const END_BYTES = 4;
const NO_MESSAGE = Buffer.alloc(0);

/** The last messages that the other end of a socket was sent packed, newest last. One object for all sockets that were sent the same. */
export interface Past {
  readonly messages: readonly Buffer[];
  /** What was packed behind it last. */
  made: { readonly message: Buffer; readonly packed: Packed } | null;
}

export type Packed = Buffer | Promise<Buffer>;

/** The window that the other end keeps, in bits (RFC 7692, 7.1.2); how much memory the packing takes (1 to 9), and how hard it tries (1 to 9). */
export interface PackingSize {
  readonly windowBits: number;
  readonly memLevel: number;
  readonly level: number;
}

export interface Packer {
  /** Before the first message. */
  readonly nothing: Past;
  /** A message as it travels: the very same bytes, made once, for all sockets with the same past. */
  pack(past: Past, message: Buffer): Packed;
  /** What the other end remembers behind it. */
  behind(past: Past, message: Buffer): Past;
}

/**
 * Packs what many sockets are told once for all of them (permessage-deflate). A message refers to the last two before it and to nothing older, so that sockets
 * which once heard different things have the same past again two messages later.
 */
export function createPacker(size: PackingSize): Packer {
  let newest: Buffer = NO_MESSAGE;
  /** Those behind the newest message, by the one before: all who are told it are told it now. */
  const pasts = new Map<Buffer, Past>();
  const atOnce = worksAtOnce ? createKeptPacking(size) : packAnew(size);
  /** For what is long. */
  const alone = createPast([]);
  return {
    nothing: createPast([]),
    pack: (asked, message) => {
      const isLong = message.length > AT_ONCE_BYTES_MAX;
      const past = isLong ? alone : asked;
      if (past.made?.message === message) return past.made.packed;
      const remembered = Buffer.concat(past.messages).subarray(-(2 ** size.windowBits));
      const packed = isLong ? packBeside(size)(message) : atOnce(message, remembered);
      past.made = { message, packed };
      return packed;
    },
    behind: ({ messages }, message) => {
      if (message !== newest) pasts.clear();
      newest = message;
      const before = messages.at(-1) ?? NO_MESSAGE;
      const past = pasts.get(before) ?? createPast([...messages, message].slice(-REMEMBERED));
      pasts.set(before, past);
      return past;
    },
  };
}

function createPast(messages: readonly Buffer[]): Past {
  return { messages, made: null };
}

/** Packs a message behind what the other end remembers. */
type Pack<Made> = (message: Buffer, remembered: Buffer) => Made;

/**
 * With one packing for all messages: to make one takes longer than to pack a short message. It is led through what the other end remembers, and what comes of that is
 * let go.
 */
function createKeptPacking(size: PackingSize): Pack<Buffer> {
  const stream = createDeflateRaw(size);
  return (message, remembered) => {
    stream.reset();
    if (remembered.length > 0) runThrough(stream, remembered, Number.POSITIVE_INFINITY);
    return withoutEnd(runThrough(stream, message, Number.POSITIVE_INFINITY).output);
  };
}

function packAnew(size: PackingSize): Pack<Buffer> {
  return (message, remembered) => withoutEnd(deflateRawSync(message, optionsBehind(size, remembered)));
}

function packBeside(size: PackingSize): (message: Buffer) => Promise<Buffer> {
  return (message) =>
    new Promise((resolve, reject) => {
      deflateRaw(message, optionsBehind(size, NO_MESSAGE), (error, bytes) =>
        error ? reject(error) : resolve(withoutEnd(bytes)),
      );
    });
}

function optionsBehind(size: PackingSize, remembered: Buffer) {
  const options = { ...size, chunkSize: PART_BYTES, finishFlush: constants.Z_SYNC_FLUSH };
  return remembered.length > 0 ? { ...options, dictionary: remembered } : options;
}

function withoutEnd(bytes: Buffer): Buffer {
  return bytes.subarray(0, -END_BYTES);
}
