import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CartId } from '../../schema/ids.ts';
import { type Money, money } from '../../schema/money.ts';
import { quantity } from '../../schema/quantity.ts';
import { type Cart, payCash, payExactly, priceCart, type ReceiptRules } from '../../schema/receipt.ts';
import { paperMoney } from '../../schema/receipt-format.ts';
import { RECEIPT_WORDS } from '../../schema/receipt-words.ts';
import { refundCart, refundRules } from '../../schema/refund.ts';
import { reportBlocks } from '../../schema/report-print.ts';
import { must } from '../../schema/result.ts';
import type { Device } from './device.ts';
import { enrolDevice } from './enrol-device.ts';
import { createNodeDeps } from './node-device.ts';
import { inStep } from './node-sale.ts';
import { type NodeShop, startNodeShop } from './node-shop.ts';
import { openDevice } from './open-device.ts';
import { when } from './when.ts';

/** A till that sells in dollars and cents, with a tax that comes on top: 8.25 %. */
const USD = { code: 'USD', digits: 2 };
const TAX = { id: 'sales', name: 'Sales tax', rate: { num: 825, den: 10_000 }, inclusive: false };
const RULES: ReceiptRules = {
  currency: USD,
  rounding: 'half-up',
  taxes: [TAX],
  cashRounding: { to: money(5), rule: 'half-up' },
};
let shop: NodeShop;
let device: Device;

beforeAll(async () => {
  shop = await startNodeShop(3);
  const deps = createNodeDeps('K1', shop.origin);
  await enrolDevice(deps, { serverAddress: '', code: shop.code('K1') });
  device = await openDevice(deps);
  await when(device.sync.status, ({ ready }) => ready);
  await device.company.choosePerson(must(device.company.people.get()[0], 'a person').person);
});
afterAll(async () => {
  await device.close();
  await shop.close();
});

function cartOf(unitPrice: number, units: number): Cart {
  const { id: productId, rev, name } = must(device.catalogue.byBarcode('1001'), 'a product');
  const line = { productId, rev, name, unitScale: 1, taxId: TAX.id };
  return {
    cartId: 'dollars-0001' as CartId,
    lines: [{ ...line, unitPrice: money(unitPrice), quantity: quantity(units) }],
  };
}
const textOf = (entry: Parameters<Device['printing']['blocks']>[0]) =>
  device.printing
    .blocks(entry, 'en')
    .map((block) =>
      block.kind === 'row' ? `${block.label}: ${block.amount}` : block.kind === 'text' ? block.text : '',
    );

test('[TAX3] [RND2] [RET4] [SHF16] a shop in dollars with a tax on top sells, prints, gives back and reports to the cent', async () => {
  await device.shift.open(money(100_00));
  // 3 × 4.99 = 14.97; tax 1.235 → 1.24; 16.21, in cash 16.20.
  const cart = cartOf(4_99, 3);
  expect(priceCart(cart, RULES).totals).toMatchObject({ net: 14_97, tax: 1_24, total: 16_21 });
  const sold = await device.till.sell(cart, [payCash(money(16_20), money(20_00))], RULES);
  if (!sold.ok) throw new Error(sold.error.code);
  const sale = sold.value;
  expect(sale.body.totals).toMatchObject({ rounding: -1, due: 16_20 });
  expect(textOf(sale).join('\n')).toContain('16.20');
  expect(textOf(sale).join('\n')).toContain('3.80');
  const back = refundCart('dollars-back-1' as CartId, sale.body, [{ quantity: 1, before: 0 }]);
  const rules = refundRules(RULES, sale.body);
  // A third of 16.21, rounded down; the tax in it is what was paid of it.
  expect(priceCart(back, rules).totals).toMatchObject({ total: 5_40, tax: 41 });
  const original = { entry: sale.id, receipt: sale.body.receipt };
  const refund = { cart: back, payments: [payExactly('cash', money(5_40))], original, reason: 'broken', rules: RULES };
  expect(await device.till.refund(refund)).toMatchObject({ ok: true });
  const report = must(await device.shift.report(), 'a report');
  expect(report).toMatchObject({
    taxes: [{ taxId: 'sales', name: 'Sales tax', net: 14_97 - 4_99, tax: 1_24 - 41 }],
    tenders: [{ tender: 'cash', amount: 16_20 - 5_40 }],
    rounding: -1,
    expectedCash: 100_00 + 16_20 - 5_40,
  });
  const dollars = (amount: Money) => paperMoney(amount, USD, 'en');
  const terms = { words: RECEIPT_WORDS.en, language: 'en', amount: dollars, money: dollars } as const;
  const rows = reportBlocks(report, terms).flatMap((block) =>
    block.kind === 'row' ? [`${block.label}: ${block.amount}`] : [],
  );
  expect(rows).toEqual(expect.arrayContaining([expect.stringMatching(/^Sales tax: .*0\.83$/)]));
  expect(await device.shift.close({ countedCash: money(110_80) })).toMatchObject({ ok: true });
  await inStep(device);
});
