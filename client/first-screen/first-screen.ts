import { cartKey } from '../till/cart-key.ts';
import { type Burst, NO_BURST, takeKey } from '../till/scan-burst.ts';
import { BADGE, drawAgain, OF_CART, PIECES, type Picture, pictureKey, schemeOf, stampOf } from './picture.ts';

/** What was done before the program was there: a touch on a tile, or a scan. */
export type Early = { readonly product: string } | { readonly barcode: string };

/** What a screen leaves to the one that takes its place. */
export interface LeftByPicture {
  /** In the order in which it was done. */
  readonly done: readonly Early[];
  /** The product whose tile has the focus. */
  readonly focused: string | undefined;
  /** How far the list is scrolled, in pixels. */
  readonly scrolled: number;
}

/** Calls once, so many milliseconds later. */
type After = (ms: number, act: () => void) => unknown;

/** A program that is not there by then does not come soon: what stands in its way is shown. What was done is kept for it. */
const SHOWN_MS_MAX = 10_000;
/** A press that lasts longer is no tap. */
const PRESS_MS_MAX = 1_000;

interface FirstScreen {
  readonly person: string;
  /** Leaves the keys to another listener. Gives the scan that is under way. */
  leaveKeys(): Burst;
  /** Goes away, as soon as nothing is pressed: a tap that began on the picture ends on it. */
  end(give: (left: LeftByPicture) => void): void;
}

let shown: FirstScreen | null = null;

/** Shows the slot's picture where there is one that fits the page, as soon as the page has a body. */
export function showFirstScreen(slot: string, page: Window, after: After): void {
  const { document } = page;
  const show = () => {
    if (document.getElementById('root') === null) return false;
    const picture = readPicture(slot, page);
    if (picture) shown = createFirstScreen(picture, cartOf(slot, page) === picture.cart, page, after);
    return true;
  };
  if (show()) return;
  const parsed = new MutationObserver(() => show() && parsed.disconnect());
  parsed.observe(document, { childList: true, subtree: true });
}

/** Whoever calls listens to the keys from now on. Gives the scan that is under way. */
export function takeEarlyBurst(): Burst {
  return shown?.leaveKeys() ?? NO_BURST;
}

/** The screen that the picture shows is there: it takes the picture's place, and what was done on it, once. Nothing, where another person stood there. */
export function endFirstScreen(person: string | undefined, give: (left: LeftByPicture) => void): void {
  const screen = shown;
  shown = null;
  screen?.end((left) => person === screen.person && give(left));
}

/** There is no such screen to be shown: the picture goes, and with it what was done there. */
export function dropFirstScreen(): void {
  endFirstScreen(undefined, () => {});
}

function cartOf(slot: string, { localStorage }: Window): string | null {
  return localStorage.getItem(cartKey(slot));
}

function readPicture(slot: string, page: Window): Picture | null {
  try {
    const picture = JSON.parse(page.localStorage.getItem(pictureKey(slot)) ?? 'null') as Picture | null;
    const at = page.location.hash.replace(/^#?\/?/, '');
    return picture?.pages.includes(at) && picture.stamp === stampOf(page) ? picture : null;
  } catch {
    // A browser that forbids keeping anything keeps no picture either.
    return null;
  }
}

function createFirstScreen(picture: Picture, hasCart: boolean, page: Window, after: After): FirstScreen {
  const { document } = page;
  const root = document.createElement('div');
  root.id = 'first-screen';
  root.style.cssText = 'position:fixed;inset:0;z-index:190';
  root.append(...picture.drawn.map((one) => drawAgain(document, one)));
  if (!hasCart) leaveCartOut(root);
  const done: Early[] = [];
  let burst = NO_BURST;
  let isPressed = false;
  let released = () => {};
  const ends = new AbortController();
  const keysEnd = new AbortController();
  const press = ({ type }: Event) => {
    isPressed = type === 'pointerdown';
    // Behind the click that comes with it.
    if (!isPressed) after(0, released);
  };
  const touch = ({ target }: Event) => {
    const tile = (target as Element).closest<HTMLElement>('[data-product]');
    if (!tile) return;
    done.push({ product: tile.dataset.product ?? '' });
    countUp(tile, picture.badge);
  };
  const key = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const step = takeKey(burst, event.key, event.timeStamp);
    burst = step.burst;
    if (step.type !== 'scan') return;
    // Its Enter is no touch of the tile that has the focus.
    event.preventDefault();
    done.push({ barcode: step.barcode });
  };
  root.addEventListener('click', touch);
  root.addEventListener('contextmenu', (event) => event.preventDefault());
  for (const type of ['pointerdown', 'pointerup', 'pointercancel'])
    page.addEventListener(type, press, { capture: true, signal: ends.signal });
  page.addEventListener('keydown', key, { capture: true, signal: keysEnd.signal });
  document.documentElement.setAttribute('data-mantine-color-scheme', schemeOf(page));
  document.body.append(root);
  after(SHOWN_MS_MAX, () => root.remove());
  return {
    person: picture.person,
    leaveKeys: () => {
      keysEnd.abort();
      return burst;
    },
    end: (give) => {
      keysEnd.abort();
      released = () => {
        released = () => {};
        ends.abort();
        const focused = root.contains(document.activeElement) ? document.activeElement : null;
        const scrolled = root.querySelector('ul')?.parentElement?.parentElement?.scrollTop ?? 0;
        root.remove();
        give({ done, focused: (focused as HTMLElement | null)?.dataset.product, scrolled });
      };
      if (!isPressed) return released();
      after(PRESS_MS_MAX, () => released());
    },
  };
}

function leaveCartOut(root: HTMLElement): void {
  for (const badge of root.querySelectorAll(`[${BADGE}]`)) badge.remove();
  for (const tile of root.querySelectorAll(`[${PIECES}]`)) tile.setAttribute(PIECES, '0');
  for (const part of root.querySelectorAll<HTMLElement>(`[${OF_CART}] > *`)) part.style.visibility = 'hidden';
}

/** One more piece in the cart, to be seen at once. */
function countUp(tile: HTMLElement, badge: string): void {
  const before = tile.getAttribute(PIECES);
  if (before === null) return;
  const pieces = `${Number(before) + 1}`;
  tile.setAttribute(PIECES, pieces);
  const own = tile.parentElement?.querySelector(`[${BADGE}]`);
  const element = own ?? tile.ownerDocument.createElement('span');
  element.className = badge;
  element.setAttribute(BADGE, '');
  element.textContent = pieces;
  if (!own) tile.after(element);
}
