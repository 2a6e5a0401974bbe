import { PROTOCOL_HEADER } from '../../schema/protocol/version.ts';
import type { NetworkWorld } from './network.ts';
import type { WireAnswer, WireRequest } from './server-request.ts';

/** Pushes that go over one live socket, as the network and the judges see them: requests with an answer each. */
export interface LivePushWire {
  /** The device says this. Gives the request where it is a push. */
  said(text: string): WireRequest | null;
  /** The server says this. Gives what it answers where it is one. */
  answered(text: string): { readonly request: WireRequest; readonly answer: WireAnswer } | null;
}

const PUSH = /^\{"type":"push","ask":(\d+),"push":/;
const PUSHED = '{"type":"pushed",';

export function createLivePushWire(world: Pick<NetworkWorld, 'answered'>): LivePushWire {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  const asked = new Map<number, WireRequest>();
  return {
    said: (text) => {
      if (text.startsWith('{"type":"auth"')) {
        const { credential, protocol } = JSON.parse(text);
        headers.authorization = `Bearer ${credential}`;
        headers[PROTOCOL_HEADER] = String(protocol);
      }
      const said = PUSH.exec(text);
      if (!said) return null;
      // Its text as it stands there, as a request would carry it.
      const [ask, body] = [Number(said[1]), text.slice(said[0].length, -1)];
      const sized = { ...headers, 'content-length': String(Buffer.byteLength(body)) };
      const request = { method: 'POST', path: '/sync/v1/journal/push', headers: sized, body };
      asked.set(ask, request);
      return request;
    },
    answered: (text) => {
      if (!text.startsWith(PUSHED)) return null;
      const { ask, answer: said } = JSON.parse(text);
      const request = asked.get(ask);
      if (!request) return null;
      const answer = { status: 200, headers: {}, text: JSON.stringify(said) };
      world.answered(request, answer);
      return { request, answer };
    },
  };
}
