import type { Express } from 'express';
import { errorAnswer } from '../../schema/protocol/error.ts';

/** One request as it reaches a server. */
export interface WireRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

const BAD_JSON: WireAnswer = { status: 400, headers: {}, text: JSON.stringify(errorAnswer('bad-request', 'en')) };

/**
 * Runs a request through the server's own routes, without sockets and streams: the body is parsed before, as the routes' own
 * parser would do it, which then finds its work done. Null where the server cuts the line instead of answering.
 */
export function askExpress(app: Express, { method, path, headers, body }: WireRequest): Promise<WireAnswer | null> {
  const parsed = parseBody(body);
  if (!parsed.ok) return Promise.resolve(BAD_JSON);
  return new Promise((resolve) => {
    const sent: Record<string, string> = {};
    const ends: (() => void)[] = [];
    const listen = (event: string, act: () => void) => {
      if (event === 'close' || event === 'finish') ends.push(act);
      return res;
    };
    const close = () => {
      for (const end of ends.splice(0)) end();
    };
    const destroy = () => {
      resolve(null);
      close();
    };
    const connection = { remoteAddress: '10.0.0.1', encrypted: false, destroy };
    // With the prototypes that Express would give them: to change one later makes an object slow.
    const req = {
      __proto__: app.request,
      ...{ method, url: path, originalUrl: path, headers, socket: connection, connection, complete: true },
      ...{ httpVersion: '1.1', httpVersionMajor: 1, httpVersionMinor: 1, rawHeaders: [], body: parsed.value },
      ...{ unpipe: () => undefined, resume: () => undefined, on: () => req },
    };
    const res = {
      __proto__: app.response,
      ...{ statusCode: 200, headersSent: false, finished: false, locals: {}, writableEnded: false },
      setHeader: (name: string, value: unknown) => {
        sent[name.toLowerCase()] = String(value);
        return res;
      },
      getHeader: (name: string) => sent[name.toLowerCase()],
      hasHeader: (name: string) => sent[name.toLowerCase()] !== undefined,
      removeHeader: (name: string) => {
        delete sent[name.toLowerCase()];
      },
      end: (chunk?: unknown) => {
        res.headersSent = true;
        resolve({ status: res.statusCode, headers: sent, text: chunk === undefined ? '' : String(chunk) });
        close();
        return res;
      },
      on: listen,
      once: listen,
      emit: () => true,
    };
    (app as unknown as (req: object, res: object, next: () => void) => void)(req, res, () =>
      resolve({ status: 404, headers: {}, text: '' }),
    );
  });
}

function parseBody(body: string): { readonly ok: true; readonly value: unknown } | { readonly ok: false } {
  if (body === '') return { ok: true, value: undefined };
  try {
    return { ok: true, value: JSON.parse(body) };
  } catch {
    return { ok: false };
  }
}
