import type { Device } from '../../../client/device/device.ts';
import { openDevice } from '../../../client/device/open-device.ts';
import { splitEntryId } from '../../../schema/ids.ts';
import { must } from '../../../schema/result.ts';
import type { FiguresGoods, FiguresOrder, ReadFigures, SaleFigures, SlotOrder } from '../bench-page.ts';
import type { SearchWords } from '../till/search-words.ts';
import { SALE_LINES } from '../till/till-round.ts';
import { openFull, someGoods, withoutNetwork } from './bench-device.ts';
import { chooseSomebody, fillCart, sellNow } from './bench-sale.ts';
import { createRawLimit, type RawLimit } from './raw-limit.ts';
import { watchJournal } from './watch-journal.ts';
import { writeHistory } from './write-history.ts';

const BARCODES = 1_000;
/** Work that goes on after a start, e.g. the check of the own chain, is over when timers are on time for so long. In milliseconds. */
const [CALM_MS, BEAT_MS, LATE_MS, CALM_MS_MAX] = [2_000, 50, 15, 90_000] as const;

interface Figures {
  readonly device: Device;
  readonly limit: RawLimit;
  readonly goods: readonly string[];
  sold: number;
}
let figures: Figures | null = null;

export async function openFigures(order: FiguresOrder): Promise<FiguresGoods> {
  const device = await openOffline(order, order.entries);
  const goods = someGoods(device, BARCODES);
  figures = { device, goods, limit: await createRawLimit(), sold: 0 };
  await calm();
  const [newest] = await device.till.recent(1);
  return { documents: device.catalogue.count(), entries: newest ? splitEntryId(newest.id).seq : 0 };
}

/** Pulls everything, writes so many entries onto the disk, and opens it again without a network. */
async function openOffline(order: SlotOrder, entries: number): Promise<Device> {
  const { device, deps } = await openFull(order);
  await chooseSomebody(device);
  const cart = fillCart(device, someGoods(device, BARCODES), 0);
  const rules = must(device.company.rules.get(), 'the shop settings');
  const { identity } = device;
  const { person } = must(device.company.person.get(), 'a person');
  await device.close();
  if (entries > 0) await writeHistory(deps, { identity, person, cart, rules, entries });
  const opened = await openDevice(withoutNetwork(deps));
  await chooseSomebody(opened);
  return opened;
}

/** Types each word letter by letter, asks for as many as the till's list takes, and finds a thousand barcodes. */
export function readFigures({ searches, misspelt }: SearchWords): Promise<ReadFigures> {
  const { device, goods } = must(figures, 'the device');
  const { catalogue } = device;
  const all = { category: '', limit: catalogue.count() };
  // Rows are sorted once, at the first question after a start.
  catalogue.search('', all);
  const prefixes = searches.flatMap((word) => [...word].map((_, index) => word.slice(0, index + 1)));
  const list = catalogue.categories().map(({ category }) => timed(() => catalogue.search('', { ...all, category })));
  const scanned = manyOf(goods.filter((good) => catalogue.byBarcode(good)));
  const begun = performance.now();
  let found = 0;
  for (const barcode of scanned) found += Number(catalogue.byBarcode(barcode) !== undefined);
  const barcode = (performance.now() - begun) / scanned.length;
  if (found < BARCODES) throw new Error(`Only ${found} of ${BARCODES} barcodes were found.`);
  return Promise.resolve({
    prefix: prefixes.map((text) => timed(() => catalogue.search(text, all))),
    misspelt: misspelt.map((text) => timed(() => catalogue.search(text, all))),
    ...{ barcode, list },
  });
}

/** So many barcodes that a small catalogue's come again. */
function manyOf(barcodes: readonly string[]): string[] {
  return Array.from({ length: BARCODES }, (_, index) => must(barcodes[index % barcodes.length], 'a barcode'));
}

export async function sellFigures(sales: number): Promise<SaleFigures> {
  const measured = must(figures, 'the device');
  const { device, limit, goods } = measured;
  const journal = watchJournal();
  const [commit, raw]: [number[], number[]] = [[], []];
  for (let sale = 0; sale < sales; sale += 1) {
    measured.sold += 1;
    const begun = await sellNow(device, fillCart(device, goods, measured.sold));
    commit.push(journal.lastWritten() - begun);
    // What follows a sale, its tail in the vault and its paper, writes to the same disk: neither the limit nor the next sale waits for that.
    await rest();
    raw.push((await limit.measure(SALE_LINES)).done);
    await rest();
  }
  journal.stop();
  return { commit, raw };
}

const REST_MS = 60;

function rest(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, REST_MS));
}

function timed(act: () => unknown): number {
  const begun = performance.now();
  act();
  return performance.now() - begun;
}

async function calm(): Promise<void> {
  const until = performance.now() + CALM_MS_MAX;
  for (let quiet = 0; quiet < CALM_MS && performance.now() < until; ) {
    const begun = performance.now();
    await new Promise((resolve) => setTimeout(resolve, BEAT_MS));
    quiet = performance.now() - begun - BEAT_MS < LATE_MS ? quiet + BEAT_MS : 0;
  }
}
