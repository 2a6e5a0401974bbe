import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { CartId } from '../../schema/ids.ts';
import { quantity } from '../../schema/quantity.ts';
import { type Cart, payCash, payExactly, priceCart } from '../../schema/receipt.ts';
import { receiptQr } from '../../schema/receipt-qr.ts';
import { must } from '../../schema/result.ts';
import { createScriptedPrinter, SCRIPTED } from '../print/scripted-printer.ts';
import type { Journal } from '../store/journal.ts';
import type { Device } from './device.ts';
import type { DeviceDeps } from './device-deps.ts';
import { enrolDevice } from './enrol-device.ts';
import { createLive } from './live.ts';
import { createNodeDeps } from './node-device.ts';
import { type NodeShop, startNodeShop } from './node-shop.ts';
import { openDevice } from './open-device.ts';
import { followEntries } from './printing.ts';
import { when } from './when.ts';

/** A till with a printer that dies where it is told to (F23); its server is gone. */
let shop: NodeShop;
let deps: DeviceDeps;
let device: Device;
let printer: ReturnType<typeof createScriptedPrinter>;

beforeAll(async () => {
  shop = await startNodeShop(12);
  deps = createNodeDeps('K1', shop.origin);
  expect(await enrolDevice(deps, { serverAddress: '', code: shop.code('K1') })).toMatchObject({ ok: true });
  device = await openDevice(deps);
  await when(device.sync.status, ({ ready }) => ready);
  await device.company.choosePerson(must(device.company.people.get()[0], 'a person').person);
  await device.close();
  await shop.kill();
});
afterAll(() => shop.close());

beforeEach(async () => {
  printer = createScriptedPrinter();
  await open();
  await device.printing.save({ printer: SCRIPTED, paper: 58, auto: true, drawer: true, language: 'id' });
  for (const { no } of device.printing.jobs.get()) await device.printing.drop(no);
});
afterEach(() => device.close());

async function open(): Promise<void> {
  device = await openDevice({ ...deps, printers: printer.door });
}
async function reload(): Promise<void> {
  await device.close();
  await open();
}

let carts = 0;
function cart(): Cart {
  const product = must(device.catalogue.byBarcode('1001'), 'a product');
  const { id: productId, rev, name, price: unitPrice, unitScale, taxId } = product;
  carts += 1;
  const line = { productId, rev, name, unitPrice, unitScale, taxId, quantity: quantity(1) };
  return { cartId: `cart-p${String(carts).padStart(8, '0')}` as CartId, lines: [line] };
}

async function sell(tender: 'cash' | 'card' = 'cash') {
  const sold = cart();
  const { due } = priceCart(sold, must(device.company.rules.get(), 'rules')).totals;
  const answer = await device.till.sell(sold, [tender === 'cash' ? payCash(due, due) : payExactly('card', due)]);
  return must(answer.ok ? answer.value : null, 'a sale');
}

/** The job of a sale once it is in this state. */
async function jobOf(sale: { readonly id: string }, state: 'failed' | 'done') {
  const jobs = await when(device.printing.jobs, (all) =>
    all.some((job) => job.entry === sale.id && job.state === state),
  );
  return must(
    jobs.find((job) => job.entry === sale.id),
    'a job',
  );
}

const stands = async (receipt: string) => (await device.till.findReceipt(receipt))?.body.receipt;
const marks = () => printer.papers.map((paper) => /\*\*\* .+? \*\*\*/.exec(paper)?.[0] ?? 'first');

test('[TILL19] a sale is read back for its paper only when the turn in which it was answered is over', async () => {
  const version = createLive(0);
  const [read, over] = [[] as number[], Promise.withResolvers<void>()];
  const readFrom = async (from: number) => {
    read.push(from);
    return [];
  };
  const journal = { index: { head: () => ({ seq: 1 + version.get() }) }, read: readFrom } as unknown as Journal;
  const written = { load: async () => undefined, written: async () => undefined };
  const stop = await followEntries(written, journal, version, createLive(true), () => over.promise);
  version.set(1);
  await new Promise(setImmediate);
  expect(read).toEqual([]);
  over.resolve();
  await new Promise(setImmediate);
  expect(read).toEqual([2]);
  stop();
});

test('[PRINT2] [F23] the entry and the begun job are on disk before the first byte goes out', async () => {
  const seen: unknown[] = [];
  printer.beforeSend(async () => {
    const book = await deps.vault.get('prints');
    const job = must(book?.jobs.at(-1), 'a job');
    seen.push(job.state, (await device.till.recent(1))[0]?.id === job.entry);
  });
  await jobOf(await sell(), 'done');
  expect(seen).toEqual(['printing', true]);
  expect(marks()).toEqual(['first']);
});

test('[SHF16] a report that is no entry goes onto paper as it stood on the screen', async () => {
  const count = printer.papers.length;
  await device.printing.printReport('X report', [{ kind: 'row', label: 'Sales', amount: '12' }]);
  await when(device.printing.jobs, (all) => all.some(({ what, state }) => what === 'report' && state === 'done'));
  expect(printer.papers.slice(count).join()).toMatch(/X report[\s\S]*K1[\s\S]*Sales +12/);
});

test('[PRINT2] [F23] a printer that never answers holds back no sale', async () => {
  printer.die('silent');
  const [one, two] = [await sell(), await sell()];
  expect(await stands(one.body.receipt)).toBe(one.body.receipt);
  expect(two.body.receiptNo).toBe(one.body.receiptNo + 1);
  expect(printer.papers).toEqual([]);
});

test.each([
  ['open', 'not-found', ['first']],
  ['paper', 'paper-out', ['first']],
  ['middle', 'cable', ['first', '*** SALINAN 1 ***']],
  ['after', 'cable', ['first', '*** SALINAN 1 ***']],
] as const)(
  '[PRINT4] [PRINT3] [F23] the printer dies (%s): the sale stands, and the retry says what it is',
  async (how, fault, papers) => {
    printer.die(how);
    const sale = await sell();
    const failed = await jobOf(sale, 'failed');
    expect(failed.fault).toBe(fault);
    expect(await stands(sale.body.receipt)).toBe(sale.body.receipt);
    printer.die(null);
    await device.printing.retry(failed.no);
    await jobOf(sale, 'done');
    expect(marks()).toEqual(papers);
    const after = await sell();
    expect(after.body.receiptNo).toBe(sale.body.receiptNo + 1);
  },
);

test('[PRINT3] [F23] the app ends between the sale and its print: it is offered, and is no copy', async () => {
  await device.printing.save({ ...device.printing.settings.get(), auto: true });
  const kept = await deps.vault.get('prints');
  const sale = await sell();
  await jobOf(sale, 'done');
  await device.close();
  // As if the app had been killed right after the entry was on disk.
  printer.papers.length = 0;
  await deps.vault.put('prints', must(kept, 'a book'));
  await open();
  const offered = await jobOf(sale, 'failed');
  expect(offered.fault).toBe('not-begun');
  expect(printer.papers).toEqual([]);
  await device.printing.retry(offered.no);
  await jobOf(sale, 'done');
  expect(marks()).toEqual(['first']);
});

test('[PRINT3] [F23] the app ends while it prints: it is offered, and printed again as a copy', async () => {
  printer.die('silent');
  const sending = new Promise<void>((resolve) => printer.beforeSend(async () => resolve()));
  const sale = await sell();
  await sending;
  await reload();
  const offered = await jobOf(sale, 'failed');
  expect(offered.fault).toBe('interrupted');
  expect(printer.papers).toEqual([]);
  printer.die(null);
  await device.printing.retry(offered.no);
  await jobOf(sale, 'done');
  expect(marks()).toEqual(['*** SALINAN 1 ***']);
});

test('[PRINT3] each print after the first is a copy with its number, and the sync log counts it', async () => {
  const sale = await sell();
  await jobOf(sale, 'done');
  for (let time = 0; time < 2; time += 1) {
    await device.printing.print(sale);
    await when(device.printing.jobs, (all) => all.every(({ state }) => state === 'done'));
  }
  expect(marks()).toEqual(['first', '*** SALINAN 1 ***', '*** SALINAN 2 ***']);
  const log = device.sync.log.get().map(({ what }) => what);
  expect(log).toContain(`Printed ${sale.body.receipt}, copy 2`);
});

test('[PRINT8] the drawer opens for cash and with the first print alone', async () => {
  const PULSE = '\x1bp\x00';
  const cash = await sell();
  await jobOf(cash, 'done');
  await device.printing.print(cash);
  const card = await sell('card');
  await jobOf(card, 'done');
  expect(printer.papers.map((paper) => paper.includes(PULSE))).toEqual([true, false, false]);
  await device.printing.save({ ...device.printing.settings.get(), auto: false });
  await sell();
  await when(device.printing.jobs, (all) => all.some(({ what, state }) => what === 'drawer' && state === 'done'));
  expect(printer.papers.at(-1)).toContain(PULSE);
  expect(printer.papers.at(-1)).not.toContain('Total');
});

test('[PRINT9] how a device prints is kept over a reload; unpairing leaves the rest', async () => {
  await device.printing.save({ printer: SCRIPTED, paper: 80, auto: false, drawer: true, language: 'en' });
  await reload();
  expect(device.printing.settings.get()).toMatchObject({ printer: SCRIPTED, paper: 80, language: 'en' });
  await device.printing.unpair();
  await reload();
  expect(device.printing.settings.get()).toEqual({
    printer: null,
    paper: 80,
    auto: false,
    drawer: true,
    language: 'en',
  });
});

test('[PRINT10] a code opens its receipt; one with the mark of another is named', async () => {
  const sale = await sell();
  const other = await sell();
  await jobOf(other, 'done');
  const code = must(/LACI1-[0-9A-Z-]+/.exec(printer.papers.at(-1) ?? '')?.[0], 'a code');
  expect(await device.printing.byCode(code.toLowerCase())).toMatchObject({ ok: true, value: { id: other.id } });
  const forged = code.replace(/-\d+-/, `-${sale.seq}-`);
  expect(await device.printing.byCode(forged)).toEqual({ ok: false, error: 'forged' });
  const far = receiptQr(`${'z'.repeat(16)}:0000000001` as never);
  expect(await device.printing.byCode(far)).toEqual({ ok: false, error: 'not-here' });
  expect(await device.printing.byCode('LACI1-x')).toEqual({ ok: false, error: 'unreadable' });
});
