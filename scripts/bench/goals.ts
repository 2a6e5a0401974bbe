/** Any number in a report by its path, e.g. `parts/10/p99`. */
type Path = string;

/** One of the product's goals, and where a benchmark's report says how far it is met. */
export interface Goal {
  readonly bench: string;
  readonly what: string;
  readonly path: Path;
  readonly unit: '×' | 'ms' | 'bytes' | 'MB' | '%';
  readonly most: number;
}

const ratio = (bench: string, what: string, path: Path, most: number): Goal => ({ bench, what, path, unit: '×', most });

/** Full sync: ours over the peer's time. A peer that must be ten times slower is a ratio of a tenth. */
const FULL_SYNC: readonly Goal[] = [
  ratio('full-sync', 'full sync, durable, of raw IndexedDB puts of the same', 'ratios/raw', 0.35),
  ratio('full-sync', '… of RxDB 15 with Dexie from rxdb-server', 'ratios/rxdb-server', 0.1),
  ratio('full-sync', '… of the same device on Dexie', 'ratios/dexie', 0.1),
  ratio('full-sync', '… of PouchDB', 'ratios/pouchdb', 0.05),
];

const COLD_START: readonly Goal[] = [
  ratio('cold-start', 'cold start, offline, all products in hand, of their raw read-back', 'ratios/raw', 0.5),
  {
    ...{ bench: 'cold-start', what: 'first product to tap in the app, after its script is there' },
    ...{ path: 'parts/app/median', unit: 'ms', most: 300 },
  },
];

const ms = (bench: string, what: string, path: Path, most: number): Goal => ({ bench, what, path, unit: 'ms', most });

const TILL: readonly Goal[] = [
  ratio('till', 'pay to durable commit, of a raw strict write and signature', 'ratios/raw', 1.5),
  ratio('till', '… in the app, from the touch that says the money is there', 'parts/durable/ofRaw', 1.5),
  ms('till', '… in the app, from durable until shown: two frames', 'parts/durableToShown/done/median', 34),
  ratio('till', '… with 100,000 entries on the device, of a new device', 'flat', 1.1),
  ms('till', 'search prefix, p95', 'parts/prefix/done/p95', 5),
  ms('till', 'misspelt search, p95', 'parts/misspelt/done/p95', 20),
  ms('till', 'exact barcode, mean of 1,000', 'barcodeMean', 0.1),
];

const SERVER: readonly Goal[] = [
  ratio('propagation', 'till to till at 10 devices, median, of bare ws echo and fsync', 'ratios/echo and fsync', 2),
  ms('propagation', '… p99 at 10 devices', 'parts/10/p99', 50),
  ms('propagation', '… p99 at 1,000 devices', 'parts/1000/p99', 250),
  ratio('push-throughput', 'push, durable, chain checked: time of raw better-sqlite3 batches', 'ratios/raw', 2),
  ratio('push-throughput', '… time of PouchDB, acknowledged after disk', 'ratios/pouchdb on LevelDB', 0.5),
  ms('reconnect-storm', '100 tills × 500 waiting sales, all on disk', 'ours/median', 10_000),
  ms('reconnect-storm', '… a live sale meanwhile, p99', 'liveSale/p99', 1_000),
  { bench: 'reconnect-storm', what: '… memory of the server', path: 'serverMb', unit: 'MB', most: 512 },
  ms('history-growth', '1,000,000 entries: start', 'parts/1000000/start', 3_000),
  { bench: 'history-growth', what: '… memory', path: 'parts/1000000/memory', unit: 'MB', most: 300 },
  ratio('history-growth', '… push, of that at 1,000', 'ratios/short history', 1.2),
  ratio('history-growth', '… delta pull, of that at 1,000', 'pullRatio', 1.2),
];

const bytes = (what: string, path: Path, most: number, bench = 'wire-bytes'): Goal => ({
  ...{ bench, what, path, unit: 'bytes', most },
});

const BYTES: readonly Goal[] = [
  ratio('wire-bytes', 'first sync: bytes, of the bare data gzipped', 'ratios/gzip', 1.1),
  ratio('wire-bytes', '… of the leanest peer', 'ofLeanest/fullSync', 1),
  bytes('sale of 5 lines, up', 'parts/saleUp/ours/median', 1_000),
  ratio('wire-bytes', '… both ways, of the leanest peer', 'ofLeanest/sale', 1),
  bytes('its live fan-out to one till, at once: counters, and that more follows', 'parts/fanOutLive/ours/median', 300),
  ratio('wire-bytes', '… all of it, what the entry holds too, of the leanest peer', 'ofLeanest/fanOut', 1),
  bytes('script of the till route, gzipped', 'ours/median', 250_000, 'bundle'),
];

/** All goals, in the order of the table. */
export const GOALS: readonly Goal[] = [...FULL_SYNC, ...COLD_START, ...TILL, ...SERVER, ...BYTES];
