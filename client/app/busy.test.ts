import { expect, test } from 'vitest';
import { createBusy, mayReload } from './busy.ts';

test('[F21] the page may be loaded anew only with an empty cart and nothing open', () => {
  expect(mayReload({ cartLines: 0, busy: 0 })).toBe(true);
  expect(mayReload({ cartLines: 1, busy: 0 })).toBe(false);
  expect(mayReload({ cartLines: 0, busy: 1 })).toBe(false);
});

test('[F21] of several things that are open each must end, and each ends once', () => {
  const busy = createBusy();
  const [first, second] = [busy.begin(), busy.begin()];
  expect(busy.count.get()).toBe(2);
  first();
  first();
  expect(busy.count.get()).toBe(1);
  second();
  expect(busy.count.get()).toBe(0);
});

test('[PIN9] a payment is told apart from what else is open: that alone keeps a till from locking', () => {
  const busy = createBusy();
  const [list, payment] = [busy.begin('list'), busy.begin('payment')];
  expect([busy.count.get(), busy.paying.get(), busy.lists.get()]).toEqual([2, 1, 1]);
  payment();
  payment();
  list();
  expect([busy.count.get(), busy.paying.get(), busy.lists.get()]).toEqual([0, 0, 0]);
});
