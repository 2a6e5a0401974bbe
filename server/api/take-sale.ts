import type { ApiSale, SaleRequest } from '../../schema/api/api-sale.ts';
import type { Integration } from '../../schema/api/integration.ts';
import { EMPTY_HEAD, sealEntry } from '../../schema/chain.ts';
import type { BodyOf, DeviceEntry } from '../../schema/entry/entry.ts';
import type { Sale } from '../../schema/entry/sale.ts';
import { hashJson, sha256Hex } from '../../schema/hash.ts';
import { type CartId, type Hash, personIdShape } from '../../schema/ids.ts';
import { PROTOCOL_VERSION } from '../../schema/protocol/version.ts';
import { buildReceipt, type Cart, priceCart } from '../../schema/receipt.ts';
import { entrySigningText } from '../../schema/signature.ts';
import { foldAll } from '../core/advance-head.ts';
import { type JournalWork, workOnJournals } from '../core/journal-work.ts';
import { placeRow } from '../core/judge-row.ts';
import { takeRow } from '../core/take-row.ts';
import type { JournalChange, StoredDevice } from '../store/store.ts';
import { type ApiContext, ApiFault } from './api-call.ts';
import { openIntegrationDevice } from './integration-device.ts';
import { refuseBeyondFree } from './limited-lines.ts';
import { toApiSale } from './list-sales.ts';
import { readLines, readRules } from './sale-lines.ts';
import { refuseCardNumbers, settle } from './sale-payments.ts';
import { withPromotions } from './sale-promotions.ts';

/** Entries looked at under the cart of one key: its own one, or what a device made up. */
const NOTED_MAX = 100;
const KEY = /^[\w.:-]{1,100}$/;

/** What stands for one sale of another system. */
interface Order {
  readonly integration: Integration;
  readonly key: string;
  readonly digest: Hash;
  readonly cartId: CartId;
  readonly request: SaleRequest;
}

/**
 * Takes a sale of another system: one entry of its integration's device, in one transaction with the stock it moves. The key lies in the
 * entry itself, so that whoever brings the entry back after a restore brings the key back too. Throws {@link ApiFault}.
 */
export async function takeSale({ core, integration, header }: ApiContext, request: SaleRequest): Promise<ApiSale> {
  const key = header('idempotency-key') ?? '';
  if (!KEY.test(key)) throw new ApiFault('key-missing');
  refuseCardNumbers(request);
  const cartId = `order-${sha256Hex(`${integration.id}\n${key}`).slice(0, 32)}` as CartId;
  const order: Order = { integration, key, digest: hashJson(request), cartId, request };
  return workOnJournals(core, integration.branch, async (work) => {
    const taken = (await findTaken(work, order)) ?? (await writeSale(work, order));
    return toApiSale(taken);
  });
}

/** The sale that this key stands for already. */
async function findTaken(
  { tx, scope }: JournalWork,
  { cartId, key, digest }: Order,
): Promise<JournalChange | undefined> {
  for (const id of await tx.cartEntries(scope, cartId, NOTED_MAX)) {
    const stored = await tx.entry(id);
    const order = stored && (JSON.parse(stored.json) as Sale).body.order;
    if (order?.key !== key) continue;
    if (order.digest !== digest) throw new ApiFault('key-reused');
    return stored;
  }
  return undefined;
}

async function writeSale(work: JournalWork, order: Order): Promise<JournalChange> {
  const { core, tx } = work;
  const { integration, request } = order;
  const draft = await priceSale(work, order);
  const device = await openIntegrationDevice(core, tx, integration);
  if (core.ledger.isRevoked(device.deviceId)) throw new ApiFault('token-revoked');
  const head = (await tx.head(device.deviceId)) ?? EMPTY_HEAD;
  const { deviceId, branch, till, generation } = device;
  // It writes nothing but sales: its entries and its receipts count alike.
  const body = draft({ till, generation, receiptNo: head.seq + 1 });
  const person = personIdShape.parse(integration.createdBy);
  const entry = sealEntry(
    { deviceId, branch, person, at: soldAt(work, request), kind: 'sale', body },
    head,
  ) as DeviceEntry;
  return append(work, device, entry);
}

/** When it was sold, as the other system says. */
function soldAt({ at }: JournalWork, request: SaleRequest): number {
  return request.soldAt === undefined ? at : Date.parse(request.soldAt);
}

/** Computes everything that may be wrong with a sale before anything is written; gives what makes its body. */
async function priceSale(work: JournalWork, { integration, key, digest, cartId, request }: Order) {
  const { tx } = work;
  const shelf = await readLines(tx, integration.branch, request);
  await refuseBeyondFree(work, shelf);
  const rules = await readRules(tx, shelf);
  const at = soldAt(work, request);
  const lines = await withPromotions(tx, shelf, request, { at, rounding: rules.rounding });
  const { note, customer, reference } = request;
  const cart: Cart = { cartId, lines, ...(note ? { note } : {}), ...(customer ? { customer } : {}) };
  const order = { integration: integration.id, key, digest, ...(reference ? { reference } : {}) };
  try {
    const { payments, rounding } = settle(priceCart(cart, rules).totals.total, request, rules.cashRounding);
    return (place: Parameters<typeof buildReceipt>[2]): BodyOf<'sale'> => {
      return { ...buildReceipt(cart, rules, place, rounding), payments, order };
    };
  } catch (error) {
    if (error instanceof RangeError) throw new ApiFault('sale-wrong', 'lines: the amounts are too large to add up');
    throw error;
  }
}

/** Stores and folds the entry by the rules of every device's. Throws where they would not take it: nothing is written then. */
async function append(work: JournalWork, device: StoredDevice, entry: DeviceEntry): Promise<JournalChange> {
  const signature = work.core.serverKey.sign(entrySigningText(entry.id, entry.hash));
  const row = placeRow(entry);
  if (!row.ok) throw new Error(`Invariant broken: a sale of ${device.till} has no place: ${row.error}.`);
  const push = {
    ...{ courier: device, protocol: PROTOCOL_VERSION, request: { entries: [entry] }, rows: [row] },
    ...{ authors: new Map([[device.deviceId, device]]), isVouched: () => true, signatureOf: () => signature },
    sellsFree: true,
  };
  const verdict = await takeRow(work, push, row.value);
  if (verdict.verdict !== 'accepted') throw new ApiFault('sale-wrong', verdict.reason);
  await foldAll(work);
  const stored = await work.tx.entry(entry.id);
  if (stored?.verdict !== 'accepted') throw new ApiFault('sale-wrong', stored?.reason);
  return stored;
}
