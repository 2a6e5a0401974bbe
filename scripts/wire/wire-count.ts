import { createMessageReader, type HttpMessage, requestName } from './http-messages.ts';
import { layRelay, type Middle, type Relay } from './relay.ts';
import { withoutPacking } from './socket-frames.ts';

/** What crossed a wire since it was last asked: bytes of TCP payload in both directions, HTTP heads included. */
export interface WireBytes {
  readonly total: number;
  /** Of that, towards the server. */
  readonly up: number;
  /** By request, answer included, e.g. `GET /sync/v1/products/pull`. What is no HTTP, as a live socket's frames, is only in the total. */
  readonly byRequest: ReadonlyMap<string, number>;
}

/** A relay that counts. */
export interface CountedWire {
  readonly origin: string;
  /** Gives the count, and begins a new one. */
  take(): WireBytes;
  /** Resolves when nothing has crossed for so long, in milliseconds, since the last count began. */
  quiet(ms: number): Promise<void>;
  close(): Promise<void>;
}

/** Lays a counted wire to a port. `plain` asks the server for no compression, whatever the client asked for. */
export async function layCountedWire(port: number, { plain }: { readonly plain: boolean }): Promise<CountedWire> {
  let [total, up] = [0, 0];
  let byRequest = new Map<string, number>();
  let lastAt = performance.now();
  const count = (bytes: number, isUp: boolean) => {
    total += bytes;
    if (isUp) up += bytes;
    lastAt = performance.now();
  };
  const note = (name: string, { bytes }: HttpMessage) => byRequest.set(name, (byRequest.get(name) ?? 0) + bytes);
  const relay: Relay = await layRelay(port, () => countConnection(count, note, plain));
  return {
    origin: relay.origin,
    take: () => {
      const taken = { total, up, byRequest };
      [total, up] = [0, 0];
      lastAt = performance.now();
      byRequest = new Map();
      return taken;
    },
    quiet: async (ms) => {
      while (performance.now() - lastAt < ms) await new Promise((resolve) => setTimeout(resolve, ms / 10));
    },
    close: relay.close,
  };
}

function countConnection(
  count: (bytes: number, isUp: boolean) => void,
  note: (name: string, message: HttpMessage) => void,
  plain: boolean,
): Middle {
  const requests = createMessageReader();
  const answers = createMessageReader();
  const open: string[] = [];
  let upgraded = false;
  return {
    toServer: async (chunk, forward) => {
      const sent = plain && !upgraded ? withoutCompression(chunk) : chunk;
      count(sent.length, true);
      for (const message of requests.take(sent)) {
        open.push(requestName(message));
        note(requestName(message), message);
      }
      await forward(sent);
    },
    toDevice: async (chunk, forward) => {
      count(chunk.length, false);
      for (const message of answers.take(chunk)) {
        upgraded ||= message.startLine.startsWith('HTTP/1.1 101');
        note(open.shift() ?? '', message);
      }
      await forward(chunk);
    },
  };
}

/** Only heads are rewritten: bodies do not hold such lines. */
function withoutCompression(chunk: Buffer): Buffer {
  const text = chunk.toString('latin1');
  if (!/^(GET|POST|PUT) /.test(text)) return chunk;
  const head = text.replace(/\r\naccept-encoding: [^\r\n]*/i, '\r\naccept-encoding: identity');
  return withoutPacking(Buffer.from(head, 'latin1'));
}
