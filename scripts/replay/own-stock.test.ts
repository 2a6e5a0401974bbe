import { expect, test } from 'vitest';
import type { DeviceEntry } from '../../schema/entry/entry.ts';
import { explainOnHand, type OwnEffect } from '../../schema/stock/on-hand.ts';
import { createOwnStock } from './own-stock.ts';

type Shown = Parameters<ReturnType<typeof createOwnStock>['findFault']>[0];
const PRODUCT = 'p1' as Parameters<Shown['stock']['onHand']>[0];
const identity = { deviceId: '0123456789abcdef' } as Shown['identity'];

const shows = (own: readonly OwnEffect[], onHand?: number): Shown => {
  const explain = () => explainOnHand(undefined, identity.deviceId, own);
  return { identity, stock: { explain, onHand: () => onHand ?? explain().onHand } as unknown as Shown['stock'] };
};
const entry = (kind: string, line: object) =>
  ({ kind, body: { lines: [{ productId: PRODUCT, ...line }] } }) as unknown as DeviceEntry;

function ownOf(...entries: DeviceEntry[]) {
  const own = createOwnStock();
  for (const one of entries) own.add(one);
  return own;
}

test('[I4] a device that counts each own entry once has nothing wrong', () => {
  const own = ownOf(entry('sale', { quantity: 3 }), entry('refund', { quantity: 1 }), entry('adjust', { delta: -2 }));
  expect(own.findFault(shows([{ seq: 1, in: 1, out: 5 }]), PRODUCT)).toBeNull();
  expect(own.products).toEqual([PRODUCT]);
});

test('[I4] an own entry counted twice, or not at all, is a fault', () => {
  const own = ownOf(entry('sale', { quantity: 3 }));
  const twice = shows([
    { seq: 1, in: 0, out: 3 },
    { seq: 1, in: 0, out: 3 },
  ]);
  expect(own.findFault(twice, PRODUCT)).toContain('in 0 out 6, but in 0 out 3 was written');
  expect(own.findFault(shows([]), PRODUCT)).toContain('in 0 out 0, but in 0 out 3 was written');
});

test('[I4] a number on the screen that is not the explained one is a fault', () => {
  const own = ownOf(entry('sale', { quantity: 3 }));
  expect(own.findFault(shows([{ seq: 1, in: 0, out: 3 }], -6), PRODUCT)).toContain('another number than shown');
});
