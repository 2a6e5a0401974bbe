import { request as plainRequest, type RequestOptions } from 'node:http';
import { request as secureRequest } from 'node:https';
import type { Deps } from '../deps.ts';
import { findAddressFault, publicLookup } from './safe-address.ts';

/** How long an address may take to answer, in milliseconds. */
export const ANSWER_MS_MAX = 10_000;

/** One request to a webhook. */
export interface Message {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Posted {
  readonly ok: boolean;
  /** A status of HTTP, or why there was none. */
  readonly result: string;
}

/**
 * Posts a message. Redirects are not followed, what the answer says is not read, and the address is checked here again: what was harmless
 * when it was entered may not be any more. Never rejects.
 */
export function postMessage(
  { after }: Pick<Deps, 'after'>,
  { url, headers, body }: Message,
  allowed: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<Posted> {
  const fault = findAddressFault(url, allowed);
  if (fault) return Promise.resolve({ ok: false, result: `not called: ${fault}` });
  const target = new URL(url);
  const isAllowed = allowed.has(target.hostname) || allowed.has(target.host);
  const options: RequestOptions = {
    ...{ method: 'POST', agent: false, signal, headers: { ...headers, 'content-length': Buffer.byteLength(body) } },
    ...(isAllowed ? {} : { lookup: publicLookup }),
  };
  return new Promise((resolve) => {
    const request = (target.protocol === 'https:' ? secureRequest : plainRequest)(target, options);
    const stop = after(ANSWER_MS_MAX, () => request.destroy(new Error('no answer in time')));
    const end = (posted: Posted): void => {
      stop();
      request.destroy();
      resolve(posted);
    };
    request.once('response', ({ statusCode = 0 }) => {
      end({ ok: statusCode >= 200 && statusCode < 300, result: String(statusCode) });
    });
    request.on('error', (error) => end({ ok: false, result: error.message }));
    request.end(body);
  });
}
