import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from '@playwright/test';
import { catalogueCsv } from './catalogue.ts';

const ROOT = resolve(import.meta.dirname, '../..');
/** Enough tills that no test of a file shares one. */
const TILLS = 20;

interface EnrolFile {
  readonly origin: string;
  readonly codes: readonly { readonly code: string; readonly till: string; readonly branch: string }[];
  readonly people: readonly { readonly name: string; readonly pin: string }[];
}

/** The demo's people, the same in each shop that has them. */
let people: EnrolFile['people'] = [];

/** The PIN of one of the demo's people, e.g. `Sari`. */
export function pinOf(name: string): string {
  return people.find((person) => person.name === name)?.pin ?? '';
}

/** A real server process with a shop of its own. */
export interface Shop {
  readonly origin: string;
  readonly port: number;
  /** Its database, to be read by those who want to know what the server really holds. */
  readonly database: string;
  /** The one-time code of a till, e.g. `K1` or the manager's `M1`, in the first branch or another. */
  code(till: string, branch?: string): string;
  stop(): Promise<void>;
}

export interface ShopWish {
  /** The demo's 20,000 products in place of the small catalogue. */
  readonly demo?: boolean;
  /** Gives its people PINs; the demo's have them. */
  readonly pins?: boolean;
  /** Another branch, by id and name, e.g. `pasar=Toko Pasar`. */
  readonly branch?: string;
  /** A catalogue of one's own, as CSV. */
  readonly catalogue?: string;
}

/** Starts a server on a free port. */
export async function startShop({ demo = false, pins = false, branch, catalogue }: ShopWish = {}): Promise<Shop> {
  const folder = mkdtempSync(join(tmpdir(), 'laci-e2e-'));
  const args = [
    '--port',
    '0',
    '--data',
    join(folder, 'data'),
    '--tills',
    String(TILLS),
    '--enrol-file',
    join(folder, 'enrol.json'),
  ];
  if (pins) args.push('--demo-pins');
  if (branch) args.push('--branch', branch);
  if (!demo) {
    writeFileSync(join(folder, 'catalogue.csv'), catalogue ?? catalogueCsv());
    args.push('--catalogue', join(folder, 'catalogue.csv'));
  }
  const server = spawn(process.execPath, [join(ROOT, 'server/main.ts'), ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await untilItServes(server);
  const { origin, codes, ...more } = JSON.parse(readFileSync(join(folder, 'enrol.json'), 'utf8')) as EnrolFile;
  people = more.people;
  return {
    origin,
    port: Number(new URL(origin).port),
    database: join(folder, 'data', 'laci.db'),
    code: (till, of = 'utama') => codes.find((one) => one.till === till && one.branch === of)?.code ?? '',
    stop: async () => {
      const ended = once(server, 'exit');
      server.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function untilItServes(server: ChildProcess): Promise<void> {
  if (!server.stdout) throw new Error('The server has no output to read.');
  for await (const line of createInterface({ input: server.stdout })) {
    if (line.includes('Laci serves')) {
      server.stdout.resume();
      return;
    }
  }
  throw new Error('The server ended before it served.');
}

/** One shop for all tests of a file. */
export function shopOfThisFile(options: ShopWish = {}): () => Shop {
  let shop: Shop | undefined;
  test.beforeAll(async () => {
    shop = await startShop(options);
  });
  test.afterAll(async () => shop?.stop());
  return () => {
    if (!shop) throw new Error('The shop is not open yet.');
    return shop;
  };
}
