import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareReplicas } from '../replay/compare.ts';
import { reportDatabase } from '../replay/database.ts';
import { DEVICE_STREAM, dealInvoices } from '../replay/deal.ts';
import { type DeviceThread, startDevice } from '../replay/device-thread.ts';
import { firstCode } from '../replay/enrol-file.ts';
import { plainStockSum } from '../replay/plain-sum.ts';
import { type PlannedInvoice, planSales } from '../replay/plan.ts';
import { barcodeOf, catalogueCsv, productsOf } from '../replay/products.ts';
import { createRandom } from '../replay/random.ts';
import type { SalesFile } from '../replay/sales-file.ts';
import { settle } from '../replay/settle.ts';
import { type FaultLine, layFaultLine } from './fault-line.ts';
import { inventSales } from './invent-sales.ts';
import { type KillableServer, startKillableServer } from './killable-server.ts';
import { type Kills, killInPushes } from './killer.ts';
import { startLineBeat } from './line-beat.ts';
import { lookAtDatabase } from './look-at-database.ts';
import { createPushWatch, type PushWatch } from './push-watch.ts';

export interface ServerChaosOrder {
  readonly kills: number;
  readonly tills: number;
  readonly seed: number;
}

/** What a run with a killed server found; `violations` is empty when everything holds. */
export interface ServerChaosOutcome {
  readonly kills: Kills;
  readonly sales: number;
  /** Entries that the server acknowledged. */
  readonly acknowledged: number;
  readonly lost: number;
  readonly doubled: number;
  readonly stockMismatches: number;
  readonly restartsMs: readonly number[];
  readonly faults: Readonly<Record<string, number>>;
  readonly violations: readonly string[];
}

/** Hears how far it is, after each step. */
export type Tell = (text: string, done?: number) => void;

const MANAGER = 'M1';
/** Mean pause between two invoices of one till, in milliseconds. */
const PAUSE_MS = 250;
/** Invoices dealt per till: more than are sold while one kill and the next restart pass. */
const INVOICES_PER_KILL = 60;
const INVOICES_LEAST = 200;
/** Streams of the seed for what the run itself draws; devices have theirs above. */
const STREAM = { sales: 11, kills: 12, beat: 13, line: 20 } as const;

/** Sells over real devices while the lines fail and the server is killed in the middle of pushes; then compares what all hold. */
export async function runServerChaos(folder: string, order: ServerChaosOrder, tell: Tell): Promise<ServerChaosOutcome> {
  const invoices = order.tills * (INVOICES_LEAST + order.kills * INVOICES_PER_KILL);
  const file = inventSales(invoices, createRandom(order.seed, STREAM.sales));
  const catalogue = join(folder, 'products.csv');
  writeFileSync(catalogue, catalogueCsv(productsOf(file.rows)));
  const server = await startKillableServer(folder, ['--catalogue', catalogue, '--currency', 'GBP', '--no-demo']);
  const watch = createPushWatch();
  const shop: Shop = { order, file, server, watch, lines: [], devices: [], hands: [] };
  try {
    await openDevices(shop, tell);
    return await sellAndKill(shop, tell);
  } finally {
    await Promise.all(shop.devices.map((device) => device.stop()));
    await Promise.all(shop.lines.map((line) => line.close()));
    await server.stop();
  }
}

interface Shop {
  readonly order: ServerChaosOrder;
  readonly file: SalesFile;
  readonly server: KillableServer;
  readonly watch: PushWatch;
  readonly lines: FaultLine[];
  readonly devices: DeviceThread[];
  /** What each till is to sell, in order. */
  readonly hands: PlannedInvoice[][];
}

async function openDevices(shop: Shop, tell: Tell): Promise<void> {
  const { order, file, server } = shop;
  shop.hands.push(...dealInvoices(planSales(file), order.tills, order.seed));
  const manager = await openOne(shop, MANAGER, firstCode(server.enrolment), []);
  await manager.ready;
  const names = shop.hands.map((_, index) => `K${index + 1}`);
  const codes = await manager.ask({ ask: 'enrol-codes', tills: names });
  for (const [index, name] of names.entries()) await openOne(shop, name, codes[index] ?? '', shop.hands[index] ?? []);
  await Promise.all(shop.devices.map(({ ready }) => ready));
  tell(`${names.length} tills and the manager's device are open`);
}

async function openOne(
  { order, file, server, watch, lines, devices }: Shop,
  name: string,
  code: string,
  invoices: readonly PlannedInvoice[],
): Promise<DeviceThread> {
  const number = devices.length;
  const line = await layFaultLine(server.port, createRandom(order.seed, STREAM.line + number), watch.middle);
  lines.push(line);
  const barcodes = productsOf(file.rows).map(({ barcode }) => barcode);
  const device = startDevice({
    ...{ name, code, invoices, barcodes, origin: line.origin, seed: order.seed },
    stream: DEVICE_STREAM * (number + 1),
    faults: ['duplicate', 'restart'],
    pauseMs: PAUSE_MS,
  });
  devices.push(device);
  return device;
}

async function sellAndKill(shop: Shop, tell: Tell): Promise<ServerChaosOutcome> {
  const { order, server, watch, devices, lines } = shop;
  const tills = devices.slice(1);
  const selling = Promise.all(tills.map((till) => till.ask({ ask: 'sell' })));
  const beat = startLineBeat(lines, createRandom(order.seed, STREAM.beat));
  const random = createRandom(order.seed, STREAM.kills);
  let done = 0;
  try {
    const kills = await killInPushes({ server, watch, random, soldOut: selling }, order.kills, () => {
      done = server.restartsMs.length;
      tell(`${done} of ${order.kills} kills, ${watch.acknowledged.size} entries acknowledged`, done / order.kills);
    });
    await Promise.all(tills.map((till) => till.ask({ ask: 'enough' })));
    beat.stop();
    await selling;
    return await compareAll(shop, kills, tell);
  } finally {
    beat.stop();
  }
}

async function compareAll(shop: Shop, kills: Kills, tell: Tell): Promise<ServerChaosOutcome> {
  const { server, watch, devices, lines, hands, file } = shop;
  const heals = await Promise.all(devices.map((device) => device.ask({ ask: 'heal' })));
  const counts = await Promise.all(devices.slice(1).map((device) => device.ask({ ask: 'sold' })));
  const sold = hands.flatMap((hand, index) => hand.slice(0, counts[index]));
  const entries = sold.flatMap((invoice) => invoice.entries);
  tell(`${sold.length} invoices are sold, waiting until all have settled`);
  const open = await settle(devices, entries.length, tell);
  const reports = await Promise.all(devices.map((device) => device.ask({ ask: 'report' })));
  await Promise.all(devices.map((device) => device.ask({ ask: 'close' })));
  await server.stop();
  const names = new Set(sold.map(({ invoice }) => invoice));
  const rows = file.rows.filter(({ invoice }) => names.has(invoice));
  const stock = new Map([...plainStockSum(rows)].map(([code, sum]) => [barcodeOf(code), sum]));
  const found = compareReplicas(entries, stock, [...reports, reportDatabase(server.databaseFile)]);
  const missing = watch.acknowledged.size - lookAtDatabase(server.databaseFile).count(watch.acknowledged);
  const unkept = missing === 0 ? [] : [`${missing} acknowledged entries are not in the database`];
  const unstruck = kills.inPush === shop.order.kills ? [] : [`only ${kills.inPush} kills fell into a push`];
  return {
    ...found,
    kills,
    sales: sold.length,
    acknowledged: watch.acknowledged.size,
    restartsMs: server.restartsMs,
    faults: sumFaults([...lines.map((line) => line.counts), ...heals, { freeze: kills.freezes }]),
    violations: [...kills.violations, ...unstruck, ...open, ...unkept, ...found.violations],
  };
}

function sumFaults(all: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const [kind, count] of all.flatMap((counts) => Object.entries(counts))) sum[kind] = (sum[kind] ?? 0) + count;
  return Object.fromEntries(Object.entries(sum).filter(([, count]) => count > 0));
}
