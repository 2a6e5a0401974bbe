/** An element of a picture: its tag, its attributes, and what is in it. Nothing of it was ever HTML, so no text in it can become an element. */
export type DrawnElement = readonly [tag: string, attributes: Readonly<Record<string, string>>, ...inside: Drawn[]];
export type Drawn = string | DrawnElement;

/** The selling screen as it stood last, to be shown before the program is there. */
export interface Picture {
  /** What the page must be like for it to fit: {@link stampOf} then. */
  readonly stamp: string;
  /** The pages at which this device shows the selling screen, as the address names them. */
  readonly pages: readonly string[];
  /** Who stood there. */
  readonly person: string;
  /** The open cart as it was kept then; with another one nothing of a cart is shown. */
  readonly cart: string | null;
  /** How a tile's count in the cart is dressed. */
  readonly badge: string;
  readonly drawn: readonly DrawnElement[];
}

/** Marks what speaks of the open cart. */
export const OF_CART = 'data-of-cart';
/** Marks a tile's count in the cart. */
export const BADGE = 'data-badge';
/** On a tile: how many pieces of it are in the cart. What is weighed has none, and is asked for its weight later. */
export const PIECES = 'data-pieces';

/** What the browser speaks, as this page was told first. */
let languages: readonly string[] | undefined;

const SVG = 'http://www.w3.org/2000/svg';

/** Where the picture of a slot is kept. */
export function pictureKey(slot: string): string {
  return `laci.picture.${slot}`;
}

/** All on which a picture hangs besides what is drawn: the app's build, the place there is, and what it speaks and looks like. */
export function stampOf(page: Window): string {
  const { document, localStorage, navigator } = page;
  const { innerWidth, innerHeight, devicePixelRatio } = page;
  // A page that is being left may name others.
  languages ??= navigator.languages;
  const language = [localStorage.getItem('laci.language'), languages];
  return JSON.stringify([buildOf(document), innerWidth, innerHeight, devicePixelRatio, schemeOf(page), language]);
}

/** The program's files, whose names tell one build of the app from another, as the first script finds them; '' where the app is worked on. */
export function buildOf(document: Document): string {
  return document.querySelector<HTMLElement>('script[data-then]')?.dataset.then ?? '';
}

/** The colours that Mantine is going to choose. */
export function schemeOf({ localStorage, matchMedia }: Window): 'dark' | 'light' {
  const chosen = localStorage.getItem('mantine-color-scheme-value');
  if (chosen === 'dark' || chosen === 'light') return chosen;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/** Makes the elements of a picture, one by one. */
export function drawAgain(document: Document, drawn: Drawn, inSvg = false): Node {
  if (typeof drawn === 'string') return document.createTextNode(drawn);
  const [tag, attributes, ...inside] = drawn;
  const isSvg = inSvg || tag === 'svg';
  const element = isSvg ? document.createElementNS(SVG, tag) : document.createElement(tag);
  for (const name in attributes) element.setAttribute(name, attributes[name] ?? '');
  element.append(...inside.map((one) => drawAgain(document, one, isSvg)));
  return element;
}
