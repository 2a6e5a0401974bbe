import type { Random } from '../replay/random.ts';
import type { WireAnswer } from './server-request.ts';

/** What may answer in the server's place: a portal, a proxy, a cache. */
export type StrangeKind = 'portal' | 'html-502' | 'empty-502' | 'empty-200' | 'truncated' | 'redirect' | 'stale';

export const STRANGE_KINDS: readonly StrangeKind[] = [
  'portal',
  'html-502',
  'empty-502',
  'empty-200',
  'truncated',
  'redirect',
  'stale',
];

const HTML = { 'content-type': 'text/html' };
const JSON_TYPE = { 'content-type': 'application/json' };

/**
 * An answer that is not the server's to this request. `genuine` is what the server said, or would have said: cut off for
 * `truncated`; `last` is what it said to the same address before, which a bad cache serves again.
 */
export function strangeAnswer(
  kind: StrangeKind,
  random: Random,
  genuine: WireAnswer | null,
  last: WireAnswer | null,
): WireAnswer {
  switch (kind) {
    case 'portal':
      return { status: 200, headers: HTML, text: '<!doctype html><title>Free Wi-Fi</title><form action="/login">' };
    case 'html-502':
      return { status: 502, headers: HTML, text: '<html><body><h1>502 Bad Gateway</h1></body></html>' };
    case 'empty-502':
      return { status: 502, headers: JSON_TYPE, text: '[]' };
    case 'empty-200':
      return { status: 200, headers: JSON_TYPE, text: random.chance(0.5) ? '[]' : '{}' };
    case 'redirect':
      return { status: 302, headers: { location: 'http://login.example/' }, text: '' };
    case 'truncated':
      return genuine && genuine.text.length > 2
        ? { ...genuine, text: genuine.text.slice(0, 1 + random.whole(genuine.text.length - 1)) }
        : { status: 200, headers: JSON_TYPE, text: '{"epoch":{"n":1' };
    case 'stale':
      return last ?? { status: 504, headers: HTML, text: '' };
  }
}
