import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { findFreePort } from '../../replay/free-port.ts';
import { type CountedWire, layCountedWire } from '../../wire/wire-count.ts';
import { QUIET_MS, type WirePair, type WireStack } from './wire-stack.ts';

export interface PeerOrder {
  readonly name: string;
  /** Folder of its package, with `bench-server.mjs` and `bench-drive.mjs`. */
  readonly folder: string;
  /** The products, as JSON. */
  readonly file: string;
  /** What sales are for it, in turn: entries that our till wrote. */
  readonly sales: readonly object[];
}

/** Other people's server and clients, each in a process of its own, on the same documents. Throws when they are not installed. */
export async function startPeerStack({ name, folder, file, sales }: PeerOrder): Promise<WireStack> {
  const port = await findFreePort();
  const server = spawn(process.execPath, ['bench-server.mjs', String(port), file], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await firstLine(server, `${name}'s server`);
  let sold = 0;
  const nextSale = () => {
    sold += 1;
    return { ...sales[sold % sales.length], id: `${'s'.repeat(16)}:${String(sold).padStart(10, '0')}` };
  };
  return {
    name,
    fullSync: async (plain) => {
      const driver = await startDriver(folder, await layCountedWire(port, { plain }));
      const { documents } = await driver.ask({ do: 'fullSync' });
      const { total } = driver.wire.take();
      await driver.close();
      return { bytes: total, documents: Number(documents), everything: total };
    },
    openPair: (plain) => openPair(folder, port, plain, nextSale),
    close: async () => {
      server.kill('SIGKILL');
      await once(server, 'exit');
    },
  };
}

async function openPair(
  folder: string,
  port: number,
  plain: boolean,
  nextSale: () => { readonly id: string },
): Promise<WirePair> {
  const open = async () => startDriver(folder, await layCountedWire(port, { plain }));
  const [seller, other] = await Promise.all([open(), open()]);
  const both = [seller, other];
  await Promise.all(both.map((driver) => driver.ask({ do: 'follow' })));
  const sellOne = async () => {
    const document = nextSale();
    await seller.ask({ do: 'put', document });
    await other.ask({ do: 'wait', id: document.id });
    await Promise.all(both.map((driver) => driver.wire.quiet(QUIET_MS)));
  };
  await sellOne();
  return {
    sell: async () => {
      for (const { wire } of both) wire.take();
      await sellOne();
      return { sale: seller.wire.take().total, fanOut: other.wire.take().total };
    },
    close: async () => {
      await Promise.all(both.map((driver) => driver.close()));
    },
  };
}

interface Driver {
  readonly wire: CountedWire;
  ask(command: object): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

async function startDriver(folder: string, wire: CountedWire): Promise<Driver> {
  const child = spawn(process.execPath, ['bench-drive.mjs', wire.origin], {
    cwd: folder,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    wire,
    ask: async (command) => {
      child.stdin.write(`${JSON.stringify(command)}\n`);
      const answer = JSON.parse((await lines.next()).value ?? '{"failed":"The client ended."}');
      if (answer.failed !== undefined) throw new Error(`${folder}: ${answer.failed}`);
      return answer;
    },
    close: async () => {
      child.kill('SIGKILL');
      await once(child, 'exit');
      await wire.close();
    },
  };
}

async function firstLine({ stdout }: ChildProcess, who: string): Promise<void> {
  if (!stdout) throw new Error(`${who} has no output to read.`);
  for await (const _ of createInterface({ input: stdout })) {
    stdout.resume();
    return;
  }
  throw new Error(`${who} did not start. Is its package installed (npm run check installs it)?`);
}
