import type { WebSocket } from 'ws';
import type { Packer, Past } from './packing.ts';
import { createUnpacker, type Unpacker } from './unpacker.ts';

const NOTHING = Buffer.alloc(0);

type Done = (error: Error | null, bytes: Buffer) => void;
type Act = (data: Buffer | string, isLast: boolean, done: Done) => void;

/** The part of `ws` that packs the messages of one socket. It has no public way to do that in another manner. */
interface Extension {
  readonly params: Readonly<Record<string, unknown>>;
  compress: Act;
  decompress: Act;
}

/** Which end a socket is: what each may remember is agreed on by name. */
export interface PackingEnd {
  readonly own: 'server' | 'client';
  readonly packer: Packer;
  /** Bytes of an unpacked message at most; longer ones end the socket. */
  readonly bytesMax: number;
}

/**
 * Has a socket that was just opened pack and unpack on the spot what is short, and share what it packs with others. `ws` asks the thread pool two and three
 * times a message, which takes longer than the work. False, and nothing done, where the other end takes nothing packed; where this Node cannot unpack on the spot,
 * `ws` goes on to do that.
 */
export function packAtOnce(socket: WebSocket, { own, packer, bytesMax }: PackingEnd): boolean {
  const { _extensions } = socket as unknown as { readonly _extensions?: Readonly<Record<string, Extension>> };
  const extension = _extensions?.['permessage-deflate'];
  if (!extension) return false;
  const other = own === 'server' ? 'client' : 'server';
  extension.compress = compressBy(packer, extension.params[`${own}_no_context_takeover`] === true);
  const unpacker = createUnpacker({ remembers: extension.params[`${other}_no_context_takeover`] !== true, bytesMax });
  if (!unpacker) return true;
  extension.decompress = decompressBy(extension.decompress.bind(extension), unpacker);
  socket.once('close', unpacker.close);
  return true;
}

function compressBy(packer: Packer, forgets: boolean): Act {
  let past: Past = packer.nothing;
  return (data, _isLast, done) => {
    const message = typeof data === 'string' ? Buffer.from(data) : data;
    const packed = packer.pack(past, message);
    if (!forgets) past = packer.behind(past, message);
    if (Buffer.isBuffer(packed)) done(null, packed);
    else
      packed.then(
        (bytes) => done(null, bytes),
        (error: Error) => done(error, NOTHING),
      );
  };
}

/** `original` says what is wrong with a message that cannot be unpacked: `ws` has its own way to end the socket. */
function decompressBy(original: Act, unpacker: Unpacker): Act {
  let parts: Buffer[] = [];
  return (data, isLast, done) => {
    parts.push(data as Buffer);
    // `ws` is in the middle of reading, and must not be answered before it has come to its end.
    if (!isLast) return process.nextTick(done, null, NOTHING);
    const packed = parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts);
    parts = [];
    try {
      process.nextTick(done, null, unpacker.unpack(packed));
    } catch {
      original(packed, true, done);
    }
  };
}
