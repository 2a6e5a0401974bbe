import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { Transform } from 'node:stream';

/** A device's own way to the server, which a test can cut and mend: what a pulled cable or a dead router does. */
export interface Wire {
  readonly origin: string;
  /** Every connection ends at once, and none begins. */
  cut(): void;
  mend(): void;
  /** What comes from the server comes no faster, in bytes per second and connection; null for as fast as it can. */
  slow(bytesPerSecond: number | null): void;
  close(): Promise<void>;
}

/** Lays a wire to a port of this machine. */
export async function layWire(port: number): Promise<Wire> {
  const open = new Set<Socket>();
  let whole = true;
  let pace: number | null = null;
  const server = createServer((near) => {
    if (!whole) return void near.destroy();
    join(near, connect(port, '127.0.0.1'), { open, pace: () => pace });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endAll = () => {
    for (const socket of open) socket.destroy();
  };
  return {
    origin: `http://127.0.0.1:${portOf(server)}`,
    cut: () => {
      whole = false;
      endAll();
    },
    mend: () => {
      whole = true;
    },
    slow: (bytesPerSecond) => {
      pace = bytesPerSecond;
    },
    close: async () => {
      endAll();
      server.close();
      await once(server, 'close');
    },
  };
}

interface Joint {
  readonly open: Set<Socket>;
  readonly pace: () => number | null;
}

/** Lets bytes through as slowly as they are meant to come. */
function paced(pace: () => number | null): Transform {
  return new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      const perSecond = pace();
      if (perSecond === null) done(null, chunk);
      else setTimeout(() => done(null, chunk), (chunk.length / perSecond) * 1_000);
    },
  });
}

/** Whatever one end says the other hears; when one ends, so does the other. */
function join(near: Socket, far: Socket, { open, pace }: Joint): void {
  for (const [from, to] of [
    [near, far],
    [far, near],
  ] as const) {
    open.add(from);
    if (from === far) from.pipe(paced(pace)).pipe(to);
    else from.pipe(to);
    from.on('error', () => to.destroy());
    from.on('close', () => {
      open.delete(from);
      to.destroy();
    });
  }
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The wire has no port.');
  return address.port;
}
