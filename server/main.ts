import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { pino } from 'pino';
import { branchScope, COMPANY_SCOPE } from '../schema/ids.ts';
import { codesText, createBootstrapCodes, removeEnrolFile, writeEnrolFile } from './bootstrap-codes.ts';
import { claimFolder } from './claim-folder.ts';
import { makeBranch } from './core/branch-doc.ts';
import { completeUpgrade } from './core/complete-upgrade.ts';
import type { Core } from './core/core.ts';
import { countRest, setDays, zoneBefore } from './core/count-days.ts';
import { RESTORE_ADVICE } from './core/health.ts';
import { openCore } from './core/open-core.ts';
import { SHOP_FILES } from './core/shop-files.ts';
import { tellNewBranches } from './core/tell-branches.ts';
import type { Deps } from './deps.ts';
import { createExaminer } from './examine/examiner.ts';
import { verifySignature } from './keys/verify-signature.ts';
import { hostToOpen, readOptions, type ServerOptions, USAGE } from './options.ts';
import { demoPinsText, readDemoPeople } from './seed/demo-people.ts';
import { seedShop } from './seed/seed-shop.ts';
import { type LanService, lanText, prepareLan, serveTrustPage, watchLan } from './serve-lan.ts';
import { startServer } from './start-server.ts';
import { makeLogRoom } from './store/sqlite/log-room.ts';
import { startNightWatch } from './verify/night-watch.ts';
import { verifyApart } from './verify/verify-apart.ts';

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
  breathe: () => new Promise((resolve) => setImmediate(resolve)),
  verify: verifySignature,
  log: pino({ level: process.env.LACI_LOG ?? 'warn' }, pino.destination({ fd: 2, sync: true })),
};

/** SQLite's words for a file that is damaged, or none of its own. */
const DAMAGED = /^SQLITE_(CORRUPT|NOTADB)/;

/** The built app; tests serve a copy of their own. */
const APP_DIR = resolve(process.env.LACI_APP_DIR ?? join(import.meta.dirname, '../dist'));

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function takenText(error: unknown): string {
  return `port ${String((error as { port?: unknown }).port)} is taken. Choose another with --port.`;
}

/** Says why the server cannot run, in a line, and ends. */
function giveUp(reason: string): never {
  process.stderr.write(`Laci: ${reason}\n`);
  process.exit(1);
}

function imagesDirOf(dataDir: string): string {
  return join(dataDir, SHOP_FILES.images);
}

/** How people reach the server, and how it stops. */
interface Service {
  readonly origin: string;
  readonly notice: string;
  readonly stop: () => Promise<void>;
}

async function serveLocally(core: Core, options: ServerOptions, dataDir: string): Promise<Service> {
  const { host, port, webhookHosts } = options;
  const imagesDir = imagesDirOf(dataDir);
  const examiner = createExaminer(deps.log);
  const server = await startServer(core, { host, port, webhookHosts, examiner, appDir: APP_DIR, imagesDir });
  return {
    origin: `http://${hostToOpen(host)}:${server.port}`,
    notice: '',
    stop: server.close,
  };
}

async function serveNetwork(core: Core, options: ServerOptions, dataDir: string): Promise<Service> {
  const { host, port, webhookHosts } = options;
  const lan = await prepareLan(core, dataDir);
  const server = await startServer(core, {
    host,
    port,
    webhookHosts,
    appDir: APP_DIR,
    imagesDir: imagesDirOf(dataDir),
    examiner: createExaminer(deps.log),
    tls: lan.authority,
  });
  let current = lan;
  const originNow = () => `https://${current.address}:${server.port}`;
  const trustPort = server.port + 1;
  const stopTrust = await serveTrustPage(() => current, { host, port: trustPort, httpsUrl: originNow });
  const renew = (next: LanService): void => {
    current = next;
    server.certify(next.authority);
    say(`This machine is reached at ${originNow()} now.`);
  };
  const stopLooking = watchLan(core, lan, () => prepareLan(core, dataDir), renew);
  const stop = async (): Promise<void> => {
    stopLooking();
    await Promise.all([server.close(), stopTrust()]);
  };
  return { origin: originNow(), notice: await lanText(lan, trustPort, originNow()), stop };
}

async function run(options: ServerOptions): Promise<void> {
  const dataDir = resolve(options.dataDir);
  // Before anything is touched: the codes and the database of a running server are its own.
  const claim = claimFolder(dataDir);
  if (!claim.ok) giveUp(claim.error);
  const core = await openCore(dataDir, deps);
  await setDays(core, options.zone ?? (await zoneBefore(core)) ?? machineZone());
  await completeUpgrade(core);
  const enrolFile = options.enrolFile ?? join(dataDir, 'enrol.json');
  removeEnrolFile(enrolFile);
  const seeded = await seedShop(core, { ...options, dataDir, say });
  if (!seeded.ok) giveUp(seeded.error);
  for (const { branch, name } of options.branches)
    await core.store.write([COMPANY_SCOPE, branchScope(branch)], (tx) => makeBranch(tx, branch, name));
  await tellNewBranches(core);
  const service = options.lan ? await serveNetwork(core, options, dataDir) : await serveLocally(core, options, dataDir);
  const stopWatch = startNightWatch(core, { hour: options.verifyHour, verify: () => verifyApart(dataDir) });
  const codes = await createBootstrapCodes(core, service.origin, options.tills);
  for (const { branch } of options.branches)
    codes.push(...(await createBootstrapCodes(core, service.origin, options.tills, branch)));
  const people = await readDemoPeople(core);
  writeEnrolFile(enrolFile, service.origin, codes, people);
  say(`${service.notice}Laci serves ${service.origin}\n${codesText(codes)}${demoPinsText(people)}`);
  let isStopping = false;
  const counting = countRest(core, () => !isStopping).catch((error: unknown) =>
    deps.log.error({ err: error }, 'sums for reports could not be counted; the next start goes on'),
  );
  const lengthening = makeLogRoom(core.store, join(dataDir, SHOP_FILES.database), () => !isStopping).catch(
    (error: unknown) =>
      deps.log.warn({ err: error }, 'the log of the database could not be lengthened; it grows by itself'),
  );
  stopOnSignal(async () => {
    isStopping = true;
    stopWatch();
    await Promise.all([counting, lengthening]);
    await service.stop();
    await core.store.close();
    claim.value();
  });
}

function machineZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Ends in order at the first signal: what was begun is finished, and the write-ahead log is folded into the database. */
function stopOnSignal(stop: () => Promise<void>): void {
  const end = (): void => {
    stop().then(
      () => process.exit(0),
      (error: unknown) => giveUp(error instanceof Error ? error.message : String(error)),
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end);
}

process.on('unhandledRejection', (error) => deps.log.error({ err: error }, 'nobody handled a rejection'));
process.on('uncaughtException', (error) => deps.log.fatal({ err: error }, 'nobody handled an error'));

const args = process.argv.slice(2);
if (args.includes('--help')) {
  say(USAGE);
  process.exit(0);
}
const options = readOptions(args);
if (!options.ok) giveUp(`${options.error}\n${USAGE}`);
run(options.value).catch((error: unknown) => {
  const code = (error as { code?: unknown }).code;
  if (code === 'EADDRINUSE') giveUp(takenText(error));
  if (DAMAGED.test(String(code))) giveUp(`the database cannot be read: ${String(error)}. ${RESTORE_ADVICE}`);
  giveUp(error instanceof Error ? error.message : String(error));
});
