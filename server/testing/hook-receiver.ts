import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { until } from './test-deps.ts';

export interface ReceivedMessage {
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly body: { readonly id: string; readonly event: string; readonly data: Readonly<Record<string, unknown>> };
}

/** Another system's server: what it was told, and how it answers. */
export interface HookReceiver {
  readonly url: string;
  readonly received: readonly ReceivedMessage[];
  /** The status of every answer from now on; null for none at all. */
  answerWith(status: number | null): void;
  next(count: number): Promise<void>;
  close(): void;
}

export async function startHookReceiver(): Promise<HookReceiver> {
  const received: ReceivedMessage[] = [];
  let status: number | null = 204;
  const server = createServer((req, res) => {
    let text = '';
    req.on('data', (chunk) => {
      text += String(chunk);
    });
    req.on('end', () => {
      received.push({ headers: req.headers, text, body: JSON.parse(text) as ReceivedMessage['body'] });
      if (status !== null) res.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    answerWith: (next) => {
      status = next;
    },
    next: async (count) => void (await until(`${count} messages`, () => received.length >= count)),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
