import type { ApiSale } from '../../schema/api/api-sale.ts';
import type { LogQuery } from '../../schema/api/paging.ts';
import type { Refund, Sale } from '../../schema/entry/sale.ts';
import { branchScope, type DeviceId } from '../../schema/ids.ts';
import { type Money, ZERO } from '../../schema/money.ts';
import { addFigures } from '../../schema/report/measures.ts';
import type { JournalChange } from '../store/store.ts';
import type { ApiContext } from './api-call.ts';
import { changedSince, positionAfter } from './changed-since.ts';
import { toInstant } from './list-devices.ts';
import { toldReceipt } from './told-receipt.ts';

/** Entries looked through for one answer: most are receipts, so a page is nearly always full. */
const LOOKED_THROUGH_MAX = 2_000;
const NOBODY = '' as DeviceId;
/** Times that a date can say; a till's clock claims what it likes. */
const DATE_MS_MAX = 8_640_000_000_000_000;

/** Sales and refunds of all devices in the order in which the server took them, or last changed what it says of them. */
export function listSales({ core, integration }: ApiContext, { updatedSince, limit }: LogQuery) {
  return core.store.read(async (tx) => {
    const [, { after }] = await changedSince(tx, integration, updatedSince);
    const scope = branchScope(integration.branch);
    const entries = await tx.journalAfter({ scope, after, limit: LOOKED_THROUGH_MAX }, NOBODY);
    const receipts = entries.flatMap((entry) => toldReceipt(entry) ?? []);
    const page = receipts.slice(0, limit);
    const isCut = receipts.length > limit;
    const last = isCut ? page.at(-1)?.seq : entries.at(-1)?.seq;
    const more = isCut || entries.length === LOOKED_THROUGH_MAX;
    return { sales: page.map(toApiSale), more, position: await positionAfter(tx, integration, last ?? after) };
  });
}

/** A stored sale or refund as other systems see it. */
export function toApiSale({ id, at, receivedAt, flags, json }: JournalChange): ApiSale {
  const { kind, person, body } = JSON.parse(json) as Sale | Refund;
  const { net, tax, total, due } = body.totals;
  const reference = 'order' in body ? body.order?.reference : undefined;
  const original = 'original' in body ? body.original?.receipt : undefined;
  return {
    ...{ id, kind, receipt: body.receipt, ...(reference === undefined ? {} : { reference }) },
    soldAt: Math.abs(at) <= DATE_MS_MAX ? toInstant(at) : null,
    ...{ receivedAt: toInstant(receivedAt), person, currency: body.currency },
    lines: body.lines.map(toApiLine),
    ...{ net, tax, total, due },
    payments: body.payments.map(({ tender, amount, reference: of }) => ({
      ...{ tender, amount },
      ...(of === undefined ? {} : { reference: of }),
    })),
    ...(original === undefined ? {} : { original }),
    flags: [...flags],
  };
}

function toApiLine({
  productId,
  name,
  barcode,
  quantity,
  unitPrice,
  listPrice,
  promotion,
  discountTotal = ZERO,
  saleDiscount = ZERO,
  tax = ZERO,
  total,
}: Sale['body']['lines'][number]) {
  // Added as a claim is, which may be beyond what money is.
  const discount = addFigures(addFigures(promotion?.amount ?? ZERO, discountTotal), saleDiscount);
  return {
    ...(productId === undefined ? {} : { productId }),
    name,
    ...(barcode === undefined ? {} : { barcode }),
    ...{ quantity, unitPrice, tax, total },
    ...(listPrice === undefined ? {} : { listPrice }),
    ...(discount === 0 ? {} : { discount: discount as Money }),
    ...(promotion ? { promotion: promotion.name } : {}),
  };
}
