import WebSocket from 'ws';
import { type LiveServerMessage, liveServerMessageShape } from '../../schema/protocol/live.ts';
import { type RunningServer, startServer } from '../start-server.ts';
import { until } from './test-deps.ts';
import type { TestShop } from './test-shop.ts';

/** An answer as a client sees it. */
export interface TestAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: unknown;
}

export interface TestRequest {
  readonly method?: string;
  readonly credential?: string;
  /** A string or bytes go as they are, anything else as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A shop's server on a free port. */
export interface TestServer {
  readonly origin: string;
  readonly server: RunningServer;
  ask(path: string, request?: TestRequest): Promise<TestAnswer>;
  /** Opens a live socket and authenticates, with more in the first message where a test wants it. */
  live(credential: string, more?: Readonly<Record<string, unknown>>): Promise<TestSocket>;
  close(): Promise<void>;
}

export interface TestSocket {
  readonly socket: WebSocket;
  readonly messages: readonly LiveServerMessage[];
  /** The first message of a type from a place in `messages` on. */
  next<Type extends LiveServerMessage['type']>(
    type: Type,
    from?: number,
  ): Promise<Extract<LiveServerMessage, { type: Type }>>;
  close(): void;
}

export async function startTestServer(
  shop: TestShop,
  appDir = `${shop.dataDir}/no-app`,
  port = 0,
  webhookHosts: readonly string[] = [],
): Promise<TestServer> {
  const imagesDir = `${shop.dataDir}/images`;
  const server = await startServer(shop.core, { host: '127.0.0.1', port, appDir, imagesDir, webhookHosts });
  const origin = `http://127.0.0.1:${server.port}`;
  return {
    origin,
    server,
    ask: (path, request = {}) => ask(`${origin}${path}`, request),
    live: (credential, more) => openTestSocket(`ws://127.0.0.1:${server.port}/sync/v1/live`, credential, more),
    close: () => server.close(),
  };
}

async function ask(url: string, { method, credential, body, headers }: TestRequest): Promise<TestAnswer> {
  const raw = typeof body === 'string' || body instanceof Uint8Array;
  const response = await fetch(url, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(credential === undefined ? {} : { authorization: `Bearer ${credential}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: raw ? (body as string) : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: parse(text) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export async function openTestSocket(url: string, credential: string, more = {}): Promise<TestSocket> {
  const socket = new WebSocket(url);
  const messages: LiveServerMessage[] = [];
  socket.on('message', (data) => messages.push(liveServerMessageShape.parse(JSON.parse(String(data)))));
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  socket.send(JSON.stringify({ type: 'auth', protocol: 1, credential, ...more }));
  return {
    socket,
    messages,
    next: (type, from = 0) =>
      until(`a ${type} message`, () => messages.slice(from).find((message) => message.type === type)) as never,
    close: () => socket.close(),
  };
}
