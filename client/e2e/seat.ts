import { type BrowserContext, type BrowserContextOptions, test as base, expect, type Page } from '@playwright/test';
import { pinOf, type Shop } from './shop.ts';
import { layWire, type Wire } from './wire.ts';

/** One enrolled device: a browser profile of its own, at the end of a wire of its own. */
export interface Seat {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly wire: Wire;
  readonly till: string;
  /** Opens the device's address in another tab of the same profile. */
  openTab(path?: string): Promise<Page>;
  /** Cuts the wire and tells the browser that the network is gone. */
  cutOff(): Promise<void>;
  bringBack(): Promise<void>;
}

export interface SeatWish {
  readonly path?: string;
  readonly browser?: BrowserContextOptions;
  /** False: leaves the enrolment screen as it opens. */
  readonly enrol?: boolean;
}

interface Fixtures {
  /** Takes a seat at a shop; it is given up when the test ends. */
  readonly sit: (shop: Shop, till: string, wish?: SeatWish) => Promise<Seat>;
}

/** Tests whose devices are real profiles; an error on any page fails the test. */
export const test = base.extend<Fixtures>({
  sit: async ({ browser }, use) => {
    const seats: Seat[] = [];
    const errors: string[] = [];
    await use(async (shop, till, wish = {}) => {
      const context = await browser.newContext({
        locale: 'en-GB',
        colorScheme: 'light',
        viewport: { width: 1280, height: 800 },
        ...wish.browser,
      });
      context.on('weberror', (error) => errors.push(`${till}: ${error.error().message}`));
      const seat = await takeSeat(context, shop, till);
      seats.push(seat);
      if (wish.enrol === false) return seat;
      await enrol(seat, shop.code(till));
      if (wish.path) await seat.page.goto(`${seat.wire.origin}/?till=${till}#${wish.path}`);
      return seat;
    });
    for (const { context, wire } of seats) {
      await context.close();
      await wire.close();
    }
    expect(errors).toEqual([]);
  },
});

async function takeSeat(context: BrowserContext, shop: Shop, till: string): Promise<Seat> {
  const wire = await layWire(shop.port);
  const address = (path: string) => `${wire.origin}/?till=${till}#${path}`;
  const openTab = async (path = '/') => {
    const page = await context.newPage();
    await page.goto(address(path));
    return page;
  };
  const cutOff = async () => {
    // What is looked at without a network is the app that was kept for it; keeping it takes a moment.
    await context.pages()[0]?.evaluate(async () => void (await navigator.serviceWorker?.ready));
    wire.cut();
    await context.setOffline(true);
  };
  const bringBack = async () => {
    wire.mend();
    await context.setOffline(false);
  };
  return { page: await openTab(), context, wire, till, openTab, cutOff, bringBack };
}

/** Types the code, names the person, and waits until everything has been pulled. */
export async function enrol({ page }: Pick<Seat, 'page'>, code: string, pin?: string): Promise<void> {
  await page.getByTestId('enrol-code').fill(code);
  await page.getByTestId('enrol-submit').click();
  await signIn(page, 'Budi', pin);
  await expect(page.getByTestId('sync-age')).toContainText(/Synced|Sinkron /, { timeout: 60_000 });
}

/** Signs somebody in at the door, with their PIN where they have one; the demo's unless another shop's is given. */
export async function signIn(page: Page, name = 'Budi', pin = pinOf(name)): Promise<void> {
  await page.getByTestId('person-ask').getByRole('button', { name }).click();
  await page.waitForFunction(
    () =>
      document.querySelector('[data-testid="pin"]') !== null ||
      document.querySelector('[data-testid="person-ask"]') === null,
  );
  const field = page.getByTestId('pin');
  if (!(await field.isVisible())) return;
  await field.fill(pin);
  await expect(field).toBeHidden();
}

/** Types the PIN of one of the demo's people. */
export async function typePin(page: Page, name: string): Promise<void> {
  await page.getByTestId('pin').fill(pinOf(name));
}
