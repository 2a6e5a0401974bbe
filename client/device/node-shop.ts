import { type ChildProcess, spawn } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A real server process with a small shop of its own: for tests. */
export interface NodeShop {
  readonly origin: string;
  readonly dataDir: string;
  /** The code of a till's first device, in the first branch or another. */
  code(till: string, branch?: string): string;
  /** The PIN of one of the demo's people. */
  pin(person: string): string;
  /** Stops the process without a word; the shop's folder stays. */
  kill(): Promise<void>;
  /** Starts it again, at the same address. */
  restart(): Promise<void>;
  /** Copies the database, as last night's snapshot of the machine did; the server restarts. */
  copyDatabase(): Promise<void>;
  /** Puts that copy back, and nothing else of the folder: keys and ledger stay. */
  putDatabaseBack(): Promise<void>;
  /** Stops it and removes the folder. */
  close(): Promise<void>;
}

interface EnrolFile {
  readonly origin: string;
  readonly codes: readonly { readonly till: string; readonly code: string; readonly branch: string }[];
  readonly people: readonly { readonly person: string; readonly pin: string }[];
}

/** How often the enrolment file is looked for, and how long at most, in milliseconds. */
const LOOK_MS = 50;
const START_MS_MAX = 30_000;

/**
 * Starts a shop with `products` products called `Barang 1`, `Barang 2` …; their barcodes are 1001, 1002 … With `pins` its people are the
 * demo's; `branch` is another branch's id and name, e.g. `pasar=Toko Pasar`.
 */
export async function startNodeShop(products: number, { pins = false, branch = '' } = {}): Promise<NodeShop> {
  const dataDir = await mkdtemp(join(tmpdir(), 'laci-shop-'));
  const catalogue = join(dataDir, 'catalogue.csv');
  const rows = Array.from({ length: products }, (_, index) => `${1001 + index},Barang ${index + 1}`);
  await writeFile(catalogue, ['barcode,name', ...rows].join('\n'));
  const more = [...(pins ? ['--demo-pins'] : []), ...(branch ? ['--branch', branch] : [])];
  let server = await startServer(dataDir, catalogue, 0, more);
  const { origin, codes, people } = server.enrol;
  const kill = () => stopProcess(server.process);
  const restart = async () => {
    await kill();
    server = await startServer(dataDir, catalogue, Number(new URL(origin).port), more);
  };
  const [folder, copy] = [join(dataDir, 'shop'), join(dataDir, 'copy')];
  return {
    origin,
    dataDir,
    code: (till, of = 'utama') => codes.find((code) => code.till === till && code.branch === of)?.code ?? '',
    pin: (person) => people.find((one) => one.person === person)?.pin ?? '',
    kill,
    restart,
    copyDatabase: async () => {
      await kill();
      await moveDatabase(folder, copy);
      await restart();
    },
    putDatabaseBack: async () => {
      await kill();
      await moveDatabase(copy, folder);
      await restart();
    },
    close: async () => {
      await kill();
      await rm(dataDir, { recursive: true });
    },
  };
}

async function startServer(dataDir: string, catalogue: string, port: number, more: readonly string[]) {
  const enrolFile = join(dataDir, 'enrol.json');
  await rm(enrolFile, { force: true });
  const main = join(import.meta.dirname, '../../server/main.ts');
  const shop = ['--port', String(port), '--data', join(dataDir, 'shop'), '--catalogue', catalogue];
  const process = spawn(globalThis.process.execPath, [main, ...shop, ...more, '--enrol-file', enrolFile], {
    stdio: 'ignore',
  });
  return { process, enrol: await readEnrolFile(enrolFile) };
}

async function readEnrolFile(path: string): Promise<EnrolFile> {
  for (let waitedMs = 0; waitedMs < START_MS_MAX; waitedMs += LOOK_MS) {
    const text = await readFile(path, 'utf8').catch(() => '');
    if (text.trimEnd().endsWith('}')) return JSON.parse(text) as EnrolFile;
    await sleep(LOOK_MS);
  }
  throw new Error('The server did not start.');
}

/** Copies the database's files from one folder into another, which has no others afterwards. */
async function moveDatabase(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  const isDatabase = (name: string) => name.startsWith('laci.db');
  for (const name of (await readdir(to)).filter(isDatabase)) await rm(join(to, name));
  for (const name of (await readdir(from)).filter(isDatabase)) await copyFile(join(from, name), join(to, name));
}

function stopProcess(process: ChildProcess): Promise<void> {
  if (process.exitCode !== null || process.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    process.once('exit', () => resolve());
    process.kill('SIGKILL');
  });
}
