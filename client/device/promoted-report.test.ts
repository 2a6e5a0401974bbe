import { afterAll, beforeAll, expect, test } from 'vitest';
import { roundCash } from '../../schema/cash-rounding.ts';
import type { CartId } from '../../schema/ids.ts';
import { type Money, money } from '../../schema/money.ts';
import { quantity } from '../../schema/quantity.ts';
import { type Cart, payExactly, priceCart } from '../../schema/receipt.ts';
import { refundCart, refundRules } from '../../schema/refund.ts';
import type { ReportBy } from '../../schema/report/report.ts';
import { must } from '../../schema/result.ts';
import type { Device } from './device.ts';
import { enrolDevice } from './enrol-device.ts';
import { createNodeDeps } from './node-device.ts';
import { inStep } from './node-sale.ts';
import { type NodeShop, startNodeShop } from './node-shop.ts';
import { openDevice } from './open-device.ts';
import { when } from './when.ts';

/** A manager's device of a real shop that rounds cash to 500 and takes a twentieth off everything. */
let shop: NodeShop;
let device: Device;
const cashRounding = { to: money(500), rule: 'half-up' as const };
const OFFER = {
  ...{ promotion: 'dua-puluh', name: 'Diskon 5%', active: true, from: '2020-01-01', to: '2099-12-31' },
  rule: { type: 'percent', target: { of: 'all' }, basisPoints: 500 },
};

beforeAll(async () => {
  shop = await startNodeShop(2);
  const deps = createNodeDeps('M1', shop.origin, {});
  expect(await enrolDevice(deps, { serverAddress: '', code: shop.code('M1') })).toMatchObject({ ok: true });
  device = await openDevice(deps);
  await when(device.sync.status, ({ ready }) => ready);
  await device.company.choosePerson(must(device.company.people.get()[0], 'a person').person);
  expect(await device.payments.saveSettingsNow({ cashRounding })).toMatchObject({ ok: true });
  await when(device.company.rules, (rules) => rules?.cashRounding !== undefined);
  const { promotion: _, ...fields } = OFFER;
  expect(await device.masterData.editCompany(`promotion:${OFFER.promotion}`, fields as never)).toMatchObject({
    ok: true,
  });
  await inStep(device);
});
afterAll(async () => {
  await device.close();
  await shop.close();
});

async function figures(by: ReportBy) {
  const today = device.reports.today();
  const answer = await device.reports.report(by, { from: today, to: today });
  const { rows, source } = must(answer.ok ? answer.value : null, by);
  expect(source.kind).toBe('server');
  return rows;
}

test('[REP1] [REP2] [RND2] [RET11] a promotion and rounded cash, sold and given back at a device, stand in the server’s reports', async () => {
  const product = must(device.catalogue.byBarcode('1001'), 'a product');
  const { id: productId, rev, name, unitScale, taxId } = product;
  const line = { productId, rev, name, unitScale, taxId, unitPrice: money(24_500), quantity: quantity(1) };
  const sellOne = async (cart: string) => {
    const sold: Cart = device.promotions.apply({ cartId: cart as CartId, lines: [line] });
    const due = priceCart(sold, must(device.company.rules.get(), 'rules')).totals.total;
    return device.till.sell(sold, [payExactly('cash', roundCash(due, cashRounding))]);
  };
  const first = await sellOne('cart-00000001');
  const sale = must(first.ok ? first.value : null, JSON.stringify(first));
  expect(sale.body.totals).toMatchObject({ total: 23_275, rounding: 225, due: 23_500 });
  expect(await sellOne('cart-00000002')).toMatchObject({ ok: true });
  await inStep(device);
  const whole = { sales: 2, total: 46_550, promotions: 2_450, rounding: 450 };
  for (const by of ['hour', 'day', 'till', 'cashier'] as const) expect(await figures(by)).toMatchObject([whole]);
  expect(await figures('tender')).toMatchObject([{ key: 'cash', total: 47_000 }]);
  expect(await figures('product')).toMatchObject([{ total: 46_550, promotions: 2_450 }]);

  const rules = refundRules(must(device.company.rules.get(), 'rules'), sale.body);
  const cart = refundCart('cart-00000003' as CartId, sale.body, [{ quantity: 1, before: 0 }]);
  const back: Money = roundCash(priceCart(cart, rules).totals.total, cashRounding);
  const original = { entry: sale.id, receipt: sale.body.receipt };
  const draft = { cart, payments: [payExactly('cash', back)], original, reason: 'rusak', rules };
  expect(await device.till.refund(draft)).toMatchObject({ ok: true });
  await inStep(device);
  const [cashier] = await figures('cashier');
  expect(cashier).toMatchObject({ sales: 2, refunds: 1, total: 23_275, returned: 23_275, promotions: 1_225 });
  expect(cashier?.rounding).toBe(225);
  expect(cashier?.discounts ?? 0).toBe(0);
  expect(await figures('tender')).toMatchObject([{ key: 'cash', total: 23_500, returned: 23_500 }]);
});
