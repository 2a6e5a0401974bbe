import { expect, test } from 'vitest';
import { watchUpdates } from './watch-updates.ts';

/** A tab with a registration whose newer version a test lets wait and take over. */
function createTab() {
  const tab = { accepts: 0, reloads: 0, wait: () => {}, take: () => {} };
  const source = {
    onWaiting: (act: () => void) => {
      tab.wait = act;
    },
    accept: () => {
      tab.accepts += 1;
    },
    onTaken: (act: () => void) => {
      tab.take = act;
    },
  };
  const update = watchUpdates(source, () => {
    tab.reloads += 1;
  });
  return { tab, update };
}

test('[F21] a newer version is offered, and the page loads anew only after it was accepted here', () => {
  const { tab, update } = createTab();
  expect(update.get()).toBeNull();
  tab.wait();
  expect([tab.accepts, tab.reloads]).toEqual([0, 0]);
  update.get()?.();
  expect([tab.accepts, tab.reloads]).toEqual([1, 0]);
  tab.take();
  expect(tab.reloads).toBe(1);
});

test('[F21] when another tab accepts it, this one is not interrupted, and loads anew when its person likes', () => {
  const { tab, update } = createTab();
  tab.wait();
  tab.take();
  expect([tab.accepts, tab.reloads]).toEqual([0, 0]);
  update.get()?.();
  expect([tab.accepts, tab.reloads]).toEqual([0, 1]);
});
