import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';

/** One HTTP/1.1 request or response as it went over a connection. */
export interface HttpMessage {
  /** E.g. `POST /sync/v1/journal/push HTTP/1.1`. */
  readonly startLine: string;
  /** By lower-case name. */
  readonly headers: ReadonlyMap<string, string>;
  /** As it was sent: chunks joined, compression not undone. */
  readonly body: Buffer;
  /** All of it on the connection, head and chunk marks included. */
  readonly bytes: number;
}

/** Follows one direction of one connection. */
export interface MessageReader {
  /** Takes what came next; gives the messages that are whole now. After an upgrade to a socket there are none. */
  take(chunk: Buffer): HttpMessage[];
}

interface Head {
  readonly startLine: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly length: number;
}

const HEAD_END = '\r\n\r\n';

/** A reader at the begin of a connection. A body that ends with its connection has no end here: our server sends none. */
export function createMessageReader(): MessageReader {
  let rest: Buffer = Buffer.alloc(0);
  let upgraded = false;
  return {
    take: (chunk) => {
      if (upgraded) return [];
      rest = Buffer.concat([rest, chunk]);
      const whole: HttpMessage[] = [];
      for (let next = readMessage(rest); next !== undefined; next = readMessage(rest)) {
        rest = rest.subarray(next.bytes);
        whole.push(next);
        if (next.startLine.startsWith('HTTP/1.1 101')) upgraded = true;
      }
      return whole;
    },
  };
}

function readMessage(bytes: Buffer): HttpMessage | undefined {
  const head = readHead(bytes);
  const read = head && readBody(head, bytes.subarray(head.length));
  if (!head || !read) return undefined;
  return { startLine: head.startLine, headers: head.headers, body: read.body, bytes: head.length + read.bytes };
}

function readHead(bytes: Buffer): Head | undefined {
  const end = bytes.indexOf(HEAD_END);
  if (end < 0) return undefined;
  const [startLine = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const headers = new Map(lines.map((line) => splitHeader(line)));
  return { startLine, headers, length: end + HEAD_END.length };
}

function splitHeader(line: string): [string, string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}

interface Body {
  readonly body: Buffer;
  readonly bytes: number;
}

function readBody({ headers }: Head, bytes: Buffer): Body | undefined {
  if (headers.get('transfer-encoding') === 'chunked') return readChunks(bytes);
  const length = Number(headers.get('content-length') ?? 0);
  return bytes.length < length ? undefined : { body: bytes.subarray(0, length), bytes: length };
}

function readChunks(bytes: Buffer): Body | undefined {
  const parts: Buffer[] = [];
  for (let at = 0; ; ) {
    const lineEnd = bytes.indexOf('\r\n', at);
    if (lineEnd < 0) return undefined;
    const size = Number.parseInt(bytes.subarray(at, lineEnd).toString('latin1'), 16);
    const begin = lineEnd + 2;
    if (bytes.length < begin + size + 2) return undefined;
    at = begin + size + 2;
    if (size === 0) return { body: Buffer.concat(parts), bytes: at };
    parts.push(bytes.subarray(begin, begin + size));
  }
}

/** The body as text, with its compression undone. */
export function bodyText({ headers, body }: HttpMessage): string {
  const encoding = headers.get('content-encoding');
  if (encoding === 'gzip') return gunzipSync(body).toString();
  if (encoding === 'deflate') return inflateSync(body).toString();
  return (encoding === 'br' ? brotliDecompressSync(body) : body).toString();
}

/** Method and path without the query, e.g. `GET /sync/v1/products/pull`. */
export function requestName({ startLine }: Pick<HttpMessage, 'startLine'>): string {
  const [method = '', target = ''] = startLine.split(' ');
  return `${method} ${target.split('?', 1)[0]}`;
}
