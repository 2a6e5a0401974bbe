import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DeviceId, ProductId } from '../ids.ts';
import { findShareFault } from './find-share-fault.ts';
import { isShare, shareOf } from './share.ts';
import { fairOf, freeOf, shareToGive, shareToReturn } from './share-out.ts';

const units = fc.integer({ min: 0, max: 10_000 });
const anyScene = fc
  .record({
    onHand: fc.integer({ min: -100, max: 10_000 }),
    mine: units,
    others: units,
    tills: fc.integer({ min: 1, max: 30 }),
  })
  .map(({ mine, others, ...scene }) => ({ ...scene, mine, out: mine + others }));

test('[ALT2] whatever a till asks for, what is given is free: with it no more is out than there is', () => {
  fc.assert(
    fc.property(anyScene, units, (scene, need) => {
      const given = shareToGive(scene, need);
      expect(given).toBeGreaterThanOrEqual(0);
      if (given > 0) expect(scene.out + given).toBeLessThanOrEqual(scene.onHand);
    }),
  );
});

test('[ALT5] a till with half of its part or less gets the rest of it; one that holds more gets nothing by itself', () => {
  const scene = { onHand: 100, out: 20, mine: 0, tills: 5 };
  expect([fairOf(scene), freeOf(scene)]).toEqual([10, 80]);
  expect([0, 5, 6, 10, -3].map((mine) => shareToGive({ ...scene, mine }, 0))).toEqual([10, 5, 0, 0, 13]);
  expect([4, 12, 200].map((need) => shareToGive({ ...scene, mine: 6 }, need))).toEqual([0, 6, 80]);
});

test('[ALT5] the last pieces go one by one, and nothing is given of nothing', () => {
  expect(shareToGive({ onHand: 3, out: 0, mine: 0, tills: 9 }, 0)).toBe(1);
  expect(shareToGive({ onHand: 3, out: 3, mine: 0, tills: 9 }, 7)).toBe(0);
  expect(shareToGive({ onHand: -2, out: 0, mine: 0, tills: 9 }, 1)).toBe(0);
});

test('[ALT5] what one till can give back and another is given has an end: nobody keeps more than twice its part when nothing is free', () => {
  fc.assert(
    fc.property(units, units, fc.integer({ min: 1, max: 500 }), (held, promised, fair) => {
      const back = shareToReturn({ held, promised, fair, free: 0, isLimited: true });
      expect(back).toBeGreaterThanOrEqual(0);
      expect(held - back).toBeGreaterThanOrEqual(Math.min(held, Math.max(promised, fair)));
      if (held > 2 * fair) expect(held - back).toBe(Math.max(fair, Math.min(promised, held)));
      expect(shareToReturn({ held, promised, fair, free: 1, isLimited: true })).toBe(0);
    }),
  );
});

test('[ALT5] of a product that is no longer limited all goes back but what a cart needs', () => {
  const held = { held: 9, promised: 2, fair: 20, free: 50, isLimited: false };
  expect([held, { ...held, promised: 12 }].map(shareToReturn)).toEqual([7, 0]);
});

const [TICKET, TEA] = ['ticket', 'tea'] as ProductId[] as [ProductId, ProductId];

test('[ALT3] lines of one limited product are added up before they are compared with the share', () => {
  const line = (quantity: number, productId = TICKET) => ({ productId, quantity, limited: true as const });
  const held = (id: ProductId) => (id === TICKET ? 3 : -1);
  expect(findShareFault([line(2), { productId: TEA, quantity: 9 }, line(1)], held)).toBeNull();
  expect(findShareFault([line(2), line(2)], held)).toEqual({ productId: TICKET, held: 3, wanted: 4 });
  expect(findShareFault([line(1, TEA)], held)).toEqual({ productId: TEA, held: 0, wanted: 1 });
  expect(findShareFault([{ quantity: 5 }], held)).toBeNull();
});

test('[ALT1] a share has an id of its own per product and till, as long as a product may have', () => {
  const ids = [TICKET, TEA].flatMap((product) =>
    ['a', 'b'].map((letter) => shareOf(product, letter.repeat(16) as DeviceId)),
  );
  expect(new Set(ids).size).toBe(4);
  for (const id of ids) expect([isShare(id), /^[0-9A-Za-z_-]{1,32}$/.test(id)]).toEqual([true, true]);
});
