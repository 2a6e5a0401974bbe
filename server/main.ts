import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { pino } from 'pino';
import { codesText, createBootstrapCodes, writeEnrolFile } from './bootstrap-codes.ts';
import { openCore } from './core/open-core.ts';
import type { Deps } from './deps.ts';
import { readOptions, type ServerOptions, USAGE } from './options.ts';
import { seedShop } from './seed/seed-shop.ts';
import { startServer } from './start-server.ts';

/** The only place of the server that makes a real clock, randomness and timers. */
const deps: Deps = {
  now: () => Date.now(),
  randomBytes: (count) => randomBytes(count),
  every: (ms, work) => {
    const timer = setInterval(work, ms);
    return () => clearInterval(timer);
  },
  after: (ms, work) => {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
  log: pino({ level: process.env.LACI_LOG ?? 'warn' }, pino.destination({ fd: 2, sync: true })),
};

const APP_DIR = resolve(import.meta.dirname, '../dist');

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Says why the server cannot run, in a line, and ends. */
function giveUp(reason: string): never {
  process.stderr.write(`Laci: ${reason}\n`);
  process.exit(1);
}

async function run(options: ServerOptions): Promise<void> {
  const dataDir = resolve(options.dataDir);
  const core = await openCore(dataDir, deps);
  const seeded = await seedShop(core, { ...options, dataDir, say });
  if (!seeded.ok) giveUp(seeded.error);
  const server = await startServer(core, { host: options.host, port: options.port, appDir: APP_DIR });
  const origin = `http://${options.host === '0.0.0.0' ? '127.0.0.1' : options.host}:${server.port}`;
  const codes = await createBootstrapCodes(core, origin, options.tills);
  writeEnrolFile(options.enrolFile ?? join(dataDir, 'enrol.json'), origin, codes);
  say(`Laci serves ${origin}\n${codesText(codes)}`);
  const stop = async (): Promise<void> => {
    await server.close();
    await core.store.close();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
}

process.on('unhandledRejection', (error) => deps.log.error({ err: error }, 'nobody handled a rejection'));
process.on('uncaughtException', (error) => deps.log.fatal({ err: error }, 'nobody handled an error'));

const options = readOptions(process.argv.slice(2));
if (!options.ok) giveUp(`${options.error}\n${USAGE}`);
run(options.value).catch((error: unknown) => {
  const code = (error as { code?: unknown }).code;
  if (code === 'EADDRINUSE') giveUp(`port ${options.value.port} is taken. Choose another with --port.`);
  giveUp(error instanceof Error ? error.message : String(error));
});
