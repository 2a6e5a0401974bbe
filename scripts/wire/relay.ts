import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** Sends bytes on to the other end; resolves when it has room for more, rejects when it is gone. */
export type Forward = (bytes: Buffer) => Promise<void>;

/** What stands in the middle of one connection: each chunk is given to it, and only what it forwards goes on. */
export interface Middle {
  toServer(chunk: Buffer, forward: Forward): Promise<void>;
  toDevice(chunk: Buffer, forward: Forward): Promise<void>;
  /** The connection is gone. */
  closed?(): void;
}

/** One connection from a device, as the relay's owner may end it. */
export interface RelayedLine {
  /** What the device reads. */
  readonly near: Socket;
  /** Ends both halves; with `reset` as a machine that forgot the connection does. */
  end(how: 'cut' | 'reset'): void;
}

/** A TCP relay to a port of this machine. */
export interface Relay {
  readonly origin: string;
  /** The connections that are open now. */
  readonly lines: ReadonlySet<RelayedLine>;
  close(): Promise<void>;
}

/** Lays a relay; `middle` is made once per connection. */
export async function layRelay(port: number, middle: (line: RelayedLine) => Middle): Promise<Relay> {
  const lines = new Set<RelayedLine>();
  const server = createServer((near) => {
    const line = joinEnds(near, connect(port, '127.0.0.1'), middle);
    lines.add(line);
    near.once('close', () => lines.delete(line));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${portOf(server)}`,
    lines,
    close: async () => {
      for (const line of lines) line.end('cut');
      server.close();
      await once(server, 'close');
    },
  };
}

function joinEnds(near: Socket, far: Socket, middle: (line: RelayedLine) => Middle): RelayedLine {
  const end = (how: 'cut' | 'reset') => {
    for (const socket of [near, far]) how === 'reset' ? socket.resetAndDestroy() : socket.destroy();
  };
  const line = { near, end };
  const { toServer, toDevice, closed } = middle(line);
  near.once('close', () => closed?.());
  for (const socket of [near, far]) {
    socket.setNoDelay(true);
    socket.on('error', () => end('cut'));
  }
  // The server's end alone ends nothing: what it sent before may still be on a slow way.
  near.once('close', () => end('cut'));
  pump(near, far, toServer).catch(() => end('cut'));
  pump(far, near, toDevice).catch(() => end('cut'));
  return line;
}

/** One chunk after the other, so that a slow middle slows the sender down. */
async function pump(from: Socket, to: Socket, pass: Middle['toServer']): Promise<void> {
  for await (const chunk of from) await pass(chunk as Buffer, (bytes) => send(to, bytes));
  to.end();
}

function send(to: Socket, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    to.write(bytes, (error) => (error ? reject(error) : resolve()));
  });
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The relay has no port.');
  return address.port;
}
