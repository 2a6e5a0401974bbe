import { type Drawn, type DrawnElement, PIECES } from './picture.ts';

/** Marks what is about this moment, e.g. whether there is a connection: its place is held, and what it says is left out. */
const PASSING = 'data-passing';
/** What names, leads or speaks: a picture is looked at, and its twin with these names is drawn under it. */
const LEFT_OUT =
  /^(id|href|for|role|name|value|tabindex|autofocus|on.*|aria-(live|busy|controls|labelledby|describedby|keyshortcuts|haspopup|expanded)|data-(testid|product-tile|search-field|autofocus|page))$/;

const ELEMENT = 1;
const TEXT = 3;

/** As high as the words that stand there. */
const UNSAID: Drawn = ['span', { class: 'num' }, '\u00a0'];

export interface TakenOf {
  /** What is drawn of the app's screen. */
  readonly root: Element;
  /** The list of tiles: all beside it is looked at only. */
  readonly list: Element;
  /** How many pieces of a product are in the cart; null for what is weighed. */
  pieces(product: string): number | null;
}

/** What is drawn, as data: tiles that can be touched, and around them what only looks like the screen. Stock is left out: it changes. */
export function takePicture({ root, list, pieces }: TakenOf): DrawnElement[] {
  const shown = Array.from(root.children).filter((child) => child.localName === 'style' || child.contains(list));
  return shown.map((element) => take(element, { list, pieces, isInert: false }));
}

interface Around extends Omit<TakenOf, 'root'> {
  /** Something around it cannot be used, and so it cannot either. */
  readonly isInert: boolean;
}

function take(element: Element, around: Around): DrawnElement {
  const { list, isInert } = around;
  const isBeside = !isInert && !element.contains(list) && !list.contains(element);
  const attributes = { ...keptAttributes(element), ...tileAttributes(element, around) };
  if (isBeside && element.localName !== 'style') attributes.inert = '';
  return [element.localName, attributes, ...insideOf(element, { ...around, isInert: isInert || isBeside })];
}

function insideOf(element: Element, around: Around): Drawn[] {
  if (element.hasAttribute(PASSING)) return [];
  if (element.getAttribute('data-testid') === 'stock') return [UNSAID];
  return Array.from(element.childNodes).flatMap((node): Drawn[] => {
    if (node.nodeType === ELEMENT) return [take(node as Element, around)];
    return node.nodeType === TEXT && node.nodeValue ? [node.nodeValue] : [];
  });
}

function keptAttributes(element: Element): Record<string, string> {
  const kept = Array.from(element.attributes).filter(({ name }) => !LEFT_OUT.test(name));
  return Object.fromEntries(kept.map(({ name, value }) => [name, value]));
}

/** What can be touched of a tile is a tile in the picture too; the sign beside it waits for the program. */
function tileAttributes(element: Element, { list, pieces }: Around): Record<string, string> {
  if (!list.contains(element)) return {};
  const product = element.getAttribute('data-product');
  if (product === null) return element.localName === 'button' ? { tabindex: '-1' } : {};
  const count = pieces(product);
  const tabindex = element.getAttribute('tabindex') ?? '-1';
  return { tabindex, 'data-testid': 'product-tile', ...(count === null ? {} : { [PIECES]: `${count}` }) };
}
