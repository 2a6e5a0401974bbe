import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Accounting, accountForLines } from './accounting.ts';
import type { ReplayArguments } from './arguments.ts';
import { compareReplicas } from './compare.ts';
import { reportDatabase } from './database.ts';
import { DEVICE_STREAM, dealInvoices } from './deal.ts';
import { type DeviceThread, startDevice } from './device-thread.ts';
import { firstCode } from './enrol-file.ts';
import { addFaults, type FaultCounts, noFaults } from './fault-kinds.ts';
import { plainStockSum } from './plain-sum.ts';
import { type PlannedInvoice, planSales } from './plan.ts';
import { barcodeOf, catalogueCsv, productsOf, type ReplayProduct } from './products.ts';
import { readBaskets } from './read-baskets.ts';
import { readOnlineRetail } from './read-online-retail.ts';
import { readText } from './read-text.ts';
import { type SalesFile, SalesFileFault } from './sales-file.ts';
import { type ServerProcess, startServer } from './server-process.ts';
import { settle } from './settle.ts';
import type { DeviceJob } from './worker-messages.ts';

/** What a replay found. `violations` is empty when everything holds. */
export interface ReplayOutcome {
  readonly accounting: Accounting;
  readonly sales: number;
  readonly faults: FaultCounts;
  readonly lost: number;
  readonly doubled: number;
  readonly stockMismatches: number;
  readonly samples: number;
  readonly violations: readonly string[];
}

/** Selling lasts at least this long, however few invoices there are, so that faults have time to happen; milliseconds. */
const SELLING_MS_LEAST = 6_000;
/** Mean pause between two invoices of one till where there are many; milliseconds. */
const PAUSE_MS_LEAST = 50;
const TELL_EVERY_MS = 1_000;
const MANAGER = 'M1';

type Tell = (text: string) => void;

/** Replays a sales file over real devices and a real server, and compares what all of them hold at the end. */
export async function runReplay(asked: ReplayArguments, tell: Tell): Promise<ReplayOutcome> {
  const file = readSales(asked);
  const plan = planSales(file);
  const accounting = accountForLines(file, plan);
  const products = productsOf(file.rows);
  if (plan.length === 0) throw new SalesFileFault('The sales file holds no sales.');
  tell(`${plan.length} invoices, ${accounting.lines} lines, ${products.length} products`);
  const folder = mkdtempSync(join(tmpdir(), 'laci-replay-'));
  try {
    return { accounting, sales: plan.length, ...(await replayIn(folder, { asked, file, plan, products }, tell)) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readSales({ sales, format }: ReplayArguments): SalesFile {
  try {
    const text = readText(sales);
    return format === 'baskets' ? readBaskets(text) : readOnlineRetail(text);
  } catch (error) {
    throw new SalesFileFault(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

interface Replay {
  readonly asked: ReplayArguments;
  readonly file: SalesFile;
  readonly plan: readonly PlannedInvoice[];
  readonly products: readonly ReplayProduct[];
}

type Found = Omit<ReplayOutcome, 'accounting' | 'sales'>;

async function replayIn(folder: string, replay: Replay, tell: Tell): Promise<Found> {
  const catalogue = join(folder, 'products.csv');
  writeFileSync(catalogue, catalogueCsv(replay.products));
  const server = await startServer(folder, ['--catalogue', catalogue, '--currency', 'GBP', '--no-demo']);
  const devices: DeviceThread[] = [];
  try {
    await openDevices(server, replay, devices, tell);
    return await sellAndCompare(server, replay, devices, tell);
  } finally {
    await Promise.all(devices.map((device) => device.stop()));
    await server.stop();
  }
}

/** The manager's device first: it asks for the tills' codes, as a manager does. */
async function openDevices(server: ServerProcess, replay: Replay, devices: DeviceThread[], tell: Tell): Promise<void> {
  const { asked, plan, products } = replay;
  const hands = dealInvoices(plan, asked.tills, asked.seed);
  const sold = Math.max(...hands.map((hand) => hand.length));
  const pauseMs = asked.faults.length === 0 ? 0 : Math.max(PAUSE_MS_LEAST, SELLING_MS_LEAST / sold);
  const barcodes = products.map(({ barcode }) => barcode);
  const shared = { origin: server.origin, seed: asked.seed, faults: asked.faults, pauseMs, barcodes };
  const start = (job: Pick<DeviceJob, 'name' | 'code' | 'stream' | 'invoices'>): DeviceThread => {
    const device = startDevice({ ...shared, ...job });
    devices.push(device);
    return device;
  };
  const manager = start({ name: MANAGER, code: firstCode(server.enrolment), stream: DEVICE_STREAM, invoices: [] });
  await manager.ready;
  const names = hands.map((_, index) => `K${index + 1}`);
  const codes = await manager.ask({ ask: 'enrol-codes', tills: names });
  const tills = names.map((name, index) => {
    const stream = DEVICE_STREAM * (index + 2);
    return start({ name, code: codes[index] ?? '', stream, invoices: hands[index] ?? [] });
  });
  await Promise.all(tills.map(({ ready }) => ready));
  tell(`${names.length} tills and the manager's device are open`);
}

async function sellAndCompare(
  server: ServerProcess,
  replay: Replay,
  devices: readonly DeviceThread[],
  tell: Tell,
): Promise<Found> {
  const entries = replay.plan.flatMap((invoice) => invoice.entries);
  const watch = setInterval(() => tellSold(replay, devices, tell), TELL_EVERY_MS);
  const sold = await Promise.all(devices.map((device) => device.ask({ ask: 'sell' }))).finally(() =>
    clearInterval(watch),
  );
  const faults = (await Promise.all(devices.map((device) => device.ask({ ask: 'heal' })))).reduce<FaultCounts>(
    addFaults,
    noFaults(),
  );
  tell('all is sold, the faults have stopped');
  const open = await settle(devices, entries.length, tell);
  tell(open.length === 0 ? 'all has settled' : 'the time to settle is over');
  const reports = await Promise.all(devices.map((device) => device.ask({ ask: 'report' })));
  tell('all devices have reported');
  await Promise.all(devices.map((device) => device.ask({ ask: 'close' })));
  await server.stop();
  tell('all devices and the server are closed');
  const stock = new Map([...plainStockSum(replay.file.rows)].map(([code, sum]) => [barcodeOf(code), sum]));
  const compared = compareReplicas(entries, stock, [...reports, reportDatabase(server.databaseFile)]);
  const samples = sold.reduce((sum, till) => sum + till.samples, 0);
  return { ...compared, faults, samples, violations: [...open, ...compared.violations] };
}

/** A device that failed says so where it is asked to sell, not here. */
function tellSold(replay: Replay, devices: readonly DeviceThread[], tell: Tell): void {
  Promise.all(devices.map((device) => device.ask({ ask: 'sold' }))).then(
    (all) => tell(`${all.reduce((sum, sold) => sum + sold, 0)} of ${replay.plan.length} invoices sold`),
    () => undefined,
  );
}
