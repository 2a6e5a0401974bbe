import type { z } from 'zod';
import { utf8Length } from '../../schema/payload-gate.ts';
import { type ErrorCode, errorAnswerShape } from '../../schema/protocol/error.ts';
import { imageTypeOf } from '../../schema/protocol/image.ts';
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '../../schema/protocol/version.ts';
import { fail, ok, type Result } from '../../schema/result.ts';
import type { DeviceDeps, Timers } from '../device/device-deps.ts';

/**
 * Why a request gave nothing. `offline`: no answer in time. `not-the-server`: an answer that is not ours, e.g. a captive
 * portal's page, a proxy's `502 []`, a redirect to a login, JSON cut off. `refused`: the server's own error.
 * Whatever it is, nothing counts as sent.
 */
export type NetFault =
  | { readonly kind: 'offline'; readonly text: string }
  | { readonly kind: 'not-the-server'; readonly text: string; readonly status?: number }
  | { readonly kind: 'refused'; readonly code: ErrorCode; readonly text: string; readonly retryAfterMs: number | null };

/** Where requests go; read anew for each, because settings change. */
export interface HttpTarget {
  readonly origin: string;
  readonly credential: string | null;
  /** How long nothing may come. A slow line that brings something is waited for. */
  readonly timeoutMs: number;
  /** True where bodies may travel compressed. */
  readonly mayCompress?: boolean;
}

export interface Http {
  /** Asks, and reads the answer with `shape`. Bytes go as the picture they are, everything else as JSON. `onBytes` hears the answer as it came. */
  request<Shape extends z.ZodType>(
    method: 'GET' | 'POST' | 'PUT',
    path: string,
    body: unknown,
    shape: Shape,
    onBytes?: OnBytes,
  ): Promise<Result<z.infer<Shape>, NetFault>>;
  /** Gives up what is under way: nobody waits for it any more. */
  abort(): void;
}

export type OnBytes = (bytes: Uint8Array<ArrayBuffer>) => void;

/** A smaller body gains little, and costs a header. */
const COMPRESSED_BYTES_MIN = 1024;
/** Where the server knows who asks before it unpacks anything. */
const COMPRESSED_PATHS = '/sync/v1/';

/** Even a line of 1 kB/s is given the time to carry a body: a long sale would never get through, nor what waits behind it. */
const UPLOAD_BYTES_PER_MS = 1;

/**
 * Longer than any page takes on the slowest line that Laci is for (2 kB/s), in milliseconds: what says something now and then and never ends, e.g.
 * a proxy that keeps its connection warm, is given up too.
 */
const REQUEST_MS_MAX = 15 * 60 * 1000;
/** More than the largest page of a pull, in bytes: what is longer comes from somebody else, and is not read into memory. */
const ANSWER_BYTES_MAX = 64 * 1024 * 1024;

/** JSON over HTTP with a limit on silence, and no answer believed that was not parsed. */
export function createHttp(
  { fetch, timers, gzip }: Pick<DeviceDeps, 'fetch' | 'timers' | 'gzip'>,
  target: () => HttpTarget,
): Http {
  const underWay = new Set<AbortController>();
  let packedFails = false;
  const ask = async <Shape extends z.ZodType>(
    path: string,
    init: Asked,
    shape: Shape,
    onBytes?: OnBytes,
  ): Promise<Result<z.infer<Shape>, NetFault>> => {
    const { origin, timeoutMs } = target();
    const controller = new AbortController();
    underWay.add(controller);
    const uploadMs = bodyBytes(init) / UPLOAD_BYTES_PER_MS;
    const patience = createPatience(timers, timeoutMs, uploadMs, () =>
      controller.abort(new Error('No answer in time')),
    );
    try {
      const response = await fetch(`${origin}${path}`, { ...init, signal: controller.signal });
      const bytes = await readBytes(response, patience.renew);
      if (bytes === null) return strange(response, 'without an end');
      onBytes?.(bytes);
      return readAnswer(response, new TextDecoder().decode(bytes), shape);
    } catch (error) {
      return fail({ kind: 'offline', text: error instanceof Error ? error.message : String(error) });
    } finally {
      patience.end();
      underWay.delete(controller);
    }
  };
  return {
    abort: () => {
      for (const controller of underWay) controller.abort(new Error('Given up'));
    },
    request: async (method, path, body, shape, onBytes) => {
      const { credential, mayCompress = false } = target();
      const plain = requestInit(method, body, credential);
      const packs = mayCompress && !packedFails && path.startsWith(COMPRESSED_PATHS);
      const init = packs && gzip ? await compressed(plain, gzip) : plain;
      const answer = await ask(path, init, shape, onBytes);
      if (answer.ok || init === plain || !mayBeItsForm(answer.error)) return answer;
      const again = await ask(path, plain, shape, onBytes);
      packedFails ||= again.ok;
      return again;
    },
  };
}

/** What a firewall that takes no packed bodies answers to one, or the server where something on the way spoiled it. */
const FORM_STATUSES: ReadonlySet<number | undefined> = new Set([400, 403, 406, 411, 415, 501]);

/** True where the same body may well be taken as it is, not packed. */
function mayBeItsForm(fault: NetFault): boolean {
  if (fault.kind === 'refused') return fault.code === 'bad-request';
  return fault.kind === 'not-the-server' && FORM_STATUSES.has(fault.status);
}

interface Patience {
  renew(): void;
  end(): void;
}

/** `firstMs` more for what must go out before anything can come. */
function createPatience(timers: Timers, timeoutMs: number, firstMs: number, giveUp: () => void): Patience {
  let cancel = timers.after(timeoutMs + firstMs, giveUp);
  const cancelAll = timers.after(REQUEST_MS_MAX + firstMs, giveUp);
  return {
    renew: () => {
      cancel();
      cancel = timers.after(timeoutMs, giveUp);
    },
    end: () => {
      cancel();
      cancelAll();
    },
  };
}

/** The whole answer, or null when there is no end to it. */
async function readBytes(response: Response, heard: () => void): Promise<Uint8Array<ArrayBuffer> | null> {
  if (response.body === null) return new Uint8Array(0);
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (const reader = response.body.getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) return joined(pieces, length);
    heard();
    pieces.push(value);
    length += value.byteLength;
    if (length > ANSWER_BYTES_MAX) {
      await reader.cancel().catch(() => undefined);
      return null;
    }
  }
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.byteLength;
  }
  return whole;
}

interface Asked extends RequestInit {
  readonly headers: Record<string, string>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

async function compressed(plain: Asked, gzip: NonNullable<DeviceDeps['gzip']>): Promise<Asked> {
  if (typeof plain.body !== 'string' || bodyBytes(plain) < COMPRESSED_BYTES_MIN) return plain;
  try {
    const body = await gzip(plain.body);
    return { ...plain, headers: { ...plain.headers, 'content-encoding': 'gzip' }, body };
  } catch {
    return plain;
  }
}

function bodyBytes({ body = '' }: Asked): number {
  return typeof body === 'string' ? utf8Length(body) : body.byteLength;
}

function requestInit(method: string, body: unknown, credential: string | null): Asked {
  const headers: Record<string, string> = { accept: 'application/json', [PROTOCOL_HEADER]: String(PROTOCOL_VERSION) };
  if (credential !== null) headers.authorization = `Bearer ${credential}`;
  if (body === undefined) return { method, headers, redirect: 'manual', cache: 'no-store' };
  if (body instanceof Uint8Array) {
    headers['content-type'] = imageTypeOf(body) ?? 'application/octet-stream';
    return { method, headers, body: body as Uint8Array<ArrayBuffer>, redirect: 'manual', cache: 'no-store' };
  }
  headers['content-type'] = 'application/json';
  return { method, headers, body: JSON.stringify(body), redirect: 'manual', cache: 'no-store' };
}

function readAnswer<Shape extends z.ZodType>(
  response: Response,
  text: string,
  shape: Shape,
): Result<z.infer<Shape>, NetFault> {
  const json = parseJson(text);
  if (response.ok) {
    const parsed = shape.safeParse(json);
    if (parsed.success) return ok(parsed.data);
    return strange(response, parsed.error.issues[0]?.message);
  }
  const error = errorAnswerShape.safeParse(json);
  if (!error.success) return strange(response, undefined);
  const { code, message } = error.data.error;
  return fail({ kind: 'refused', code, text: message, retryAfterMs: retryAfter(response) });
}

function strange(response: Response, detail: string | undefined): Result<never, NetFault> {
  const status = response.type === 'opaqueredirect' ? 'redirect' : response.status;
  return fail({
    kind: 'not-the-server',
    status: response.status,
    text: `An answer that is not the server's (${status})${detail ? `: ${detail}` : ''}`,
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A server that asks for longer is asked again all the same: nobody waits for a day because of one wrong header. */
export const RETRY_AFTER_MS_MAX = 5 * 60 * 1000;

/** The `Retry-After` header in milliseconds, when it is a number of seconds. */
function retryAfter(response: Response): number | null {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds * 1000, RETRY_AFTER_MS_MAX) : null;
}
