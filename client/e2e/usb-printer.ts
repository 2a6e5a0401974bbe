import type { BrowserContext, Page } from '@playwright/test';

/**
 * A USB receipt printer in a test's browser: the app's own way to WebUSB runs against it. What it printed, and how it shall die, outlive a
 * reload of the page, as they do on a counter.
 */

const PAPERS = 'test.papers';
const DEATH = 'test.death';
const HELD = 'test.held';

/** `open`: it is not there. `middle`: half the bytes, then the cable is out. `silent`: it takes the bytes and never says so. */
export type PrinterDeath = 'open' | 'middle' | 'silent' | '';

/** Plugs the printer in for every page that is loaded from now on. */
export async function plugIn(context: BrowserContext): Promise<void> {
  await context.addInitScript(
    ([papersKey, deathKey, heldKey]) => {
      const death = () => localStorage.getItem(deathKey) ?? '';
      const put = (bytes: Uint8Array) => {
        const papers = JSON.parse(localStorage.getItem(papersKey) ?? '[]') as string[];
        papers.push(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
        localStorage.setItem(papersKey, JSON.stringify(papers));
      };
      const alternate = {
        interfaceClass: 7,
        endpoints: [{ endpointNumber: 1, direction: 'out', type: 'bulk' }],
      };
      const configuration = { configurationValue: 1, interfaces: [{ interfaceNumber: 0, alternate }] };
      const device = {
        vendorId: 1208,
        productId: 514,
        productName: 'TM-T82',
        serialNumber: '1',
        configuration,
        configurations: [configuration],
        open: async () => undefined,
        close: async () => undefined,
        forget: async () => undefined,
        selectConfiguration: async () => undefined,
        claimInterface: async () => undefined,
        transferOut: async (_endpoint: number, data: Uint8Array) => {
          if (death() === 'silent') {
            localStorage.setItem(heldKey, 'yes');
            return new Promise(() => undefined);
          }
          put(death() === 'middle' ? data.slice(0, data.length / 2) : data);
          if (death() === 'middle') throw new DOMException('unplugged', 'NetworkError');
          return { status: 'ok' };
        },
      };
      const usb = {
        getDevices: async () => (death() === 'open' ? [] : [device]),
        requestDevice: async () => device,
      };
      Object.defineProperty(navigator, 'usb', { value: usb, configurable: true });
    },
    [PAPERS, DEATH, HELD] as const,
  );
}

export async function setDeath(page: Page, death: PrinterDeath): Promise<void> {
  await page.evaluate(([key, how]) => localStorage.setItem(key, how), [DEATH, death] as const);
}

/** True once the printer took bytes of which it never says anything. */
export async function holdsBytes(page: Page): Promise<boolean> {
  return page.evaluate((key) => localStorage.getItem(key) === 'yes', HELD);
}

/** What lies in front of the printer, one text per print. */
export async function papersOf(page: Page): Promise<string[]> {
  return page.evaluate((key) => JSON.parse(localStorage.getItem(key) ?? '[]') as string[], PAPERS);
}

/** The mark of each print: `first`, or what it says of being a copy. */
export async function marksOf(page: Page): Promise<string[]> {
  return (await papersOf(page)).map((paper) => /\*\*\* .+? \*\*\*/.exec(paper)?.[0] ?? 'first');
}
