import { createInflateRaw, type InflateRaw } from 'node:zlib';
import { runThrough, worksAtOnce } from './zlib-at-once.ts';

/** What `ws` leaves out of a message that was packed, and an unpacker needs (RFC 7692, 7.2.2). */
const END = Buffer.from([0x00, 0x00, 0xff, 0xff]);

/** Unpacks messages of one sender in their order: each may refer to what came before it. */
export interface Unpacker {
  /** Throws where that cannot be unpacked, or is longer than may be; then it is of no more use. */
  unpack(packed: Buffer): Buffer;
  close(): void;
}

export interface UnpackerSize {
  /** False where each message is packed by itself. */
  readonly remembers: boolean;
  /** Bytes of one message, unpacked. */
  readonly bytesMax: number;
}

/** Null where this Node does not have what that takes. */
export function createUnpacker(size: UnpackerSize): Unpacker | null {
  return worksAtOnce ? openUnpacker(size) : null;
}

function openUnpacker({ remembers, bytesMax }: UnpackerSize): Unpacker {
  let stream = openStream();
  const begin = (): void => {
    stream.close();
    stream = openStream();
  };
  return {
    unpack: (packed) => {
      const { output, left } = runThrough(stream, Buffer.concat([packed, END]), bytesMax);
      // As `ws` does: who ends its packing with a message begins anew behind it.
      if (left > 0) begin();
      else if (!remembers) stream.reset();
      return output;
    },
    close: () => stream.close(),
  };
}

function openStream(): InflateRaw {
  const stream = createInflateRaw();
  // What is wrong is thrown where it happens, and said a second time later.
  stream.on('error', () => undefined);
  return stream;
}
