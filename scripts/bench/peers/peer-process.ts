import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { findFreePort } from '../../replay/free-port.ts';
import { type Ends, makeFolder } from './ends.ts';
import type { Peer } from './peer.ts';

/** A peer's server in a process of its own. */
export interface PeerServer {
  readonly port: number;
  readonly origin: string;
  /** What its clients must know: JSON, as its first line said it. */
  readonly given: string;
}

/** A process with a peer's clients, which answers each command with one line. */
export interface PeerDriver {
  /** Throws when the peer failed. */
  ask(command: object): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

const ERROR_CHARACTERS_SHOWN = 400;
const PORT_TRIES = 3;

/** Starts a peer's `bench-server.mjs` on a free port, filled from a file of JSON documents. `durable`: on disk before each answer. */
export async function startPeerServer(
  ends: Ends,
  { name, folder }: Peer,
  file: string,
  durable = false,
): Promise<PeerServer> {
  requireInstalled({ name, folder });
  for (let tries = 1; ; tries += 1) {
    const port = await findFreePort();
    const data = makeFolder(ends, 'peer');
    const options = [String(port), file, data, ...(durable ? ['durable'] : [])];
    const { lines, end } = startScript(folder, 'bench-server.mjs', options);
    ends.add(end);
    const given = await lines.next();
    if (given !== undefined) return { port, origin: `http://127.0.0.1:${port}`, given };
    await end();
    // Somebody else took the port since it was found free.
    if (tries === PORT_TRIES || !/EADDRINUSE/.test(lines.said()))
      throw endedText(`${name}'s server did not start`, lines);
  }
}

/** Throws with a sentence where a peer's package could not be fetched. */
export function requireInstalled({ name, folder }: Peer): void {
  // npm writes it last.
  if (existsSync(join(folder, 'node_modules', '.package-lock.json'))) return;
  throw new Error(
    `${name} is not installed: its package could not be fetched into peers/${basename(folder)}. Connect to the internet once and run this again.`,
  );
}

/** Starts a peer's `bench-drive.mjs` with clients of the server at an address. */
export function startPeerDriver({ name, folder }: Peer, origin: string, given: string): PeerDriver {
  const { child, lines, end } = startScript(folder, 'bench-drive.mjs', [origin, given]);
  return {
    ask: async (command) => {
      child.stdin.write(`${JSON.stringify(command)}\n`);
      const answer = JSON.parse(await nextLine(lines, `${name}'s client ended`));
      if (answer.failed !== undefined) throw new Error(`${name}: ${answer.failed}`);
      return answer;
    },
    close: end,
  };
}

interface Script {
  readonly child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly lines: Lines;
  end(): Promise<void>;
}
type Lines = { readonly next: () => Promise<string | undefined>; readonly said: () => string };

function startScript(cwd: string, script: string, options: readonly string[]): Script {
  const child = spawn(process.execPath, [script, ...options], { cwd, stdio: ['pipe', 'pipe', 'pipe'] });
  const gone = once(child, 'exit');
  gone.catch(() => undefined);
  const kill = () => void child.kill('SIGKILL');
  process.once('exit', kill);
  let said = '';
  child.stderr.on('data', (part) => {
    said = `${said}${part}`.slice(-ERROR_CHARACTERS_SHOWN);
  });
  // A process that ended is told by its missing answer.
  child.stdin.on('error', () => undefined);
  const read = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => (await read.next()).value as string | undefined;
  const end = async () => {
    kill();
    process.off('exit', kill);
    await gone;
  };
  return { child, lines: { next, said: () => said }, end };
}

async function nextLine(lines: Lines, otherwise: string): Promise<string> {
  const line = await lines.next();
  if (line === undefined) throw endedText(otherwise, lines);
  return line;
}

/** With the end of what it wrote in one line: that is where programs say why. */
function endedText(what: string, { said }: Lines): Error {
  return new Error(`${what}. It said: ${said().replace(/\s+/g, ' ').trim() || 'nothing'}`);
}
