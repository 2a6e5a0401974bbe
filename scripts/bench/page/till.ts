import { SALE_LINES, type Sample, type TillMeter, type TillOrder, type TillRound } from '../till/till-round.ts';
import { createRawLimit } from './raw-limit.ts';
import { watchJournal } from './watch-journal.ts';
import { find, findAll, quiet, type Watch, watch } from './watch-page.ts';

declare global {
  interface Window {
    laciTill: TillMeter;
  }
}

window.laciTill = { run };

const SEARCH = 'search-input';
const RECEIPT = 'receipt';
const CATEGORY = 'fieldset button[aria-pressed="false"]';
const CHOSEN = 'fieldset button[aria-pressed="true"]';
const LISTS = 12;
/** A list that has not changed by then does not change. */
const SEARCH_MS_MAX = 5_000;

/** Plays a cashier in the app's own page, one act after another, and the raw limit between the sales. */
async function run({ searches, barcodes, sales }: TillOrder): Promise<TillRound> {
  const limit = await createRawLimit();
  const journal = watchJournal();
  const [commit, durable, raw]: [Sample[], Sample[], Sample[]] = [[], [], []];
  const search = (await inTurn(searches, timeSearch)).filter((sample) => sample !== null);
  type(SEARCH, '');
  await quiet();
  const barcode = await inTurn(barcodes, timeBarcode);
  const list = await inTurn([...document.querySelectorAll<HTMLElement>(CATEGORY)].slice(0, LISTS), timeList);
  document.querySelector<HTMLElement>(CHOSEN)?.click();
  await quiet();
  for (let sale = 0; sale < sales; sale += 1) {
    await fillCart(barcodes, sale);
    const [sold, written] = await timeCommit(journal.lastWritten);
    commit.push(sold);
    durable.push(written);
    raw.push(await limit.measure(SALE_LINES));
  }
  limit.close();
  journal.stop();
  return { commit, durable, search, barcode, list, raw };
}

async function inTurn<Item, Timed>(items: readonly Item[], time: (item: Item) => Promise<Timed>): Promise<Timed[]> {
  const samples: Timed[] = [];
  for (const item of items) {
    samples.push(await time(item));
    await quiet();
  }
  return samples;
}

/** Null where the list stays as it is: another word may find the same. */
async function timeSearch(text: string): Promise<Sample | null> {
  const page = watch('main');
  const begun = performance.now();
  type(SEARCH, text);
  const seen = await page.lastChange(SEARCH_MS_MAX).catch(() => null);
  return seen && since(begun, seen);
}

function timeBarcode(barcode: string): Promise<Sample> {
  return timed(watch('main'), () => scan(barcode));
}

function timeList(chip: HTMLElement): Promise<Sample> {
  return timed(watch('main'), () => chip.click());
}

/** From the touch that says the money is there until the receipt, and until the sale is on the disk, which is before. */
async function timeCommit(lastWritten: () => number): Promise<readonly [Sample, Sample]> {
  find('pay').click();
  await watch('body').until('confirm-pay');
  await quiet();
  const page = watch('body');
  const confirm = find('confirm-pay');
  // Looked for before: what follows a click in the same turn would stand between the till and its sale.
  const receipt = page.until(RECEIPT);
  const begun = performance.now();
  confirm.click();
  const seen = await receipt;
  const written = lastWritten();
  find('next-customer').click();
  await quiet();
  return [since(begun, seen), since(begun, { done: written, shown: written })];
}

async function fillCart(barcodes: readonly string[], sale: number): Promise<void> {
  if (findAll('cart-clear').length > 0) find('cart-clear').click();
  for (let line = 0; line < SALE_LINES; line += 1) {
    scan(barcodes[(sale * SALE_LINES + line) % barcodes.length] ?? '');
    await quiet();
  }
}

async function timed(page: Watch, act: () => void): Promise<Sample> {
  const begun = performance.now();
  act();
  return since(begun, await page.lastChange());
}

function since(begun: number, { done, shown }: Sample): Sample {
  return { done: done - begun, shown: shown - begun };
}

/** Between two keys of a scanner. */
const KEY_GAP_MS = 5;

/**
 * As a scanner does: key after key, and Enter. Each carries the time at which a scanner would have sent it, so that a machine with other
 * work does not look like a person typing.
 */
function scan(barcode: string): void {
  const begun = performance.now();
  for (const [index, key] of [...barcode, 'Enter'].entries()) {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
    Object.defineProperty(event, 'timeStamp', { value: begun + index * KEY_GAP_MS });
    document.body.dispatchEvent(event);
  }
}

/** React listens to the native setter's event. */
function type(field: string, text: string): void {
  const input = find(field) as HTMLInputElement;
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, text);
  input.dispatchEvent(new Event('input', { bubbles: true }));
}
