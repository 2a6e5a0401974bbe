import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { WebSocket } from 'ws';

/** A bare echo with one fsync, and as many listeners as ours has. */
export interface EchoPeer {
  /** Sends a text, and gives for each listener how long it took to come, in milliseconds. */
  send(text: string): Promise<number[]>;
  close(): void;
}

const MAIN = join(import.meta.dirname, 'echo-server.ts');

/** Starts the echo's own process and joins it with `listeners` sockets and one that speaks. */
export async function openEchoPeer(folder: string, listeners: number): Promise<EchoPeer> {
  const child = spawn(process.execPath, [MAIN, join(folder, `echo-${listeners}`)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const kill = () => void child.kill('SIGKILL');
  process.once('exit', kill);
  const url = `ws://127.0.0.1:${await firstLine(child)}`;
  const speaker = await openSocket(url);
  const ears: WebSocket[] = [];
  for (let count = 0; count < listeners; count += 1) ears.push(await openSocket(url));
  return {
    send: async (text) => {
      const begun = performance.now();
      const heard = ears.map(async (ear) => {
        const [data] = await once(ear, 'message');
        JSON.parse(String(data));
        return performance.now() - begun;
      });
      speaker.send(text);
      return Promise.all(heard);
    },
    close: () => {
      for (const socket of [speaker, ...ears]) socket.terminate();
      kill();
      process.off('exit', kill);
    },
  };
}

async function openSocket(url: string): Promise<WebSocket> {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  await once(socket, 'open');
  return socket;
}

async function firstLine({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) throw new Error('The echo has no output to read.');
  for await (const line of createInterface({ input: stdout })) return line;
  throw new Error('The echo did not start.');
}
