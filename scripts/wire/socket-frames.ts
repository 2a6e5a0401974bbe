/** Follows the frames of one direction of a live socket that packs nothing (RFC 6455, 5.2). */
export interface FrameReader {
  /** Takes what came next; gives the texts that are whole now. */
  take(chunk: Buffer): string[];
}

interface Frame {
  readonly isLast: boolean;
  readonly opcode: number;
  readonly payload: Buffer;
  readonly bytes: number;
}

const CONTINUATION = 0;
const TEXT = 1;

export function createFrameReader(): FrameReader {
  let rest: Buffer = Buffer.alloc(0);
  let parts: Buffer[] = [];
  const takeFrame = ({ isLast, opcode, payload }: Frame): string[] => {
    if (opcode !== TEXT && opcode !== CONTINUATION) return [];
    parts.push(payload);
    if (!isLast) return [];
    const text = Buffer.concat(parts).toString();
    parts = [];
    return [text];
  };
  return {
    take: (chunk) => {
      rest = Buffer.concat([rest, chunk]);
      const texts: string[] = [];
      for (let frame = readFrame(rest); frame !== undefined; frame = readFrame(rest)) {
        rest = rest.subarray(frame.bytes);
        texts.push(...takeFrame(frame));
      }
      return texts;
    },
  };
}

function readFrame(bytes: Buffer): Frame | undefined {
  const [first = 0, second = 0] = bytes;
  const short = second & 0x7f;
  const lengthBytes = short === 127 ? 8 : short === 126 ? 2 : 0;
  const maskAt = 2 + lengthBytes;
  const begin = maskAt + (second & 0x80 ? 4 : 0);
  if (bytes.length < 2 || bytes.length < begin) return undefined;
  const length = lengthBytes === 0 ? short : bytes.readUIntBE(lengthBytes === 8 ? 4 : 2, lengthBytes === 8 ? 6 : 2);
  if (bytes.length < begin + length) return undefined;
  const mask = bytes.subarray(maskAt, begin);
  const payload = Buffer.from(bytes.subarray(begin, begin + length));
  if (mask.length > 0) for (let at = 0; at < length; at += 1) payload[at] = (payload[at] ?? 0) ^ (mask[at % 4] ?? 0);
  return { isLast: (first & 0x80) !== 0, opcode: first & 0x0f, payload, bytes: begin + length };
}

/** A request to open a socket, asking for no packing. Only heads are rewritten: bodies do not hold such lines. */
export function withoutPacking(chunk: Buffer): Buffer {
  const text = chunk.toString('latin1');
  if (!text.startsWith('GET ')) return chunk;
  return Buffer.from(text.replace(/\r\nsec-websocket-extensions: [^\r\n]*/i, ''), 'latin1');
}
