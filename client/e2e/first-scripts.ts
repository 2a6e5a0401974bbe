import type { Page } from '@playwright/test';

const FIRST_TILE = 'laci-first-tile';

/** From the next load of the page on, notes when its first product can be touched. */
export async function watchFirstTile(page: Page): Promise<void> {
  await page.addInitScript((mark) => {
    const watch = new MutationObserver(() => {
      if (document.querySelector('[data-product-tile]') === null) return;
      performance.mark(mark);
      watch.disconnect();
    });
    watch.observe(document, { childList: true, subtree: true });
  }, FIRST_TILE);
}

/** The scripts that the page had asked for by then, without the part of their names that their contents give. */
export function scriptsBeforeFirstTile(page: Page): Promise<string[]> {
  return page.evaluate((mark) => {
    const [{ startTime: before } = { startTime: 0 }] = performance.getEntriesByName(mark);
    const scripts = performance.getEntriesByType('resource').filter(({ name }) => /\.js$/.test(new URL(name).pathname));
    const early = scripts.filter(({ startTime }) => startTime < before).map(({ name }) => new URL(name).pathname);
    return early.map((path) => path.replace(/^.*\/|-[\w-]{8}(?=\.js$)/g, '')).sort();
  }, FIRST_TILE);
}
