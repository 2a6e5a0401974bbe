import { EMPTY_HEAD, sealEntry } from '../../../schema/chain.ts';
import type { BodyOf, DeviceEntry, Head } from '../../../schema/entry/entry.ts';
import type { Tender } from '../../../schema/entry/payment.ts';
import { branchScope, type CartId, COMPANY_SCOPE, type PersonId, tillCodeShape } from '../../../schema/ids.ts';
import type { Product } from '../../../schema/product.ts';
import { quantity } from '../../../schema/quantity.ts';
import { buildReceipt, type ReceiptRules } from '../../../schema/receipt.ts';
import type { Core } from '../../../server/core/core.ts';
import { countedKey } from '../../../server/core/count-behind.ts';
import { createDailySumBook } from '../../../server/core/daily-sum-book.ts';
import { enrolDevice } from '../../../server/core/enrol.ts';
import { createCode } from '../../../server/core/enrol-code.ts';
import { reportZone } from '../../../server/core/report-zone.ts';
import { BRANCH } from '../../../server/seed/shop.ts';
import type { ReadTx, StoredDevice, WriteTx } from '../../../server/store/store.ts';
import { makePublicKey } from '../../../server/testing/test-shop.ts';
import { createRandom, type Random } from '../../replay/random.ts';
import type { Basket } from '../sales-baskets.ts';

const TILLS = 8;
const PEOPLE = ['sari', 'dewi', 'agus'] as PersonId[];
const TENDERS: readonly Tender[] = ['cash', 'cash', 'cash', 'qris', 'card'];
/** Nine days of a million a year: a product's sums of a month are written four times then, and not twenty. */
const ENTRIES_AT_ONCE = 25_000;
const DAY_MS = 86_400_000;
/** Each day's sales lie in thirteen hours from eight o'clock in Jakarta on, one o'clock at Greenwich. */
const [OPENS_MS, OPEN_MS] = [3_600_000, 13 * 3_600_000];

export interface SalesWish {
  readonly sales: number;
  /** Over so many days up to `until`, milliseconds since 1970. */
  readonly days: number;
  readonly until: number;
  /** What customers bought, in turn; null: a few random products each. */
  readonly baskets: readonly Basket[] | null;
}

/**
 * Puts generated sales of eight tills into a shop's store, as they lie there after their push: entries, heads, daily sums and up to where these
 * count, the same from the same seed. What reports never ask about, stock and carts, is left out, because a million pushes take an hour.
 */
export async function makeSales(core: Core, wish: SalesWish, tell: (text: string) => void): Promise<void> {
  const random = createRandom(1);
  const [products, rules] = await core.store.read((tx) => Promise.all([readProducts(tx), readRules(tx)]));
  const tills: StoredDevice[] = [];
  for (let till = 1; till <= TILLS; till += 1) tills.push(await enrolTill(core, `K9${till}`));
  const heads = new Map<StoredDevice, Head>();
  for (let made = 0; made < wish.sales; made += ENTRIES_AT_ONCE) {
    const count = Math.min(ENTRIES_AT_ONCE, wish.sales - made);
    await core.store.write([branchScope(BRANCH)], async (tx) => {
      const sums = createDailySumBook(tx, { scope: branchScope(BRANCH), zone: await reportZone(tx) });
      for (let index = made; index < made + count; index += 1) {
        const till = tills[random.whole(TILLS)] as StoredDevice;
        const head = heads.get(till) ?? EMPTY_HEAD;
        const entry = makeSale({
          random,
          products,
          rules,
          till,
          head,
          at: timeOf(wish, index, random),
          index,
          basket: basketOf(wish, index),
        });
        heads.set(till, { seq: entry.seq, hash: entry.hash });
        await insert(tx, entry);
        sums.count(entry);
      }
      for (const [{ deviceId }, head] of heads) {
        await tx.setHead(deviceId, head);
        await tx.setMeta(countedKey(deviceId), String(head.seq));
      }
      await sums.flush();
    });
    if (made % 50_000 === 0) tell(`${made} of ${wish.sales} sales made`);
  }
}

/** Evenly over the days, in their order. */
function timeOf({ sales, days, until }: SalesWish, index: number, random: Random): number {
  const day = Math.floor((index / sales) * days);
  const midnight = Math.floor(until / DAY_MS) * DAY_MS - (days - 1 - day) * DAY_MS;
  return midnight + OPENS_MS + random.whole(OPEN_MS);
}

interface Making {
  readonly random: Random;
  readonly products: readonly Product[];
  readonly rules: ReceiptRules;
  readonly till: StoredDevice;
  readonly head: Head;
  readonly at: number;
  readonly index: number;
  readonly basket: Basket | null;
}

function basketOf({ baskets }: SalesWish, index: number): Basket | null {
  return baskets?.[index % baskets.length] ?? null;
}

function makeSale({ random, products, rules, till, head, at, index, basket }: Making): DeviceEntry {
  const bought = basket ?? randomBasket(random, products.length);
  const lines = bought.map(({ product: number, pieces }) => {
    const product = products[number % products.length] as Product;
    const { id: productId, rev, name, price, unitScale, taxId, category } = product;
    const units = quantity(unitScale * pieces);
    const discount = random.chance(0.05) ? { discount: { type: 'percent', basisPoints: 1_000 } as const } : {};
    return { productId, rev, name, category, unitPrice: price, unitScale, taxId, quantity: units, ...discount };
  });
  const place = { till: till.till, generation: till.generation, receiptNo: head.seq + 1 };
  const receipt = buildReceipt({ cartId: `bench-${index}` as CartId, lines }, rules, place);
  const payments = [
    { tender: TENDERS[random.whole(TENDERS.length)] ?? 'cash', amount: receipt.totals.due, confirmed: true },
  ];
  const person = PEOPLE[random.whole(PEOPLE.length)] as PersonId;
  const header = { deviceId: till.deviceId, branch: till.branch, person, at };
  if (!random.chance(0.02)) return sealEntry({ ...header, kind: 'sale', body: { ...receipt, payments } }, head);
  const body: BodyOf<'refund'> = { ...receipt, payments, reason: 'rusak' };
  return sealEntry({ ...header, kind: 'refund', body }, head);
}

function randomBasket(random: Random, products: number): Basket {
  return Array.from({ length: 1 + random.whole(5) }, () => ({
    // Few products sell much, many a little.
    product: Math.floor(random.next() ** 3 * products),
    pieces: 1 + random.whole(3),
  }));
}

async function insert(tx: WriteTx, entry: DeviceEntry): Promise<void> {
  const { id, deviceId, seq: entrySeq, prev, hash, kind, at } = entry;
  const said = { kind, at, json: JSON.stringify(entry), signature: '', courier: deviceId, receivedAt: at };
  const state = { verdict: 'accepted', reason: '', flags: [] } as const;
  await tx.insertEntry({ id, deviceId, entrySeq, prev, hash, scope: branchScope(BRANCH), ...said, ...state });
}

async function enrolTill(core: Core, name: string): Promise<StoredDevice> {
  const code = await createCode(core, { branch: BRANCH, role: 'till', till: tillCodeShape.parse(name) });
  if (!code.ok) throw new Error(code.error);
  const enrolled = await enrolDevice(core, { code: code.value.code, publicKey: makePublicKey() });
  if (!enrolled.ok) throw new Error(enrolled.error);
  const device = await core.store.read((tx) => tx.device(enrolled.value.device.deviceId));
  if (!device) throw new Error('The till was not stored.');
  return device;
}

async function readProducts(tx: ReadTx): Promise<Product[]> {
  const all = await tx.documentsAfter('products', { scope: COMPANY_SCOPE, after: 0, limit: 50_000 });
  return all.map(({ json }) => JSON.parse(json) as Product);
}

async function readRules(tx: ReadTx): Promise<ReceiptRules> {
  const docs = await tx.documentsAfter('company', { scope: COMPANY_SCOPE, after: 0, limit: 1_000 });
  const read = docs.map(({ json }) => JSON.parse(json));
  const { currency, rounding } = read.find(({ kind }) => kind === 'settings');
  return { currency, rounding, taxes: read.filter(({ kind }) => kind === 'tax').map(({ tax }) => tax) };
}
