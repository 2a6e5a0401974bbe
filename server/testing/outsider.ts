import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import WebSocket from 'ws';

/**
 * A device as another programmer writes it who has the guide to the protocol and nothing of ours: it imports none of our shapes and rules on
 * purpose, so that a change of what crosses the wire is seen from outside.
 */
export interface Outsider {
  readonly id: string;
  readonly till: string;
  /** The next entry of its journal. */
  write(kind: string, body: object): Json;
  /** A sale of one product, its receipt's number counted. */
  sell(product: Json, quantity: number, cartId: string): Json;
  push(entries: readonly Json[], more?: object): Promise<Json>;
  /** All documents of a collection behind where it stands. */
  pull(collection: string): Promise<Json[]>;
  readonly checkpoints: Record<string, Json>;
  post(path: string, body: unknown): Promise<Json>;
  readmit(): Promise<Json>;
  /** The messages of its live socket, as they come. */
  listen(): Promise<{ readonly messages: Json[]; send(message: object): void; close(): void }>;
}

// biome-ignore lint/suspicious/noExplicitAny: an outsider has no types of ours.
export type Json = any;

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** RFC 8785: keys sorted, no white space. */
export function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.keys(value).sort();
  return `{${members.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`;
}

/** Enrols with a code, and speaks one version of the protocol. */
export async function enrolOutsider(origin: string, code: string, protocol: number): Promise<Outsider> {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { kty, crv, x, y } = publicKey.export({ format: 'jwk' });
  const signed = (text: string): string =>
    sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url');
  const send = async (path: string, body: unknown, headers = {}): Promise<Json> => {
    const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const answer = await fetch(origin + path, { ...init, headers: { 'content-type': 'application/json', ...headers } });
    return answer.json();
  };
  const { device, certificate, credential } = await send('/enrol/v1', { code, publicKey: { kty, crv, x, y } });
  const { deviceId: id, branch, till, generation } = device;
  const known = { authorization: `Bearer ${credential}`, 'x-laci-protocol': String(protocol) };
  const checkpoints: Record<string, Json> = {};
  let [seq, prev, receiptNo] = [0, '0'.repeat(64), 0];
  const write: Outsider['write'] = (kind, body) => {
    seq += 1;
    const entryId = `${id}:${String(seq).padStart(10, '0')}`;
    const open = { v: 1, id: entryId, deviceId: id, seq, branch, prev, at: Date.now(), person: 'sari', kind, body };
    prev = sha256(canonical(open));
    return { ...open, hash: prev };
  };
  return {
    ...{ id, till, checkpoints, write },
    sell: (product, quantity, cartId) => {
      receiptNo += 1;
      const total = product.price * quantity;
      const line = {
        productId: product.id,
        rev: product.rev,
        name: product.name,
        quantity,
        unitPrice: product.price,
        total,
      };
      const sums = { gross: total, discount: 0, saleDiscount: 0, net: total, tax: 0, total, rounding: 0, due: total };
      return write('sale', {
        ...{ cartId, receiptNo, receipt: `${till}-${generation}-${receiptNo}`, currency: { code: 'IDR', digits: 0 } },
        ...{ rounding: 'half-up', lines: [line], taxes: [], totals: sums },
        payments: [{ tender: 'cash', amount: total, tendered: total, change: 0, confirmed: true }],
      });
    },
    push: (entries, more = {}) => {
      const last = entries.at(-1);
      const signatures =
        protocol === 1 || !last
          ? {}
          : {
              signatures: [{ id: last.id, hash: last.hash, signature: signed(`laci-entry\n${last.id}\n${last.hash}`) }],
            };
      return send('/sync/v1/journal/push', { entries, ...signatures, ...more }, known);
    },
    pull: async (collection) => {
      const documents: Json[] = [];
      for (let more = true; more; ) {
        const at = checkpoints[collection];
        const query = new URLSearchParams({ limit: '3', ...(at ? { checkpoint: JSON.stringify(at) } : {}) });
        const page = await send(`/sync/v1/${collection}/pull?${query}`, undefined, known);
        documents.push(...page.documents);
        checkpoints[collection] = page.checkpoint;
        ({ more } = page);
      }
      return documents;
    },
    post: (path, body) => send(path, body, known),
    readmit: () => {
      const signature = signed(`laci-readmit\n${id}\n${sha256(credential)}`);
      return send('/enrol/v1/readmit', { certificate, credential, signature }, known);
    },
    listen: async () => {
      const socket = new WebSocket(`${origin.replace('http', 'ws')}/sync/v1/live`);
      const messages: Json[] = [];
      socket.on('message', (data) => messages.push(JSON.parse(String(data))));
      await new Promise((resolve) => socket.once('open', resolve));
      socket.send(JSON.stringify({ type: 'auth', protocol, credential }));
      return { messages, send: (message) => socket.send(JSON.stringify(message)), close: () => socket.close() };
    },
  };
}
