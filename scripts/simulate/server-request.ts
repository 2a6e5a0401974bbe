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
    const line = new Line(resolve);
    const connection = { remoteAddress: '10.0.0.1', encrypted: false, destroy: () => line.cut() };
    // Each in one piece, and with the prototype that Express would give it: an object that is changed later is slow.
    const req = {
      __proto__: app.request,
      method,
      url: path,
      originalUrl: path,
      headers,
      socket: connection,
      connection,
      complete: true,
      httpVersion: '1.1',
      httpVersionMajor: 1,
      httpVersionMinor: 1,
      rawHeaders: NOTHING,
      body: parsed.value,
      unpipe: nothing,
      resume: nothing,
      on: itself,
    };
    const res: Response = {
      __proto__: app.response,
      line,
      statusCode: 200,
      headersSent: false,
      finished: false,
      locals: {},
      writableEnded: false,
      setHeader,
      getHeader,
      hasHeader,
      removeHeader,
      end,
      on: listen,
      once: listen,
      emit: always,
    } as Response;
    (app as unknown as (req: object, res: object, next: () => void) => void)(req, res, () =>
      resolve({ status: 404, headers: {}, text: '' }),
    );
  });
}

/** What an answer travels on, and who waits for its end. */
class Line {
  readonly sent: Record<string, string> = {};
  readonly #resolve: (answer: WireAnswer | null) => void;
  readonly #ends: (() => void)[] = [];

  constructor(resolve: (answer: WireAnswer | null) => void) {
    this.#resolve = resolve;
  }

  listen(event: string, act: () => void): void {
    if (event === 'close' || event === 'finish') this.#ends.push(act);
  }

  cut(): void {
    this.#end(null);
  }

  answer(status: number, text: string): void {
    this.#end({ status, headers: this.sent, text });
  }

  #end(answer: WireAnswer | null): void {
    this.#resolve(answer);
    for (const end of this.#ends.splice(0)) end();
  }
}

/** As much of an answer as Express and the routes use. Its methods are the same for all. */
interface Response {
  readonly line: Line;
  statusCode: number;
  headersSent: boolean;
}

const NOTHING: readonly string[] = [];

function nothing(): void {}

function always(): true {
  return true;
}

function itself<Value>(this: Value): Value {
  return this;
}

function setHeader(this: Response, name: string, value: unknown): Response {
  this.line.sent[name.toLowerCase()] = String(value);
  return this;
}

function getHeader(this: Response, name: string): string | undefined {
  return this.line.sent[name.toLowerCase()];
}

function hasHeader(this: Response, name: string): boolean {
  return this.line.sent[name.toLowerCase()] !== undefined;
}

function removeHeader(this: Response, name: string): void {
  delete this.line.sent[name.toLowerCase()];
}

function listen(this: Response, event: string, act: () => void): Response {
  this.line.listen(event, act);
  return this;
}

function end(this: Response, chunk?: unknown): Response {
  this.headersSent = true;
  this.line.answer(this.statusCode, chunk === undefined ? '' : String(chunk));
  return this;
}

function parseBody(body: string): { readonly ok: true; readonly value: unknown } | { readonly ok: false } {
  if (body === '') return { ok: true, value: undefined };
  try {
    return { ok: true, value: JSON.parse(body) };
  } catch {
    return { ok: false };
  }
}
